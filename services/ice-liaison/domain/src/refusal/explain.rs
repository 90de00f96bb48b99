//! What a refusal says to a person and to a program.

use redress_kernel::{Citation, Explanation, StageConflict};

use super::{Conflict, Refusal};
use crate::PaperRef;

/// Most papers that a refusal names one by one.
const NAMED: usize = 20;

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
            Self::CaseClosed(conflict) => conflicting(bare, conflict).citing([Citation::own("ICE-27")]),
            Self::StageOutOfOrder { conflict, citation } => {
                conflicting(bare, conflict).citing([citation.as_ref().clone()])
            }
            Self::StepsNotExhausted { citations } => bare.citing(citations.clone()),
            Self::BypassNotOpen { opens_on, citation } => {
                bare.with("opens_on", opens_on).citing([citation.as_ref().clone()])
            }
            Self::IceWindowClosed { due_on, citation } => {
                bare.with("due_on", due_on).citing([citation.as_ref().clone()])
            }
            Self::BundleIncomplete { missing, citation } => {
                bare.with("missing", listed(missing)).citing([citation.as_ref().clone()])
            }
            Self::ItemQuarantined { papers } | Self::ItemDestroyed { papers } => {
                bare.with("papers", listed(papers)).citing([Citation::own("ICE-07")])
            }
            Self::ChargeNotDue { examination, citation }
            | Self::ChargeDecisionNeeded { examination, citation } => {
                bare.with("examination", examination.name()).citing([citation.as_ref().clone()])
            }
            Self::BothPartiesRequired { citation } | Self::ExcuseNotInGuidance { citation } => {
                bare.citing([citation.as_ref().clone()])
            }
            Self::ExceedsOriginal { charge, pence } => {
                bare.with("charge", charge.name()).with("pence", pence).citing([Citation::own("ICE-10")])
            }
            Self::AlreadyReversed { charge } => {
                bare.with("charge", charge.name()).citing([Citation::own("ICE-10")])
            }
            Self::ExceedsBalance { charge, balance } => {
                bare.with("charge", charge.name()).with("balance", balance).citing([Citation::own("ICE-10")])
            }
            Self::PeriodClosed { year } => bare.with("year", year).citing([Citation::own("ICE-34")]),
            Self::YearNotOver { year, last_day } => {
                bare.with("year", year).with("last_day", last_day).citing([Citation::own("ICE-34")])
            }
            Self::NotDue { due_on } => {
                bare.with("due_on", due_on.map(|due_on| due_on.to_string()).unwrap_or_default())
            }
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

fn listed(papers: &[PaperRef]) -> String {
    papers.iter().take(NAMED).map(|paper| paper.name()).collect::<Vec<_>>().join(",")
}
