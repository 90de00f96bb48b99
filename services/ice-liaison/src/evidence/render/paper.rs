//! Letters and documents.

use redress_bag::case::{Copy, Document, Letter};
use redress_chassis::wire;
use redress_kernel::london_date;
use redress_proto::complaints::v1 as proto;

use super::{Unrendered, day, digest, word};
use crate::evidence::{Papers, papers::LetterCopy};

pub(super) fn letter(papers: &Papers, copy: &LetterCopy) -> Letter {
    let letter = &copy.letter;
    let state = word::value(letter.state().as_str_name(), "LETTER_STATE_").unwrap_or_default();
    let how = word::value(letter.channel().as_str_name(), "CHANNEL_");
    let state = match (day(letter.issued_on.as_ref()), how) {
        (Some(on), Some(how)) => format!("{state} on {on} by {how}"),
        (Some(on), None) => format!("{state} on {on}"),
        (None, _) => state,
    };
    let title = word::sentence(letter.kind().as_str_name().trim_start_matches("LETTER_KIND_"));
    Letter {
        id: letter.name.clone(),
        title: if copy.pdf.is_some() { title } else { format!("{title} (draft)") },
        state,
        content: papers.disposition(&letter.name, || Copy { text: copy.text.clone(), pdf: copy.pdf.clone() }),
    }
}

pub(super) fn document(papers: &Papers, document: &proto::Document) -> Result<Document, Unrendered> {
    let filed = document.create_time.as_ref().and_then(wire::read_timestamp).unwrap_or_default();
    Ok(Document {
        id: document.name.clone(),
        file_name: document.file_name.clone(),
        kind: word::sentence(document.kind().as_str_name().trim_start_matches("DOCUMENT_KIND_")),
        media_type: document.media_type.clone(),
        filed_on: london_date(filed),
        size: u64::try_from(document.size_bytes).unwrap_or_default(),
        digest: digest(&document.sha256)?,
        content: papers.disposition(&document.name, || ()),
    })
}
