//! Headers, the same on every machine: no owner, one mode, the time that is handed in.

use super::{BLOCK, MOST_PLAIN, checksum, field, padding};

/// The header of a plain file `name` in the folder `folder`, with a pax record before it where the size needs one.
pub fn header(folder: &str, name: &str, size: u64, seconds: u64) -> Vec<u8> {
    if size <= MOST_PLAIN {
        return block(folder, name, size, seconds, b'0').to_vec();
    }
    let record = pax("size", &size.to_string());
    let mut bytes = block(folder, "pax", record.len() as u64, seconds, b'x').to_vec();
    bytes.extend_from_slice(record.as_bytes());
    bytes.resize(bytes.len() + padding(record.len() as u64), 0);
    bytes.extend_from_slice(&block(folder, name, 0, seconds, b'0'));
    bytes
}

/// Bytes that the header of a file of this size takes.
pub fn header_length(size: u64) -> u64 {
    let blocks = if size <= MOST_PLAIN { 1 } else { 3 };
    blocks * BLOCK as u64
}

/// What ends an archive.
pub const END: [u8; 2 * BLOCK] = [0; 2 * BLOCK];

fn block(folder: &str, name: &str, size: u64, seconds: u64, kind: u8) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let mut put = |range: std::ops::Range<usize>, text: &str| {
        for (to, from) in header[range].iter_mut().zip(text.bytes()) {
            *to = from;
        }
    };
    put(field::NAME, name);
    put(field::MODE, "0000644\0");
    put(field::OWNER, "0000000\0");
    put(field::GROUP, "0000000\0");
    put(field::SIZE, &format!("{size:011o}\0"));
    put(field::TIME, &format!("{seconds:011o}\0"));
    put(field::MAGIC, "ustar\x0000");
    put(field::PREFIX, folder);
    header[field::TYPE] = kind;
    let sum = format!("{:06o}\0 ", checksum(&header));
    header[field::CHECKSUM].copy_from_slice(sum.as_bytes());
    header
}

/// A pax record: its own length, counted in, then name and value.
fn pax(name: &str, value: &str) -> String {
    let rest = name.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    format!("{length} {name}={value}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pax_record_counts_itself() {
        assert_eq!(pax("size", "8589934592"), "19 size=8589934592\n");
        for length in 0..200 {
            let record = pax("k", &"v".repeat(length));
            assert!(record.starts_with(&format!("{} ", record.len())), "{record}");
        }
    }

    #[test]
    fn very_large_files_have_their_size_in_a_record() {
        let large = header("bag", "data/a", MOST_PLAIN + 1, 7);
        assert_eq!(large.len() as u64, header_length(MOST_PLAIN + 1));
        assert!(String::from_utf8_lossy(&large).contains("19 size=8589934592\n"));
        assert_eq!(header("bag", "data/a", MOST_PLAIN, 7).len() as u64, header_length(MOST_PLAIN));
    }
}
