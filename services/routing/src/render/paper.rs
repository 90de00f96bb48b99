//! What is known of a paper, as callers see it.

use redress_chassis::wire;
use redress_kernel::hexadecimal;
use redress_proto::{routing::v1 as proto, r#type::v1 as common};

use crate::{convert, store::paper::Paper};

/// A paper, without the name of its file.
pub(crate) fn paper(row: &Paper) -> proto::Paper {
    proto::Paper {
        name: row.id.name(),
        contact: row.contact.name(),
        file_name: String::new(),
        media_type: row.media_type.clone(),
        size_bytes: row.size_bytes,
        sha256: hexadecimal(&row.sha256),
        state: convert::paper_state(row.stage).into(),
        uploader: Some(common::Actor {
            organisation: row.uploader_organisation.name(),
            subject: row.uploader.clone(),
        }),
        create_time: Some(wire::timestamp(row.created_at)),
    }
}
