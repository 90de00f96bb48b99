//! Files up and down: in pieces, with progress, checked by digest, resumed where the way there broke.

mod bag;
mod contacts;
mod download;
mod media;
mod part;
mod place;
pub mod progress;
mod table;
mod upload;

use std::fmt::Write as _;

use aws_lc_rs::digest::{Context, SHA256};

pub use bag::save_bag;
pub use contacts::read as contacts;
pub use download::{Entry, Shelf, save, save_letter};
pub use part::{OfRecord, PartShelf};
pub use place::{DocumentShelf, OfContact, OfParent, PaperShelf};
pub use upload::{Destination, Upload, send};

/// The SHA-256 of a context in lower-case hexadecimal.
fn hex(context: Context) -> String {
    let mut text = String::with_capacity(64);
    for byte in context.finish().as_ref() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn sha256() -> Context {
    Context::new(&SHA256)
}
