//! Words of the domain and words of the contract, pair by pair. The contract's `UNSPECIFIED` is nothing here: whether it may
//! be left out is the field's own rule.

pub(crate) mod document;
pub(crate) mod improvement;
pub(crate) mod participant;

use complaints_domain::{
    complaint::{
        ClockState, CloseReason, DraftDecision, LetterKind, Outcome, Representative, StageName, Subject,
        WithdrawnBy, early_access,
    },
    supply_chain::OrganisationKind,
};
use redress_policy::{Term, Unit};
use redress_proto::{complaints::v1 as proto, supply_chain::v1 as chain};

pub(crate) const fn subject(subject: Subject) -> proto::Subject {
    match subject {
        Subject::Service => proto::Subject::Service,
        Subject::ProgrammePolicy => proto::Subject::ProgrammePolicy,
        Subject::Mixed => proto::Subject::Mixed,
        Subject::DataProtection => proto::Subject::DataProtection,
    }
}

pub(crate) fn read_subject(subject: i32) -> Option<Subject> {
    match proto::Subject::try_from(subject).ok()? {
        proto::Subject::Unspecified => None,
        proto::Subject::Service => Some(Subject::Service),
        proto::Subject::ProgrammePolicy => Some(Subject::ProgrammePolicy),
        proto::Subject::Mixed => Some(Subject::Mixed),
        proto::Subject::DataProtection => Some(Subject::DataProtection),
    }
}

pub(crate) const fn representative(representative: Option<Representative>) -> proto::RepresentativeKind {
    match representative {
        None => proto::RepresentativeKind::Unspecified,
        Some(Representative::RelativeOrFriend) => proto::RepresentativeKind::RelativeOrFriend,
        Some(Representative::Adviser) => proto::RepresentativeKind::Adviser,
        Some(Representative::ElectedMember) => proto::RepresentativeKind::ElectedMember,
        Some(Representative::Solicitor) => proto::RepresentativeKind::Solicitor,
    }
}

pub(crate) fn read_representative(kind: i32) -> Option<Representative> {
    match proto::RepresentativeKind::try_from(kind).ok()? {
        proto::RepresentativeKind::Unspecified => None,
        proto::RepresentativeKind::RelativeOrFriend => Some(Representative::RelativeOrFriend),
        proto::RepresentativeKind::Adviser => Some(Representative::Adviser),
        proto::RepresentativeKind::ElectedMember => Some(Representative::ElectedMember),
        proto::RepresentativeKind::Solicitor => Some(Representative::Solicitor),
    }
}

pub(crate) const fn stage(stage: StageName) -> proto::Stage {
    match stage {
        StageName::Unregistered => proto::Stage::Unspecified,
        StageName::Received => proto::Stage::Received,
        StageName::Redirected => proto::Stage::Redirected,
        StageName::Acknowledged => proto::Stage::Acknowledged,
        StageName::AtStage => proto::Stage::AtStage,
        StageName::DraftPendingApproval => proto::Stage::DraftPendingApproval,
        StageName::Rework => proto::Stage::Rework,
        StageName::StageResponseIssued => proto::Stage::StageResponseIssued,
        StageName::FinalResponseIssued => proto::Stage::FinalResponseIssued,
        StageName::WithIce => proto::Stage::WithIce,
        StageName::ReopenedByIce => proto::Stage::ReopenedByIce,
        StageName::Closed => proto::Stage::Closed,
        StageName::Withdrawn => proto::Stage::Withdrawn,
    }
}

pub(crate) fn read_stage(stage: i32) -> Option<StageName> {
    StageName::ALL.into_iter().find(|name| {
        let word = self::stage(*name);
        word != proto::Stage::Unspecified && word as i32 == stage
    })
}

pub(crate) const fn clock_state(state: ClockState) -> proto::ClockState {
    match state {
        ClockState::Running => proto::ClockState::Running,
        ClockState::Breached => proto::ClockState::Breached,
        ClockState::Met => proto::ClockState::Met,
        ClockState::MetLate => proto::ClockState::MetLate,
        ClockState::Lapsed => proto::ClockState::Lapsed,
    }
}

pub(crate) const fn early_access(standing: early_access::Standing) -> proto::EarlyAccessState {
    match standing {
        early_access::Standing::NotInPack => proto::EarlyAccessState::NotInPack,
        early_access::Standing::Unknown => proto::EarlyAccessState::Unknown,
        early_access::Standing::NotYet => proto::EarlyAccessState::NotYet,
        early_access::Standing::Open => proto::EarlyAccessState::Open,
        early_access::Standing::Forestalled => proto::EarlyAccessState::Forestalled,
    }
}

pub(crate) const fn close_reason(reason: CloseReason) -> proto::CloseReason {
    match reason {
        CloseReason::Accepted => proto::CloseReason::Accepted,
        CloseReason::Silent => proto::CloseReason::Silent,
        CloseReason::WindowPassed => proto::CloseReason::WindowPassed,
        CloseReason::ExaminerClosed => proto::CloseReason::ExaminerClosed,
        CloseReason::Other => proto::CloseReason::Other,
    }
}

