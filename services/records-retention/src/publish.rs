//! Events of the domain as entries of the journal: identifiers, dates, enum values and digests only, so that a record can be
//! destroyed while the journal stands.

pub(crate) mod change;
pub(crate) mod control;
pub(crate) mod disposal;
pub(crate) mod erasure;
pub(crate) mod person;
pub(crate) mod record;
