//! SHA-256 of what passes by.

use std::io::{self, Read};

use aws_lc_rs::digest::{Context, SHA256};
use redress_kernel::{Digest, hexadecimal};

/// Bytes that are taken at a time: large enough that a call costs nothing beside the hashing.
pub(crate) const PIECE: usize = 256 * 1024;

/// A digest in the making, and how many bytes went into it.
pub(crate) struct Hashing {
    context: Context,
    count: u64,
}

impl Hashing {
    pub(crate) fn new() -> Self {
        Self { context: Context::new(&SHA256), count: 0 }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.context.update(bytes);
        self.count += bytes.len() as u64;
    }

    /// Bytes so far.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }

    /// The digest, in hexadecimal.
    pub(crate) fn finish(self) -> String {
        hexadecimal(self.context.finish().as_ref())
    }
}

/// The digest of bytes at hand, in hexadecimal.
pub(crate) fn of(bytes: &[u8]) -> String {
    let mut hashing = Hashing::new();
    hashing.update(bytes);
    hashing.finish()
}

/// Whether a text is a digest as manifests write it; capitals are allowed there.
pub(crate) fn is_digest(text: &str) -> bool {
    Digest::parse(&text.to_ascii_lowercase()).is_ok()
}

/// Reads up to a full buffer; less only at the end.
pub(crate) fn fill(input: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
