//! Bags that were made to harm whoever checks them. None is written anywhere, and each is refused in words.

use std::{
    fs,
    io::{self, Cursor, Read},
};

use proptest::{
    prop_assert,
    test_runner::{Config, TestRunner},
};
use redress_bag::{tar::write, verify};

use crate::{
    fixture::{keys, packed, plan},
    verified::unpacked,
};

const BLOCK: usize = 512;

/// An archive of one file, its header changed.
fn archive(change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut header = write::header("bag", "data/a.txt", 5, 0);
    change(&mut header);
    sum(&mut header);
    let mut bytes = header;
    bytes.extend_from_slice(b"hello");
    bytes.resize(2 * BLOCK, 0);
    bytes.extend_from_slice(&write::END);
    bytes
}

/// Makes the checksum right again.
fn sum(header: &mut [u8]) {
    header[148..156].fill(b' ');
    let sum: u64 = header[..BLOCK].iter().map(|byte| u64::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

fn name(header: &mut [u8], name: &[u8]) {
    header[..100].fill(0);
    header[..name.len()].copy_from_slice(name);
}

fn refused(bag: impl Read) -> String {
    let report = verify::archive(bag, &keys());
    assert!(!report.is_sound(), "{}", report.words());
    report.words()
}

#[test]
fn names_that_lead_elsewhere() {
    for bad in [
        &b"../../etc/passwd"[..],
        b"data/../../a",
        b"data//a",
        b"a\\b",
        b"c:a",
        b"data/\xff\xfe",
        b"data/a\nb",
        b"data/\x1b[2J",
        b"aux?",
    ] {
        let words = refused(Cursor::new(archive(|header| name(header, bad))));
        assert!(words.contains("holds a file named"), "{words}");
        assert!(!words.contains('\u{1b}'), "a name must not reach the terminal as it is");
    }
    let absolute = archive(|header| {
        header[345..500].fill(0);
        name(header, b"/etc/passwd");
    });
    assert!(refused(Cursor::new(absolute)).contains("leads out of the bag"));
}

#[test]
fn links_devices_and_everything_else_that_is_no_file() {
    for (kind, what) in [
        (b'1', "a hard link"),
        (b'2', "a symbolic link"),
        (b'3', "a device"),
        (b'4', "a device"),
        (b'6', "a pipe"),
        (b'5', "a folder with content"),
        (b'L', "an overlong name"),
        (b'K', "an overlong name"),
        (b'S', "a sparse file"),
        (b'g', "a record for other programs"),
        (b'Z', "something unknown"),
    ] {
        let words = refused(Cursor::new(archive(|header| header[156] = kind)));
        assert!(words.contains(what), "{what}: {words}");
    }
}

#[test]
fn two_files_of_one_name() {
    for second in ["data/a.txt", "data/A.TXT"] {
        let mut bag = Vec::new();
        for path in ["data/a.txt", second] {
            bag.extend_from_slice(&write::header("bag", path, 0, 0));
        }
        bag.extend_from_slice(&write::END);
        assert!(refused(Cursor::new(bag)).contains("twice"));
    }
}

#[test]
fn files_beside_the_bag() {
    let mut bag = write::header("bag", "data/a.txt", 0, 0);
    bag.extend_from_slice(&write::header("other", "data/b.txt", 0, 0));
    bag.extend_from_slice(&write::END);
    assert!(refused(Cursor::new(bag)).contains("outside the one folder"));
}

#[test]
fn an_archive_cut_off_anywhere() {
    let bag = packed(&plan());
    for length in (0..bag.len()).step_by(997).chain([1, 511, 512, 513, bag.len() - 1, bag.len() - 512]) {
        let words = refused(Cursor::new(&bag[..length]));
        assert!(words.contains("cut off") || words.contains("not an uncompressed tar"), "{length}: {words}");
    }
}

#[test]
fn bytes_hidden_where_none_belong() {
    let bag = packed(&plan());
    let mut after = bag.clone();
    after.extend_from_slice(b"and one more thing");
    assert!(refused(Cursor::new(after)).contains("hidden"));
    let mut between = bag.clone();
    let at = BLOCK + "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".len() + 7;
    between[at] = 1;
    assert!(refused(Cursor::new(between)).contains("hidden bytes after evidence-c-7k3m-9qxd-300/bagit.txt"));
}

#[test]
fn sizes_that_are_not_true() {
    for size in [
        &b"77777777777\0"[..],
        b"\x80\0\0\0\0\0\0\x01\0\0\0\0",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
        b"-0000000001\0",
        b"9\0\0\0\0\0\0\0\0\0\0\0",
        b"\0\0\0\0\0\0\0\0\0\0\0\0",
    ] {
        refused(Cursor::new(archive(|header| header[124..136].copy_from_slice(size))));
    }
    for (key, value) in [
        ("size", "18446744073709551615"),
        ("size", "99999999999999999999999"),
        ("size", "-1"),
        ("path", "/etc/passwd"),
        ("linkpath", "/etc/passwd"),
        ("GNU.sparse.major", "1"),
    ] {
        let rest = key.len() + value.len() + 3;
        let record = format!("{} {key}={value}\n", rest + 2);
        let mut bag = write::header("bag", "pax", record.len() as u64, 0);
        bag[156] = b'x';
        sum(&mut bag);
        bag.extend_from_slice(record.as_bytes());
        bag.resize(2 * BLOCK, 0);
        bag.extend_from_slice(&archive(|_| {}));
        refused(Cursor::new(bag));
    }
}

#[test]
fn more_than_can_be_held() {
    /// Zeros without end, after a header that announces them.
    fn endless(path: &str) -> impl Read + use<> {
        Cursor::new(write::header("bag", path, 8 << 30, 0)).chain(io::repeat(0))
    }
    for path in ["manifest-sha256.txt", "data/completeness.json", "data/journal/complaints.jsonl"] {
        let words = refused(endless(path));
        assert!(words.contains("larger than it can honestly be"), "{words}");
    }
    let many = (0..100_001).flat_map(|number| write::header("bag", &format!("data/{number}"), 0, 0));
    assert!(refused(Cursor::new(many.collect::<Vec<u8>>())).contains("more than 100000 files"));
    let record = {
        let mut header = write::header("bag", "pax", 1 << 30, 0);
        header[156] = b'x';
        sum(&mut header);
        Cursor::new(header).chain(io::repeat(b'1'))
    };
    assert!(refused(record).contains("a record for other programs"));
}

#[test]
fn what_is_no_archive_at_all() {
    for bytes in [&b""[..], b"hello", b"\x1f\x8b\x08 compressed", b"PK\x03\x04", &[0; 4096], &[0xff; 4096]] {
        assert!(refused(Cursor::new(bytes)).contains("not an uncompressed tar archive"));
    }
}

#[test]
fn manifests_that_name_what_they_should_not() {
    for line in ["../../etc/passwd", "/etc/passwd", "data/%0Aa", "data/index.html", "bagit.txt"] {
        let folder = unpacked(&packed(&plan()));
        let root = folder.path().join(plan().name());
        let mut manifest = fs::read_to_string(root.join("manifest-sha256.txt")).unwrap();
        manifest += &[&"0".repeat(64), "  ", line, "\n"].concat();
        manifest.push_str("neither digest nor name\n");
        fs::write(root.join("manifest-sha256.txt"), manifest).unwrap();
        let report = verify::at(&root, &keys());
        assert!(
            !report.is_sound() && report.words().contains("not a digest and a name"),
            "{}",
            report.words()
        );
    }
}

#[test]
fn text_that_is_none() {
    for path in [
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "signature.txt",
        "data/completeness.json",
        "data/journal/complaints.jsonl",
    ] {
        for content in [&b""[..], b"\xff\xfe\0", b"null", b"{}", b"[".repeat(10_000).as_slice(), b"\n\n\n"] {
            let folder = unpacked(&packed(&plan()));
            let root = folder.path().join(plan().name());
            fs::write(root.join(path), content).unwrap();
            assert!(!verify::at(&root, &keys()).is_sound(), "{path}");
        }
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_in_a_folder() {
    let folder = unpacked(&packed(&plan()));
    let root = folder.path().join(plan().name());
    let link = root.join("data/documents/link");
    std::os::unix::fs::symlink("/etc/passwd", &link).unwrap();
    let report = verify::at(&root, &keys());
    assert!(report.words().contains("a symbolic link named data/documents/link"), "{}", report.words());
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("..", root.join("data/loop")).unwrap();
    assert!(verify::at(&root, &keys()).words().contains("symbolic link"));
    fs::remove_file(root.join("data/loop")).unwrap();
    // Opening it would wait for ever.
    let _socket = std::os::unix::net::UnixListener::bind(root.join("data/s")).unwrap();
    assert!(verify::at(&root, &keys()).words().contains("a device, a pipe or a socket"));
}

#[test]
fn whatever_the_bytes_nothing_breaks() {
    let bag = packed(&plan());
    let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let changes = proptest::collection::vec((0..bag.len(), proptest::prelude::any::<u8>()), 1..20);
    runner
        .run(&changes, |changes| {
            let mut tampered = bag.clone();
            for (at, byte) in changes {
                tampered[at] = byte;
            }
            let sound = verify::archive(Cursor::new(&tampered), &keys()).is_sound();
            prop_assert!(sound == (tampered == bag));
            Ok(())
        })
        .unwrap();
}
