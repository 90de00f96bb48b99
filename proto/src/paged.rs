//! What all requests for a page of a list have in common.

/// A request for a page; every message that has a `page_size` and a `page_token`.
pub trait Paged {
    /// Most rows of the page; 0 leaves it to the service.
    fn page_size(&self) -> i32;
    /// Where the page begins; empty for the first.
    fn page_token(&self) -> &str;
    /// Everything else, which chooses or orders what is listed; a token belongs to one question.
    fn question(&self) -> Vec<u8>;
}

include!(concat!(env!("OUT_DIR"), "/paged.rs"));
