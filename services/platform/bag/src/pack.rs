//! The stream of a bag: what is at hand is handed out, documents pass through and are checked on the way.
//!
//! [`Plan::parts`] says what comes next and does no IO, so that the same plan is written by a program that reads files
//! and by a service that relays another service's stream. Nothing is ever held but the piece that passes.

use std::{
    borrow::Cow,
    io::{self, Read, Write},
    iter,
};

use crate::{
    hashing::{Hashing, PIECE, fill},
    plan::{Content, Member, Plan},
    tar::{padding, write},
};

/// What comes next in the stream.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// These bytes.
    Bytes(Cow<'a, [u8]>),
    /// The bytes of this document, which must come to its digest.
    Document {
        /// Its resource name.
        id: &'a str,
        /// Its file in the bag.
        member: &'a Member,
    },
}

/// A document that is not what the plan says: it changed since, and the stream must not go on.
struct Changed;

/// Checks the pieces of one document as they pass.
struct Checked {
    size: u64,
    sha256: String,
    hashing: Hashing,
}

/// Why a bag was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// A document cannot be read.
    #[error("the document {id} cannot be read")]
    Read {
        /// Its resource name.
        id: String,
        /// Why.
        source: io::Error,
    },
    /// A document is not what the plan says.
    #[error("the document {id} is not what it was when the bag was planned")]
    Changed {
        /// Its resource name.
        id: String,
    },
    /// The bag cannot be written.
    #[error("the bag cannot be written")]
    Write(#[source] io::Error),
}

impl Plan {
    /// Everything that the archive is made of, in order.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let members = self.members().iter().flat_map(|member| {
            let header = write::header(self.name(), &member.path, member.size, self.seconds());
            let content = match &member.content {
                Content::Held(bytes) => Part::Bytes(Cow::Borrowed(bytes.as_slice())),
                Content::Document(id) => Part::Document { id, member },
            };
            let fill = Cow::Borrowed(&write::END[..padding(member.size)]);
            [Part::Bytes(Cow::Owned(header)), content, Part::Bytes(fill)]
        });
        members.chain(iter::once(Part::Bytes(Cow::Borrowed(write::END.as_slice()))))
    }

    /// Length of the archive in bytes.
    pub fn length(&self) -> u64 {
        let member =
            |member: &Member| write::header_length(member.size) + member.size + padding(member.size) as u64;
        self.members().iter().map(member).sum::<u64>() + write::END.len() as u64
    }
}

impl Checked {
    /// Begins with the document of `member`.
    fn new(member: &Member) -> Self {
        Self { size: member.size, sha256: member.sha256.clone(), hashing: Hashing::new() }
    }

    /// Takes note of a piece, which may be sent on unless the document is longer than it was.
    fn pass(&mut self, piece: &[u8]) -> Result<(), Changed> {
        self.hashing.update(piece);
        if self.hashing.count() > self.size { Err(Changed) } else { Ok(()) }
    }

    /// Says whether what passed is the document. Where it is not, what was sent already is no bag: it lacks its manifests
    /// and its end.
    fn finish(self) -> Result<(), Changed> {
        let whole = self.hashing.count() == self.size;
        if whole && self.hashing.finish() == self.sha256 { Ok(()) } else { Err(Changed) }
    }
}

/// Writes the bag that `plan` describes, with the documents as `open` gives them.
pub fn write<R: Read>(
    plan: &Plan,
    output: &mut impl Write,
    mut open: impl FnMut(&str) -> io::Result<R>,
) -> Result<(), WriteFault> {
    let mut buffer = vec![0; PIECE];
    for part in plan.parts() {
        match part {
            Part::Bytes(bytes) => output.write_all(&bytes).map_err(WriteFault::Write)?,
            Part::Document { id, member } => {
                let unreadable = |source| WriteFault::Read { id: id.to_owned(), source };
                let changed = |Changed| WriteFault::Changed { id: id.to_owned() };
                let mut input = open(id).map_err(unreadable)?;
                let mut checked = Checked::new(member);
                loop {
                    let count = fill(&mut input, &mut buffer).map_err(unreadable)?;
                    if count == 0 {
                        break;
                    }
                    checked.pass(&buffer[..count]).map_err(changed)?;
                    output.write_all(&buffer[..count]).map_err(WriteFault::Write)?;
                }
                checked.finish().map_err(changed)?;
            }
        }
    }
    output.flush().map_err(WriteFault::Write)
}
