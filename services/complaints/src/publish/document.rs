//! Documents put on file. Each is a stream of its own, of one entry.

use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::hexadecimal;
use redress_papers::Stage;
use redress_proto::complaints::v1 as proto;

use crate::{convert, render::document::parent, store::document::Document};

/// A document was put on file, to be read or not.
pub(crate) fn document(row: &Document) -> Draft {
    let about =
        About { kind: "documents", id: row.id.uuid(), version: 1, contract: Some(row.contract.uuid()) };
    let finding = match row.stage {
        Stage::Stored => {
            let message = proto::DocumentStored {
                document: row.id.name(),
                parent: parent(row),
                kind: convert::document::kind(row.kind).into(),
                size_bytes: row.size_bytes,
                sha256: hexadecimal(&row.sha256),
            };
            return entry(about, &message, Vec::new());
        }
        Stage::Mismatched => proto::DocumentFinding::ContentTypeMismatch,
        Stage::Unscannable => proto::DocumentFinding::Unscannable,
        Stage::Harmful => proto::DocumentFinding::Malware,
    };
    let message = proto::DocumentQuarantined {
        document: row.id.name(),
        parent: parent(row),
        kind: convert::document::kind(row.kind).into(),
        size_bytes: row.size_bytes,
        sha256: hexadecimal(&row.sha256),
        finding: finding.into(),
    };
    entry(about, &message, Vec::new())
}
