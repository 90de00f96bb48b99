//! Papers put on file. Each is a stream of its own, of one entry.

use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::hexadecimal;
use redress_proto::routing::v1 as proto;

use crate::{convert, store::paper::Paper};

/// A paper was put on file, to be read or not.
pub(crate) fn paper(row: &Paper) -> Draft {
    let about = About { kind: "papers", id: row.id.uuid(), version: 1, contract: Some(row.contract.uuid()) };
    let message = proto::PaperStored {
        paper: row.id.name(),
        contact: row.contact.name(),
        size_bytes: row.size_bytes,
        sha256: hexadecimal(&row.sha256),
        state: convert::paper_state(row.stage).into(),
        finding: convert::paper_finding(row.stage).into(),
    };
    entry(about, &message, Vec::new())
}
