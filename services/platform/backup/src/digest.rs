//! Digests of files, read as a stream.

use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

use aws_lc_rs::digest::{Context, SHA256};
use redress_kernel::hexadecimal;

/// Length and SHA-256 of a file.
pub(crate) fn of_file(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hashing, mut length) = (Context::new(&SHA256), 0);
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok((length, hexadecimal(hashing.finish().as_ref())));
        }
        hashing.update(&chunk[..read]);
        length += u64::try_from(read).unwrap_or_default();
    }
}

/// SHA-256 of a text.
pub(crate) fn of_text(text: &str) -> String {
    hexadecimal(aws_lc_rs::digest::digest(&SHA256, text.as_bytes()).as_ref())
}
