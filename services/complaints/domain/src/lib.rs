//! The rules of a provider complaint, pure.
