//! Reading an archive that anyone may have made: one plain file after another, and nothing else.

use std::io::{self, Read};

use super::{BLOCK, MOST_PLAIN, checksum, field, padding};
use crate::{
    hashing::fill,
    path::{self, PathFault},
};

/// Longest pax record that is read; ours have twenty bytes.
const LONGEST_PAX: u64 = 64 * 1024;

/// Why an archive is not read on.
#[derive(Debug, thiserror::Error)]
pub enum TarFault {
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Unreadable(#[source] io::Error),
    /// The archive ends too early.
    #[error("the archive is cut off: it ends within {within}")]
    Truncated {
        /// The file in the archive, or what stood there instead of one.
        within: String,
    },
    /// The file is no archive, or not a plain one.
    #[error("the file is not an uncompressed tar archive")]
    NotAnArchive,
    /// A header was changed or damaged.
    #[error("the archive is damaged in the header that follows {after}")]
    Header {
        /// The last file before it.
        after: String,
    },
    /// What should be empty is not.
    #[error("the archive holds hidden bytes after {after}")]
    Hidden {
        /// The last file before them.
        after: String,
    },
    /// A link, a device or something else that is not a plain file.
    #[error("the archive holds {what} named {path:?}, which a bag never does")]
    NotAFile {
        /// What it is.
        what: &'static str,
        /// Its name, as far as it can be shown.
        path: String,
    },
    /// A name that is not safe.
    #[error("the archive holds a file named {path:?}, which {fault}")]
    Path {
        /// The name, as far as it can be shown.
        path: String,
        /// What is wrong with it.
        fault: PathFault,
    },
}

/// An archive that is read from front to back.
pub struct Archive<R> {
    input: R,
    /// The last file that was seen whole, for telling where something is wrong.
    last: String,
    begun: bool,
}

/// A plain file in an archive.
pub struct Member {
    /// Its path, which is safe.
    pub path: String,
    /// Its size, as the archive says; what can be read may be less.
    pub size: u64,
}

impl<R: Read> Archive<R> {
    /// Begins to read.
    pub fn new(input: R) -> Self {
        Self { input, last: "the beginning".to_owned(), begun: false }
    }

    /// The next file; none at the end. The content of the one before must have been read with [`Archive::content`].
    pub fn advance(&mut self) -> Result<Option<Member>, TarFault> {
        let mut large = None;
        loop {
            let Some(header) = self.header()? else { return Ok(None) };
            let shown = name(&header);
            let size = match large.take() {
                Some(size) => size,
                None => octal(&header[field::SIZE]).ok_or_else(|| self.damaged())?,
            };
            match header[field::TYPE] {
                b'0' | 0 => {
                    let path = shown.strip_prefix("./").unwrap_or(&shown).to_owned();
                    path::judge(&path)
                        .map_err(|fault| TarFault::Path { path: shown.escape_debug().to_string(), fault })?;
                    return Ok(Some(Member { path, size }));
                }
                b'5' if size == 0 => {
                    let path = shown.strip_prefix("./").unwrap_or(&shown).trim_end_matches('/');
                    if !path.is_empty() {
                        path::judge(path).map_err(|fault| TarFault::Path {
                            path: shown.escape_debug().to_string(),
                            fault,
                        })?;
                    }
                }
                b'x' if size <= LONGEST_PAX => large = self.record(size)?,
                kind => {
                    return Err(TarFault::NotAFile {
                        what: what(kind),
                        path: shown.escape_debug().to_string(),
                    });
                }
            }
        }
    }

    /// Hands the content of `member` on, piece by piece.
    pub fn content(
        &mut self,
        member: &Member,
        mut piece: impl FnMut(&[u8]),
        buffer: &mut [u8],
    ) -> Result<(), TarFault> {
        let within = || TarFault::Truncated { within: member.path.clone() };
        let mut left = member.size;
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            let count = fill(&mut self.input, &mut buffer[..wanted]).map_err(TarFault::Unreadable)?;
            piece(&buffer[..count]);
            if count < wanted {
                return Err(within());
            }
            left -= count as u64;
        }
        member.path.clone_into(&mut self.last);
        self.zeros(padding(member.size))
    }

    /// The next header, none at the end of the archive, after which only zeros may come.
    fn header(&mut self) -> Result<Option<[u8; BLOCK]>, TarFault> {
        let mut header = [0; BLOCK];
        let count = fill(&mut self.input, &mut header).map_err(TarFault::Unreadable)?;
        if count < BLOCK {
            return Err(if self.begun { self.truncated() } else { TarFault::NotAnArchive });
        }
        if header.iter().all(|byte| *byte == 0) {
            if !self.begun {
                return Err(TarFault::NotAnArchive);
            }
            self.zeros(BLOCK)?;
            return self.rest().map(|()| None);
        }
        let plain = &header[field::MAGIC.start..field::MAGIC.start + 5] == b"ustar";
        let sound = plain && octal(&header[field::CHECKSUM]) == Some(checksum(&header));
        if !sound {
            return Err(if self.begun || plain { self.damaged() } else { TarFault::NotAnArchive });
        }
        self.begun = true;
        Ok(Some(header))
    }

