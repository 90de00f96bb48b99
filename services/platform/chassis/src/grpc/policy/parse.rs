//! Messages of the policy service as values. The inspector has seen to their form.

use redress_policy::{ClockKind, Overlay, PackRef, Term, Unit, overlay::Stage};
use redress_proto::policy::v1 as proto;

pub(super) fn reference(reference: proto::PackReference) -> PackRef {
    PackRef { id: reference.id, version: reference.version }
}

pub(super) fn term(term: proto::Term) -> Option<Term> {
    let unit = match term.unit() {
        proto::TermUnit::Unspecified => return None,
        proto::TermUnit::WorkingDays => Unit::WorkingDays,
        proto::TermUnit::CalendarDays => Unit::CalendarDays,
        proto::TermUnit::Weeks => Unit::Weeks,
        proto::TermUnit::Months => Unit::Months,
        proto::TermUnit::Years => Unit::Years,
    };
    Some(Term::new(u16::try_from(term.amount).ok()?, unit))
}

/// The clocks have the same names on both sides, which a test holds against each other.
pub(super) fn clock(kind: proto::ClockKind) -> Option<ClockKind> {
    let name = kind.as_str_name().trim_start_matches("CLOCK_KIND_");
    ClockKind::ALL.into_iter().find(|known| known.name() == name)
}

pub(super) fn is_providers_own(kind: ClockKind) -> bool {
    matches!(
        kind,
        ClockKind::Acknowledgement | ClockKind::Step | ClockKind::StageResponse | ClockKind::Escalation
    )
}

/// `None` when a term in it has no unit.
pub(super) fn overlay(overlay: proto::Overlay) -> Option<Overlay> {
    let optional = |given: Option<proto::Term>| given.map_or(Some(None), |given| term(given).map(Some));
    let stages = overlay.stages.into_iter().map(|stage| {
        Some(Stage {
            respond_within: optional(stage.respond_within)?,
            escalate_within: optional(stage.escalate_within)?,
        })
    });
    Some(Overlay {
        first_contact_explanation: overlay.first_contact_explanation,
        draft_approval: overlay.draft_approval,
        acknowledge_within: optional(overlay.acknowledge_within)?,
        stages: stages.collect::<Option<_>>()?,
        final_response_within: optional(overlay.final_response_within)?,
        contribution_within: optional(overlay.contribution_within)?,
        ice_correspondence_within: optional(overlay.ice_correspondence_within)?,
        ice_window: optional(overlay.ice_window)?,
        reports_kept_at_most: optional(overlay.reports_kept_at_most)?,
        anonymised_reports_kept_at_most: optional(overlay.anonymised_reports_kept_at_most)?,
        contract_record_kept_for: optional(overlay.contract_record_kept_for)?,
        contract_record_agreement: overlay.contract_record_agreement,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clock_has_one_name_on_both_sides() {
        let on_the_wire: Vec<ClockKind> = (1..)
            .map_while(|number| proto::ClockKind::try_from(number).ok())
            .map(|kind| clock(kind).expect("a clock"))
            .collect();
        assert_eq!(on_the_wire, ClockKind::ALL);
        assert_eq!(clock(proto::ClockKind::Unspecified), None);
    }
}
