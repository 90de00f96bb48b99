//! What every service answers the same way: its journal, and the policy it stands on. Thin mappings, no rules.

pub mod journal;
pub(crate) mod policy;
