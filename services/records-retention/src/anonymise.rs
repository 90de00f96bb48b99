//! Reports turned into their anonymised form (RET-04, RET-13). What becomes of a field follows from the sensitivity that the
//! contract declares for it and from nothing else: there is no list of fields here that could fall behind (L32).
//!
//! - [`treatment`]: from a declared sensitivity to what is done.
//! - [`form`]: one report in its anonymised form, walked along the descriptors.
//! - [`residue`]: what would still name a person.
//! - [`assess`]: a set of forms judged for singling out, linkability and inference.
//! - [`collect`]: the reports of a disposal, opened.
//! - [`ready`]: the set of an approved disposal, once it may be ordered.

pub(crate) mod assess;
pub(crate) mod collect;
pub(crate) mod form;
pub(crate) mod ready;
pub(crate) mod residue;
pub(crate) mod treatment;

use prost::Message as _;
use prost_reflect::DynamicMessage;
use redress_proto::records_retention::v1 as proto;

/// A report as its descriptors have it; nothing where the bytes are none.
pub(crate) fn read(bytes: &[u8]) -> Option<DynamicMessage> {
    let descriptor =
        redress_proto::pool().get_message_by_name("redress.records_retention.v1.AssessmentReport")?;
    DynamicMessage::decode(descriptor, bytes).ok()
}

/// A report as it is laid by.
pub(crate) fn write(report: &proto::AssessmentReport) -> Vec<u8> {
    report.encode_to_vec()
}
