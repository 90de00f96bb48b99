//! What a document is, as far as its first bytes tell.

/// What the first bytes are the beginning of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A PDF file.
    Pdf,
    /// A PNG image.
    Png,
    /// A JPEG image.
    Jpeg,
    /// A GIF image.
    Gif,
    /// An archive, or one of the office formats that are archives.
    Archive,
    /// An archive that only opens with a password.
    LockedArchive,
    /// One of the older office formats.
    Compound,
    /// A page that a browser would run.
    Page,
    /// A program or script.
    Program,
    /// Text.
    Text,
    /// Nothing known.
    Unknown,
}

/// What a declared media type promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Promised {
    Exactly(Found),
    /// A type whose beginning is not known here.
    Other,
    /// Bytes of any kind.
    Anything,
}

const BEGINNINGS: [(&[u8], Found); 13] = [
    (b"%PDF-", Found::Pdf),
    (b"\x89PNG\r\n\x1a\n", Found::Png),
    (b"\xff\xd8\xff", Found::Jpeg),
    (b"GIF87a", Found::Gif),
    (b"GIF89a", Found::Gif),
    (b"PK\x03\x04", Found::Archive),
    (b"PK\x05\x06", Found::Archive),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Found::Compound),
    (b"MZ", Found::Program),
    (b"\x7fELF", Found::Program),
    (b"\xcf\xfa\xed\xfe", Found::Program),
    (b"\xca\xfe\xba\xbe", Found::Program),
    (b"#!", Found::Program),
];

/// How pages begin, after white space, in small letters.
const PAGES: [&[u8]; 9] =
    [b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<svg", b"<?php", b"<hta:"];

impl Found {
    /// What `head` is the beginning of.
    pub(super) fn of(head: &[u8]) -> Self {
        if let Some((_, found)) = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)) {
            // The first flag of an entry says that it is encrypted.
            let locked = head.starts_with(b"PK\x03\x04") && head.get(6).is_some_and(|flags| flags & 1 == 1);
            return if locked { Self::LockedArchive } else { *found };
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let begins =
            |page: &&[u8]| text.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page));
        if PAGES.iter().any(begins) {
            return Self::Page;
        }
        let is_text = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\r' | b'\n' | 0x0c);
        if head.iter().all(is_text) { Self::Text } else { Self::Unknown }
    }

    /// Whether it is what `media_type` promises.
    pub(super) fn fits(self, media_type: &str) -> bool {
        match promised(media_type) {
            Promised::Exactly(promised) => self == promised,
            Promised::Other => matches!(self, Self::Unknown | Self::Text),
            Promised::Anything => !matches!(self, Self::Program | Self::Page),
        }
    }
}

fn promised(media_type: &str) -> Promised {
    let media_type = media_type.to_ascii_lowercase();
    match media_type.as_str() {
        "application/pdf" => Promised::Exactly(Found::Pdf),
        "image/png" => Promised::Exactly(Found::Png),
        "image/jpeg" => Promised::Exactly(Found::Jpeg),
        "image/gif" => Promised::Exactly(Found::Gif),
        "application/zip" => Promised::Exactly(Found::Archive),
        "application/msword" | "application/vnd.ms-excel" | "application/vnd.ms-outlook" => {
            Promised::Exactly(Found::Compound)
        }
        "text/html" => Promised::Exactly(Found::Page),
        "application/octet-stream" => Promised::Anything,
        other if is_archive(other) => Promised::Exactly(Found::Archive),
        other if other.starts_with("text/") || other == "message/rfc822" => Promised::Exactly(Found::Text),
        _ => Promised::Other,
    }
}

/// The office formats that are archives.
fn is_archive(media_type: &str) -> bool {
    media_type.starts_with("application/vnd.openxmlformats-officedocument.")
        || media_type.starts_with("application/vnd.oasis.opendocument.")
}
