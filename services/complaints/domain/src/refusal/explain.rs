//! What a refusal says to a person and to a program.

use redress_kernel::{Citation, Explanation, StageConflict};

use super::{Conflict, Refusal};

/// Where a person finds Jobcentre Plus.
const JOBCENTRE_PLUS: &str = "https://www.gov.uk/contact-jobcentre-plus";

impl redress_kernel::Refusal for Refusal {
    fn explain(&self) -> Explanation {
        let bare = Explanation::new(self.kind(), self.reason(), self.to_string());
        match self {
            Self::Policy(refusal) => refusal.explain(),
            Self::Invalid(violations) => Explanation { violations: violations.clone(), ..bare },
            Self::NotFound { name } | Self::AlreadyThere { name } | Self::VersionMismatch { name } => {
                bare.with("name", name)
            }
            Self::StageRefuses(conflict) => conflicting(bare, conflict),
            Self::WithIce(conflict) => conflicting(bare, conflict).citing([Citation::own("CMP-14")]),
            Self::Immutable { letter, conflict } => {
                conflicting(bare, conflict).with("letter", letter.name()).citing([Citation::own("CMP-07")])
            }
            Self::ContractNotInForce { contract, on, effective_on, end_on } => bare
                .with("contract", contract.name())
                .with("on", on)
                .with("effective_on", effective_on)
                .with("end_on", end_on.map(|end| end.to_string()).unwrap_or_default())
                .citing([Citation::own("XCT-01").with("on", on)]),
            Self::SupplyChainEdgeMissing { contract, organisations, on } => bare
                .with("contract", contract.name())
                .with("organisations", listed(organisations.iter().map(|organisation| organisation.name())))
                .with("on", on)
                .citing([Citation::own("XCT-06").with("on", on)]),
            Self::RouteToJobcentrePlus { subject, citation } => bare
                .with("subject", subject.as_str())
                .with("help_url", JOBCENTRE_PLUS)
                .citing([citation.as_ref().clone()]),
            Self::DuplicateComplaint { existing } => bare.with("name", existing.name()),
            Self::ProcedureMissing { organisation, contract, on } => bare
                .with("organisation", organisation.name())
                .with("contract", contract.name())
                .with("on", on)
                .citing([Citation::own("CMP-01")]),
            Self::HandlerConflict => bare.citing([Citation::own("CMP-27")]),
            Self::StepOutOfOrder { next, citation } => bare
                .with("next_step", next.as_ref().map(|step| step.id.clone()).unwrap_or_default())
                .citing([citation.as_ref().clone()]),
            Self::EvidenceRequired { step } => bare
                .with("step", &step.id)
                .with("stage_number", step.stage_number)
                .citing([Citation::own("CMP-05")]),
            Self::StepsNotExhausted { open, citation } => bare
                .with(
                    "open_steps",
                    listed(open.iter().map(|step| format!("{}:{}", step.stage_number, step.id))),
                )
                .citing([citation.as_ref().clone()]),
            Self::FinalResponseDue { stage_number, citation } => {
                bare.with("stage_number", stage_number).citing([citation.as_ref().clone()])
            }
            Self::ApprovalRequired { approver, citation } => {
                bare.with("approver", approver).citing([citation.as_ref().clone()])
            }
            Self::ApprovalDigestMismatch { letter, citation } => {
                bare.with("letter", letter.name()).citing([citation.as_ref().clone()])
            }
            Self::SignpostMissing { version, citation } => {
                bare.with("text_version", version).citing([citation.as_ref().clone()])
            }
            Self::SignpostOutOfDate { version, found, citation } => bare
                .with("text_version", version)
                .with("found_version", found)
                .citing([Citation::own("CMP-31"), citation.as_ref().clone()]),
            Self::WindowClosed { clock, due_on, citation } => {
                bare.with("clock", clock).with("due_on", due_on).citing([citation.as_ref().clone()])
            }
            Self::WindowOpen { clock, due_on } => bare
                .with("clock", clock)
                .with("due_on", due_on.map(|due| due.to_string()).unwrap_or_default())
                .citing([Citation::own("CMP-04")]),
            Self::EarlyAccessNotOpen { opens_on, citation } => bare
                .with("opens_on", opens_on.map(|opens| opens.to_string()).unwrap_or_default())
                .citing([citation.as_ref().clone()]),
            Self::NotPartyToWithdraw => bare.citing([Citation::own("CMP-04")]),
            Self::NotDue { clock } => bare.with("clock", clock),
            Self::DivisionLocked { division } => {
                bare.with("division", division).citing([Citation::own("XCT-02"), Citation::own("XCT-09")])
            }
            Self::OtherProgramme { programme } => {
                bare.with("programme", programme).citing([Citation::own("XCT-01")])
            }
            Self::NotAboveInChain => bare.citing([Citation::own("XCT-06")]),
            Self::OrganisationKindNotAllowed => bare,
            Self::ProcedureLoosens { breaches } => {
                let mut explanation = bare.citing(breaches.iter().map(|breach| breach.citation.clone()));
                explanation.violations.extend(breaches.iter().map(|breach| breach.violation.clone()));
                explanation
            }
            Self::ApprovalNotNeeded { citation }
            | Self::IceWindowNoticeMissing { citation }
            | Self::ChangeNotApproved { citation }
            | Self::ApprovalExpired { citation }
            | Self::NotAddressee { citation } => bare.citing([citation.as_ref().clone()]),
        }
    }
}

fn conflicting(bare: Explanation, conflict: &Conflict) -> Explanation {
    bare.with("command", conflict.command).in_stage(StageConflict {
        subject: conflict.subject.clone(),
        current: conflict.current,
        allowed: conflict.allowed.clone(),
    })
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}
