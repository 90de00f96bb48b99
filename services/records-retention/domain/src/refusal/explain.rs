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
            Self::NoSchedule { record, class } => bare
                .with("record", record.name())
                .with("record_class", class.as_str())
                .citing([Citation::own("RET-14")]),
            Self::TriggerNotMet { record, gap } => {
                bare.with("record", record.name()).with("gap", gap.as_str()).citing([Citation::own("RET-01")])
            }
            Self::NotDue { record, due_from, citation } => bare
                .with("record", record.name())
                .with("due_from", due_from)
                .citing([citation.as_ref().clone()]),
            Self::OnHold { record, holds } => bare
                .with("record", record.name())
                .with("holds", listed(holds.iter().map(|(hold, _)| hold.name())))
                .with("reasons", listed(holds.iter().map(|(_, reason)| reason.as_str().to_owned())))
                .citing([Citation::own("RET-08")]),
            Self::HoldRecentlyReleased { record, free_from } => bare
                .with("record", record.name())
                .with("free_from", free_from)
                .citing([Citation::own("RET-08")]),
            Self::HeldByCase { hold } => bare.with("hold", hold.name()).citing([Citation::own("RET-07")]),
            Self::HoldEnded { hold } | Self::NotYourHold { hold } => {
                bare.with("hold", hold.name()).citing([Citation::own("RET-08")])
            }
            Self::NewsContradicts { payment, revision } => bare
                .with("payment", payment.name())
                .with("revision", revision)
                .citing([Citation::own("RET-03")]),
            Self::TooMany { record } => bare.with("record", record.name()),
            Self::Destroyed { tombstone } => bare
                .with("record", tombstone.record.name())
                .with("disposal", tombstone.disposal.name())
                .with("record_class", tombstone.class.as_str())
                .with("due_on", tombstone.due_on)
                .with("ordered_on", tombstone.ordered_on)
                .with("destroyed_on", tombstone.destroyed_on.map(|on| on.to_string()).unwrap_or_default())
                .citing([tombstone.rule.clone(), Citation::own("RET-14")]),
            Self::PreviouslyDestroyed { record, destroyed_on } => bare
                .with("record", record.name())
                .with("destroyed_on", destroyed_on)
                .citing([Citation::own("RET-14")]),
            Self::Restricted { record } => {
                bare.with("record", record.name()).citing([Citation::own("RET-12")])
            }
            Self::SeveralContracts => bare,
            Self::NotIndependent { subject } => bare.with("name", subject).citing([Citation::own("RET-14")]),
            Self::BeyondRecall { disposal, record } => bare
                .with("disposal", disposal.name())
                .with("record", record.name())
                .citing([Citation::own("RET-14")]),
            Self::EndingNotProposed { subject }
            | Self::SamePerson { subject }
            | Self::ApprovalDigestMismatch { subject }
            | Self::ScheduleMoved { subject } => {
                bare.with(subject.key(), subject.name()).citing([Citation::own("RET-14")])
            }
            Self::ApprovalRequired { contract } | Self::NotController { contract } => {
                bare.with("contract", contract.name()).citing([Citation::own("RET-01")])
            }
            Self::ApprovalExpired { subject, approve_until } => bare
                .with(subject.key(), subject.name())
                .with("approve_until", approve_until)
                .citing([Citation::own("RET-14")]),
            Self::VetoOpen { disposal, veto_until } => bare
                .with("disposal", disposal.name())
                .with("veto_until", veto_until)
                .citing([Citation::own("RET-14")]),
            Self::RecordChanged { disposal, record } => bare
                .with("disposal", disposal.name())
                .with("record", record.map(redress_kernel::Id::name).unwrap_or_default())
                .citing([Citation::own("RET-14")]),
            Self::DisposalsStopped { control } | Self::StoppedByYou { control } => {
                bare.with("disposal_control", control.name()).citing([Citation::own("RET-14")])
            }
            Self::EnoughForToday { most_a_day } => bare.with("most_a_day", most_a_day),
            Self::KeptForAudit { request } => {
                bare.with("erasure_request", request.name()).citing([Citation::own("RET-11")])
            }
            Self::MethodNotAllowed { record, class, method } => bare
                .with("record", record.name())
                .with("record_class", class.as_str())
                .with("method", method.as_str())
                .citing([Citation::own("RET-04")]),
            Self::NotAnonymous { fields } => {
                bare.with("fields", listed(fields.iter().cloned())).citing([Citation::own("RET-13")])
            }
            Self::DateInDoubt => bare.citing([Citation::own("RET-14")]),
        }
    }
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}
