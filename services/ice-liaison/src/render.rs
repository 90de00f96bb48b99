//! Rows as callers see them. Whole for reads; what a command answers holds no text and no derivation, because it is kept.

pub(crate) mod admissibility;
pub(crate) mod charge;
pub(crate) mod examination;
pub(crate) mod figures;
pub(crate) mod letter;
pub(crate) mod recommendation;
