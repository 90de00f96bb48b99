//! What is known of a document, as callers see it.

use complaints_domain::{ComplaintId, ParticipantId};
use redress_chassis::wire;
use redress_kernel::hexadecimal;
use redress_proto::{complaints::v1 as proto, r#type::v1 as common};

use crate::{
    convert,
    store::document::{Document, ParentKind},
};

/// A document, without the name of its file.
pub(crate) fn document(row: &Document) -> proto::Document {
    proto::Document {
        name: row.id.name(),
        parent: parent(row),
        file_name: String::new(),
        media_type: row.media_type.clone(),
        size_bytes: row.size_bytes,
        sha256: hexadecimal(&row.sha256),
        kind: convert::document::kind(row.kind).into(),
        state: convert::document::state(row.stage).into(),
        uploader: Some(common::Actor {
            organisation: row.uploader_organisation.name(),
            subject: row.uploader.clone(),
        }),
        create_time: Some(wire::timestamp(row.created_at)),
    }
}

/// Resource name of what a document belongs to.
pub(crate) fn parent(row: &Document) -> String {
    match row.parent_kind {
        ParentKind::Complaint => ComplaintId::new(row.parent).name(),
        ParentKind::Participant => ParticipantId::new(row.parent).name(),
    }
}
