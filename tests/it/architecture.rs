//! What the sources and the contract promise, read from them; nothing runs here.

mod absent;
mod catalogue;
mod documented;
mod guarded;
mod messages;
mod packages;
mod reached;
mod reasons;
mod rules;
mod sources;