pub(crate) fn read_close_reason(reason: i32) -> Option<CloseReason> {
    match proto::CloseReason::try_from(reason).ok()? {
        proto::CloseReason::Unspecified => None,
        proto::CloseReason::Accepted => Some(CloseReason::Accepted),
        proto::CloseReason::Silent => Some(CloseReason::Silent),
        proto::CloseReason::WindowPassed => Some(CloseReason::WindowPassed),
        proto::CloseReason::ExaminerClosed => Some(CloseReason::ExaminerClosed),
        proto::CloseReason::Other => Some(CloseReason::Other),
    }
}

pub(crate) const fn letter_kind(kind: LetterKind) -> proto::LetterKind {
    match kind {
        LetterKind::StageResponse => proto::LetterKind::StageResponse,
        LetterKind::FinalResponse => proto::LetterKind::FinalResponse,
        LetterKind::Correction => proto::LetterKind::Correction,
    }
}

/// The kinds of letter that may be a draft.
pub(crate) fn read_draft_kind(kind: i32) -> Option<LetterKind> {
    match proto::LetterKind::try_from(kind).ok()? {
        proto::LetterKind::StageResponse => Some(LetterKind::StageResponse),
        proto::LetterKind::FinalResponse => Some(LetterKind::FinalResponse),
        proto::LetterKind::Unspecified
        | proto::LetterKind::Acknowledgement
        | proto::LetterKind::Correction
        | proto::LetterKind::Redirection => None,
    }
}

pub(crate) const fn outcome(outcome: Option<Outcome>) -> proto::Outcome {
    match outcome {
        None => proto::Outcome::Unspecified,
        Some(Outcome::Upheld) => proto::Outcome::Upheld,
        Some(Outcome::PartiallyUpheld) => proto::Outcome::PartiallyUpheld,
        Some(Outcome::NotUpheld) => proto::Outcome::NotUpheld,
    }
}

pub(crate) fn read_outcome(outcome: i32) -> Option<Outcome> {
    match proto::Outcome::try_from(outcome).ok()? {
        proto::Outcome::Unspecified => None,
        proto::Outcome::Upheld => Some(Outcome::Upheld),
        proto::Outcome::PartiallyUpheld => Some(Outcome::PartiallyUpheld),
        proto::Outcome::NotUpheld => Some(Outcome::NotUpheld),
    }
}

pub(crate) fn read_draft_decision(decision: i32) -> Option<DraftDecision> {
    match proto::DraftDecision::try_from(decision).ok()? {
        proto::DraftDecision::Unspecified => None,
        proto::DraftDecision::Approve => Some(DraftDecision::Approve),
        proto::DraftDecision::Rework => Some(DraftDecision::Rework),
    }
}

pub(crate) fn read_withdrawn_by(by: i32) -> Option<WithdrawnBy> {
    match proto::WithdrawnBy::try_from(by).ok()? {
        proto::WithdrawnBy::Unspecified => None,
        proto::WithdrawnBy::Participant => Some(WithdrawnBy::Participant),
        proto::WithdrawnBy::Representative => Some(WithdrawnBy::Representative),
    }
}

pub(crate) const fn withdrawn_by(by: WithdrawnBy) -> proto::WithdrawnBy {
    match by {
        WithdrawnBy::Participant => proto::WithdrawnBy::Participant,
        WithdrawnBy::Representative => proto::WithdrawnBy::Representative,
    }
}

pub(crate) const fn organisation_kind(kind: OrganisationKind) -> chain::OrganisationKind {
    match kind {
        OrganisationKind::Provider => chain::OrganisationKind::Provider,
        OrganisationKind::JobcentrePlus => chain::OrganisationKind::JobcentrePlus,
        OrganisationKind::Department => chain::OrganisationKind::Department,
    }
}

pub(crate) fn read_organisation_kind(kind: i32) -> Option<OrganisationKind> {
    match chain::OrganisationKind::try_from(kind).ok()? {
        chain::OrganisationKind::Unspecified => None,
        chain::OrganisationKind::Provider => Some(OrganisationKind::Provider),
        chain::OrganisationKind::JobcentrePlus => Some(OrganisationKind::JobcentrePlus),
        chain::OrganisationKind::Department => Some(OrganisationKind::Department),
    }
}

pub(crate) fn limit(term: Term) -> proto::Limit {
    let (amount, unit) = match term.unit {
        Unit::WorkingDays => (term.amount.into(), proto::TimeUnit::WorkingDays),
        Unit::CalendarDays => (term.amount.into(), proto::TimeUnit::CalendarDays),
        Unit::Weeks => (term.amount.into(), proto::TimeUnit::Weeks),
        Unit::Months => (term.amount.into(), proto::TimeUnit::Months),
        // The contract has no years; twelve months are the same to every rule.
        Unit::Years => (i32::from(term.amount) * 12, proto::TimeUnit::Months),
    };
    proto::Limit { amount, unit: unit.into() }
}

pub(crate) fn read_limit(limit: proto::Limit) -> Option<Term> {
    let unit = match proto::TimeUnit::try_from(limit.unit).ok()? {
        proto::TimeUnit::Unspecified => return None,
        proto::TimeUnit::WorkingDays => Unit::WorkingDays,
        proto::TimeUnit::CalendarDays => Unit::CalendarDays,
        proto::TimeUnit::Weeks => Unit::Weeks,
        proto::TimeUnit::Months => Unit::Months,
    };
    Some(Term::new(u16::try_from(limit.amount).ok().filter(|amount| *amount > 0)?, unit))
}
