//! Everything that may be asked of this service, decided over a loaded world.

pub(crate) mod anonymised;
pub(crate) mod case;
pub(crate) mod change;
pub(crate) mod contact;
pub(crate) mod control;
pub(crate) mod ended;
pub(crate) mod erasure;
pub(crate) mod keep;
pub(crate) mod laid_by;
pub(crate) mod manifest;
#[cfg(test)]
pub(crate) mod office;
pub(crate) mod order;
pub(crate) mod person;
pub(crate) mod propose;
pub(crate) mod receipt;
pub(crate) mod record;
pub(crate) mod register;
pub(crate) mod replay;
pub(crate) mod settle;
pub(crate) mod tick;
