//! What every service answers the same way: its journal, its subscriptions, and the policy it stands on. Thin mappings,
//! no rules.

pub mod journal;
mod meant;
pub(crate) mod policy;
pub(crate) mod subscription;

pub(crate) use meant::{SERVICE, meant};
