//! Words of first contact.

use complaints_domain::participant::AgreementEvidence;
use redress_proto::complaints::v1 as proto;

pub(crate) const fn evidence(evidence: Option<AgreementEvidence>) -> proto::AgreementEvidence {
    match evidence {
        None => proto::AgreementEvidence::Unspecified,
        Some(AgreementEvidence::Signature) => proto::AgreementEvidence::Signature,
        Some(AgreementEvidence::Email) => proto::AgreementEvidence::Email,
    }
}

pub(crate) fn read_evidence(evidence: i32) -> Option<AgreementEvidence> {
    match proto::AgreementEvidence::try_from(evidence).ok()? {
        proto::AgreementEvidence::Unspecified => None,
        proto::AgreementEvidence::Signature => Some(AgreementEvidence::Signature),
        proto::AgreementEvidence::Email => Some(AgreementEvidence::Email),
    }
}
