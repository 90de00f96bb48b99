//! Printable documents: one plain value, [`Letter`], and two renderings of it.
//!
//! [`text::render`] gives wrapped UTF-8 text; [`pdf::render`] gives an A4 document that conforms to PDF/A-2a and
//! PDF/UA-1, with its fonts inside. Both are pure: the same letter gives the same bytes, on every machine and at
//! every time, so that a digest of a rendering can be kept and checked years later.
//!
//! A letter is about a person. Nothing here logs, and no [`pdf::Failure`] carries a word of what was to be printed.
//!
//! ```
//! use jiff::civil::date;
//! use redress_letter::{Block, Footer, Language, Letter, Party, Reference, Signatory, pdf, text};
//!
//! let letter = Letter {
//!     language: Language::English,
//!     sender: Party::new("Northern Skills Ltd", ["1 Mill Lane", "Leeds", "LS1 1AA"]),
//!     recipient: Party::new("Ŵyn Jones", ["2 High Street", "Bangor", "LL57 1AA"]),
//!     date: date(2026, 11, 20),
//!     references: vec![Reference::new("Our reference", "C-1042")],
//!     salutation: "Dear Ŵyn Jones".into(),
//!     subject: "Your complaint".into(),
//!     blocks: vec![Block::paragraph("We have looked into what you told us.")],
//!     signatory: Some(Signatory {
//!         valediction: "Yours sincerely".into(),
//!         name: "A. Smith".into(),
//!         role: "Director".into(),
//!     }),
//!     footer: Footer { document: "documents/42".into(), digest: "9f2c".into() },
//! };
//! assert!(text::render(&letter).contains("20 November 2026"));
//! assert!(pdf::render(&letter)?.starts_with(b"%PDF-1.7"));
//! # Ok::<(), pdf::Failure>(())
//! ```

mod language;
mod legible;
mod letter;
pub mod pdf;
pub mod text;

pub use language::Language;
pub use letter::{Bar, Block, Footer, Letter, Party, Reference, Row, Signatory};
