//! The bytes of a bag, one piece after another: never more than a piece of a document is held.

use std::{collections::VecDeque, pin::Pin};

use bytes::Bytes;
use futures::stream::{self, StreamExt as _};
use redress_bag::{Part, plan::Member};
use redress_chassis::{Call, Domain};
use redress_proto::ice_liaison::v1::BuildEvidenceBagResponse;
use tonic::Status;

use super::{Ready, refusal, shown};
use crate::evidence::{
    Refused, Sources,
    gather::{self, Pieces},
};

/// What the rpc answers with.
pub(super) type Stream =
    Pin<Box<dyn futures::Stream<Item = Result<BuildEvidenceBagResponse, Status>> + Send>>;

/// Most bytes of one message of what is at hand; documents come in pieces of this length.
const PIECE: usize = 256 * 1024;

/// What is still to be sent.
struct Sending {
    domain: Domain,
    sources: Sources,
    call: Call,
    waiting: VecDeque<Piece>,
    open: Option<Open>,
}

enum Piece {
    Bytes(Bytes),
    Document(String, Member),
}

/// The document that passes through.
struct Open {
    pieces: Pieces,
    /// Bytes still to come.
    left: u64,
}

pub(super) fn of(domain: Domain, sources: Sources, call: Call, ready: &Ready) -> Stream {
    let first = BuildEvidenceBagResponse { bag: Some(shown::bag(ready)), chunk: Bytes::new() };
    let mut waiting = VecDeque::new();
    for part in ready.plan.parts() {
        match part {
            Part::Bytes(bytes) => {
                let bytes = Bytes::from(bytes.into_owned());
                let pieces = (0..bytes.len()).step_by(PIECE);
                waiting.extend(pieces.map(|at| Piece::Bytes(bytes.slice(at..bytes.len().min(at + PIECE)))));
            }
            Part::Document { id, member } => {
                waiting.push_back(Piece::Document(id.to_owned(), member.clone()));
            }
        }
    }
    let sending = Sending { domain, sources, call, waiting, open: None };
    let rest = stream::try_unfold(sending, |mut sending| async move {
        Ok(sending.next().await?.map(|chunk| (BuildEvidenceBagResponse { bag: None, chunk }, sending)))
    });
    stream::iter([Ok(first)]).chain(rest).boxed()
}

impl Sending {
    async fn next(&mut self) -> Result<Option<Bytes>, Status> {
        loop {
            if let Some(open) = &mut self.open {
                let left = match open.pieces.next().await? {
                    Some(piece) if piece.is_empty() => continue,
                    Some(piece) => match open.left.checked_sub(piece.len() as u64) {
                        Some(left) => {
                            open.left = left;
                            return Ok(Some(piece));
                        }
                        None => return Err(self.changed()),
                    },
                    None => open.left,
                };
                if left > 0 {
                    return Err(self.changed());
                }
                self.open = None;
            }
            match self.waiting.pop_front() {
                None => return Ok(None),
                Some(Piece::Bytes(bytes)) => return Ok(Some(bytes)),
                Some(Piece::Document(name, member)) => {
                    let pieces = gather::open(&self.sources, &self.call, &name).await?;
                    if !pieces.are(&member) {
                        return Err(self.changed());
                    }
                    self.open = Some(Open { pieces, left: member.size });
                }
            }
        }
    }

    fn changed(&self) -> Status {
        refusal::status(self.domain, Refused::Changed)
    }
}