    /// A pax header: of all it may say, only the size is heard, and names are not to be given in it.
    fn record(&mut self, size: u64) -> Result<Option<u64>, TarFault> {
        // No larger than `LONGEST_PAX`.
        let mut bytes = vec![0; usize::try_from(size).unwrap_or_default()];
        let count = fill(&mut self.input, &mut bytes).map_err(TarFault::Unreadable)?;
        if count < bytes.len() {
            return Err(self.truncated());
        }
        self.zeros(padding(size))?;
        let text = str::from_utf8(&bytes).map_err(|_| self.damaged())?;
        let mut large = None;
        for line in text.lines() {
            let (name, value) = line
                .split_once(' ')
                .and_then(|(_, rest)| rest.split_once('='))
                .ok_or_else(|| self.damaged())?;
            match name {
                "size" => large = Some(value.parse().map_err(|_| self.damaged())?),
                "path" | "linkpath" => {
                    return Err(TarFault::NotAFile {
                        what: "a second name for a file,",
                        path: value.escape_debug().to_string(),
                    });
                }
                name if name.starts_with("GNU.sparse") => {
                    return Err(TarFault::NotAFile {
                        what: "a sparse file",
                        path: value.escape_debug().to_string(),
                    });
                }
                _ => {}
            }
        }
        Ok(large)
    }

    fn zeros(&mut self, count: usize) -> Result<(), TarFault> {
        let mut block = [0; BLOCK];
        let read = fill(&mut self.input, &mut block[..count]).map_err(TarFault::Unreadable)?;
        if block[..read].iter().any(|byte| *byte != 0) {
            return Err(TarFault::Hidden { after: self.last.clone() });
        }
        if read < count { Err(self.truncated()) } else { Ok(()) }
    }

    /// Nothing but zeros to the end of the file: other programs fill up their last record with them.
    fn rest(&mut self) -> Result<(), TarFault> {
        let mut block = [0; 16 * BLOCK];
        loop {
            let read = fill(&mut self.input, &mut block).map_err(TarFault::Unreadable)?;
            if block[..read].iter().any(|byte| *byte != 0) {
                return Err(TarFault::Hidden { after: self.last.clone() });
            }
            if read < block.len() {
                return Ok(());
            }
        }
    }

    fn damaged(&self) -> TarFault {
        TarFault::Header { after: self.last.clone() }
    }

    fn truncated(&self) -> TarFault {
        TarFault::Truncated { within: format!("what follows {}", self.last) }
    }
}

/// The path a header names.
fn name(header: &[u8; BLOCK]) -> String {
    let text = |range: std::ops::Range<usize>| {
        let bytes = &header[range];
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        String::from_utf8_lossy(&bytes[..end]).into_owned()
    };
    let (prefix, name) = (text(field::PREFIX), text(field::NAME));
    // The older GNU form, told by its magic, keeps times where the prefix is.
    let has_prefix = header[field::MAGIC.start + 5] == 0 && !prefix.is_empty();
    if has_prefix { format!("{prefix}/{name}") } else { name }
}

/// An octal number, ended by a space or a zero byte; nothing else, and nothing above what the plain header can hold.
fn octal(bytes: &[u8]) -> Option<u64> {
    let digits = bytes.iter().position(|byte| matches!(byte, 0 | b' ')).unwrap_or(bytes.len());
    let (number, rest) = bytes.split_at(digits);
    let ended = rest.iter().all(|byte| matches!(byte, 0 | b' '));
    if number.is_empty() || !ended || !number.iter().all(|byte| (b'0'..=b'7').contains(byte)) {
        return None;
    }
    let value = number
        .iter()
        .try_fold(0_u64, |value, byte| value.checked_mul(8)?.checked_add(u64::from(byte - b'0')))?;
    (value <= MOST_PLAIN).then_some(value)
}

fn what(kind: u8) -> &'static str {
    match kind {
        b'1' => "a hard link",
        b'2' => "a symbolic link",
        b'3' | b'4' => "a device",
        b'5' => "a folder with content",
        b'6' => "a pipe",
        b'g' | b'x' => "a record for other programs",
        b'L' | b'K' => "an overlong name",
        b'S' => "a sparse file",
        _ => "something unknown",
    }
}
