//! The rpcs: one file for what they ask, one type for each gRPC service. They parse, seal, and hand over; nothing is decided
//! here.

mod correspondence;
pub(crate) mod examination;
mod figures;
mod recovery;
mod sealing;

pub(crate) use correspondence::Correspondence;
pub(crate) use examination::Examinations;
pub(crate) use figures::Figures;
pub(crate) use recovery::Recovery;
