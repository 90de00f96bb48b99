//! What a refusal says to a person and to a program.

use redress_kernel::{Citation, Explanation, StageConflict};

use super::Refusal;

impl redress_kernel::Refusal for Refusal {
    fn explain(&self) -> Explanation {
        let bare = Explanation::new(self.kind(), self.reason(), self.to_string());
        match self {
            Self::Policy(refusal) => refusal.explain(),
            Self::Invalid(violations) => Explanation { violations: violations.clone(), ..bare },
            Self::NotFound { name } | Self::AlreadyThere { name } | Self::VersionMismatch { name } => {
                bare.with("name", name)
            }
            Self::StageRefuses(conflict) => bare.with("command", conflict.command).in_stage(StageConflict {
                subject: conflict.subject.clone(),
                current: conflict.current,
                allowed: conflict.allowed.clone(),
            }),
            Self::ContractNotInForce { contract, on, effective_on, end_on } => bare
                .with("contract", contract.name())
                .with("on", on)
                .with("effective_on", effective_on)
                .with("end_on", end_on.map(|end| end.to_string()).unwrap_or_default())
                .citing([Citation::own("XCT-01").with("on", on)]),
            Self::PrimeMustAccept { holder } => {
                bare.with("organisation", holder.name()).citing([Citation::own("XCT-06")])
            }
            Self::AlreadyAccepted { complaint } => {
                bare.with("complaint", complaint.name()).citing([Citation::own("XCT-06")])
            }
            Self::SameRoute { outcome } => bare.with("outcome", outcome.as_str()),
            Self::JcpIssuesFinal { jobcentre_plus, citation } => {
                bare.with("jobcentre_plus", jobcentre_plus.name()).citing([citation.as_ref().clone()])
            }
            Self::CombinedResponseIsStageOne { mixed, stage, citation } => bare
                .with("mixed_complaint", mixed.name())
                .with("starts_at_stage", stage)
                .citing([citation.as_ref().clone()]),
            Self::AlreadyFinal { mixed, citation } => {
                bare.with("mixed_complaint", mixed.name()).citing([citation.as_ref().clone()])
            }
            Self::AgreementDigestMismatch { digest, citation } => {
                bare.with("digest", digest.as_str()).citing([citation.as_ref().clone()])
            }
            Self::ContributionMissing { citation }
            | Self::WordingNotProposed { citation }
            | Self::WordingNotAgreed { citation } => bare.citing([citation.as_ref().clone()]),
            Self::ReferenceNotQuoted => bare.citing([Citation::own("RTE-13")]),
            Self::AuthorityMissing => bare.citing([Citation::own("RTE-14")]),
            Self::HandlerConflict => bare.citing([Citation::own("CMP-27")]),
            Self::NotDue { clock } => bare.with("clock", clock),
        }
    }
}
