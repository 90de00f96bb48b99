//! What every service answers the same way: its journal, and the policy it stands on.

pub mod journal;
