//! Looks at the bytes of a document as they go by, in constant memory: whether they are what they are said to be, and
//! whether they are known to do harm. What is found wanting is kept in quarantine, not lost.

mod media;

use crate::Stage;
use media::Found;

/// As many of the first bytes as tell what a document is.
const HEAD: usize = 1024;

/// What scanners agree to find, so that it can be tried out whether they look. It is kept in two parts, so that this file
/// is not found itself.
const TEST_VIRUS: [&[u8]; 2] = [b"EICAR-STANDARD-ANTIVIRUS-", b"TEST-FILE!$H+H*"];

/// A document being looked at.
#[derive(Debug)]
pub struct Screen {
    head: Vec<u8>,
    /// The end of what has gone by, in which a signature may have begun.
    tail: Vec<u8>,
    signature: Vec<u8>,
    harmful: bool,
}

impl Default for Screen {
    fn default() -> Self {
        Self::new()
    }
}

impl Screen {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self {
            head: Vec::with_capacity(HEAD),
            tail: Vec::new(),
            signature: TEST_VIRUS.concat(),
            harmful: false,
        }
    }

    /// Looks at the next bytes.
    pub fn look(&mut self, bytes: &[u8]) {
        let missing = HEAD - self.head.len();
        self.head.extend_from_slice(&bytes[..bytes.len().min(missing)]);
        if self.harmful {
            return;
        }
        let overlap = self.signature.len() - 1;
        let border = &bytes[..bytes.len().min(overlap)];
        self.tail.extend_from_slice(border);
        self.harmful = contains(&self.tail, &self.signature) || contains(bytes, &self.signature);
        if bytes.len() >= overlap {
            self.tail = bytes[bytes.len() - overlap..].to_vec();
        } else {
            let surplus = self.tail.len().saturating_sub(overlap);
            self.tail.drain(..surplus);
        }
    }

    /// Whether the document may be read, given what it was said to be.
    pub fn verdict(&self, media_type: &str) -> Stage {
        if self.harmful {
            return Stage::Harmful;
        }
        match Found::of(&self.head) {
            Found::LockedArchive => Stage::Unscannable,
            found if found.fits(media_type) => Stage::Stored,
            Found::Pdf
            | Found::Png
            | Found::Jpeg
            | Found::Gif
            | Found::Archive
            | Found::Compound
            | Found::Page
            | Found::Program
            | Found::Text
            | Found::Unknown => Stage::Mismatched,
        }
    }
}

fn contains(bytes: &[u8], signature: &[u8]) -> bool {
    let Some(first) = signature.first() else { return false };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = &rest[at..];
        if rest.starts_with(signature) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn screened(pieces: &[&[u8]], media_type: &str) -> Stage {
        let mut screen = Screen::new();
        for piece in pieces {
            screen.look(piece);
        }
        screen.verdict(media_type)
    }

    #[test]
    fn what_is_not_what_it_says_is_kept_apart() {
        // reliability C37
        let html = b"  <!DOCTYPE html><script>1</script>".as_slice();
        for (bytes, media_type) in [
            (html, "application/pdf"),
            (b"MZ\x90\0\x03", "application/pdf"),
            (b"MZ\x90\0\x03", "application/octet-stream"),
            (b"%PDF-1.7\n", "image/png"),
            (html, "text/plain"),
            (b"#!/bin/sh\n", "text/plain"),
            (b"\x7fELF", "image/jpeg"),
        ] {
            assert_eq!(screened(&[bytes], media_type), Stage::Mismatched, "{media_type}");
        }
        let locked = b"PK\x03\x04\x14\0\x01\0\x08\0".as_slice();
        assert_eq!(screened(&[locked], "application/zip"), Stage::Unscannable);
    }

    #[test]
    fn what_is_what_it_says_is_stored() {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        for (bytes, media_type) in [
            (b"%PDF-1.7\n".as_slice(), "application/pdf"),
            (b"\x89PNG\r\n\x1a\n", "image/png"),
            (b"\xff\xd8\xff\xe0", "image/jpeg"),
            (b"GIF89a", "image/gif"),
            (b"PK\x03\x04\x14\0\0\0\x08\0", word),
            ("Dear Zoë,\r\n".as_bytes(), "text/plain"),
            (b"Re: caf\xe9\n", "text/plain"),
            (b"ID3\x04\0", "audio/mpeg"),
        ] {
            assert_eq!(screened(&[bytes], media_type), Stage::Stored, "{media_type}");
        }
    }

    proptest! {
        #[test]
        fn the_test_virus_is_found_wherever_it_is_cut(
            before in prop::collection::vec(any::<u8>(), 0..200),
            cuts in prop::collection::vec(1_usize..90, 0..12),
        ) {
            // reliability C38
            let mut bytes = before;
            bytes.extend(TEST_VIRUS.concat());
            let mut screen = Screen::new();
            let mut rest = bytes.as_slice();
            for cut in cuts {
                let (now, later) = rest.split_at(cut.min(rest.len()));
                screen.look(now);
                rest = later;
            }
            screen.look(rest);
            prop_assert_eq!(screen.verdict("text/plain"), Stage::Harmful);
        }
    }
}
