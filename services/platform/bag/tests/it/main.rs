//! Evidence bags, written, read by other programs, tampered with, and made to harm.

mod contents;
mod fixture;
mod hostile;
mod readable;
mod tampered;
mod verified;
