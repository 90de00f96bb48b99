//! The sentences of the guidance that this service carries out, each in a case of its own.

mod approval;
mod ending;
mod examiner;
mod receipt;
mod response;
mod steps;
mod time;
mod told;
