//! Each sentence of the guidance, as something that happens.

mod contacts;
mod letters;
mod members;
pub(crate) mod mixed;
