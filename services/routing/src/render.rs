//! What is kept, as callers see it.

pub(crate) mod contact;
pub(crate) mod letter;
pub(crate) mod mixed;
pub(crate) mod paper;
pub(crate) mod route;
