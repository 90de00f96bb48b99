//! The redress binary.
fn main() {}
