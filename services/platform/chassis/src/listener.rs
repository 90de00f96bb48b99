//! Where calls come in: connections are counted before a byte of them is read, and silent ones are cut, because the
//! server underneath does neither (facts 0.7, 0.8).

mod accept;
mod guard;
mod outgoing;
mod server;

pub(crate) use accept::Gatekeeper;
pub(crate) use server::serve;
