//! The clocks that packs state, and those they do not have.

use redress_policy::{
    Basis, Clock, ClockKind, Division, Refusal, Roll,
    deadline::{Stated, Warning},
};

use crate::fixture::{NOW, calendars, day, jets, library, pack, term};

fn clock(id: &str, kind: ClockKind) -> Result<Clock, Refusal> {
    pack(library(), id).clock(kind)
}

#[test]
fn jets_in_scotland_states_its_numbers() {
    for (kind, length, cited) in [
        (ClockKind::EightWeekRight, "8 weeks", "CMP-08 (J0 7.01 tail)"),
        (ClockKind::IceWindow, "6 months", "CMP-09 (J0 7.15)"),
        (ClockKind::IceCorrespondence, "5 working days", "ICE-05 (J0 7.16)"),
        (ClockKind::JcpContribution, "5 working days", "RTE-04 (J0 7.08 action 1)"),
        (ClockKind::ReopenedSteps, "5 working days", "CMP-14 (reading Q5)"),
        (ClockKind::ElectedMemberReply, "15 working days", "RTE-12 (reading Q15)"),
        (ClockKind::ElectedMemberReplyCap, "20 working days", "RTE-12 (CO-C HL14583)"),
        (ClockKind::IceContact, "10 working days", "ICE-31 (BW2 standards)"),
        (ClockKind::IceResolution, "8 weeks", "ICE-31 (PQ 292819)"),
        (ClockKind::IceSettlement, "15 weeks", "ICE-31 (PQ 292819)"),
        (ClockKind::IceReport, "20 weeks", "ICE-31 (PQ 292819)"),
        (ClockKind::DepartmentReply, "15 working days", "CMP-22 (PQ 184777)"),
        (ClockKind::ErasureAnswer, "1 month", "RET-10 (NEA24 memo)"),
    ] {
        let clock = clock("jets-scotland", kind).unwrap();
        assert_eq!((clock.kind, clock.term, clock.citation.short()), (kind, term(length), cited.to_owned()));
        assert_eq!(
            (clock.citation.pack.as_str(), clock.citation.pack_version.as_str()),
            ("jets-scotland", "2022-02-25")
        );
    }
}

#[test]
fn holistic_assessments_before_2023_state_retention_and_no_limits() {
    // A0 7.11, 7.12; A0 has no reply limit, no window, no five-day rule.
    for (kind, length, cited) in [
        (ClockKind::ContractRecord, "6 years", "RET-01 (A0 7.11)"),
        (ClockKind::ComplaintFile, "6 years", "RET-01 (reading Q14)"),
        (ClockKind::Report, "6 months", "RET-03 (A0 7.12)"),
        (ClockKind::AnonymisedReport, "6 years", "RET-03 (A0 7.12)"),
        (ClockKind::UnpaidReport, "6 months", "RET-03 (reading Q12)"),
        (ClockKind::JcpContribution, "5 working days", "RTE-04 (reading Q26)"),
    ] {
        let clock = clock("atw-ha-pre-2023", kind).unwrap();
        assert_eq!((clock.term, clock.citation.short()), (term(length), cited.to_owned()));
    }
    for kind in [
        ClockKind::EightWeekRight,
        ClockKind::IceWindow,
        ClockKind::IceCorrespondence,
        ClockKind::ReopenedSteps,
    ] {
        assert!(matches!(clock("atw-ha-pre-2023", kind), Err(Refusal::NoSuchClock { .. })), "{kind}");
    }
}

#[test]
fn silence_and_ignorance_are_told_apart() {
    assert!(matches!(clock("jets-scotland", ClockKind::Report), Err(Refusal::NoSuchClock { .. })));
    for (id, kind, rule) in [
        ("atw-ha-2023", ClockKind::EightWeekRight, "eight_week_right"),
        ("atw-2023-11", ClockKind::IceCorrespondence, "ice_correspondence"),
        ("ipes", ClockKind::IceWindow, "ice_window"),
        ("restart", ClockKind::JcpContribution, "jcp_contribution"),
    ] {
        let refused = clock(id, kind).unwrap_err();
        assert!(
            matches!(refused, Refusal::ValueNotKnown { rule: named, .. } if named == rule),
            "{id} {kind}: {refused:?}"
        );
    }
}

#[test]
fn windows_of_the_complainant_stay_open_and_limits_on_the_provider_stay_put() {
    // Q18
    let library = library();
    for clock in jets(library).clocks() {
        let protects = matches!(clock.kind, ClockKind::IceWindow | ClockKind::IceWindowByPost);
        assert_eq!(clock.roll == Roll::OpenToWorkingDay, protects, "{}", clock.kind);
        let stated = matches!(
            clock.kind,
            ClockKind::IceCorrespondence | ClockKind::JcpContribution | ClockKind::ReopenedSteps
        );
        assert_eq!(clock.stated == Stated::MayShorten, stated, "{}", clock.kind);
    }
}

#[test]
fn a_posted_final_response_holds_the_case_open_two_working_days_more() {
    // Q6
    let (library, calendars) = (library(), calendars());
    let jets = jets(library);
    let view = calendars.view(jets.basis(), NOW);
    let due = |kind| {
        let clock = jets.clock(kind).unwrap();
        redress_policy::deadline::compute(&clock, day("Mon 1 Jul 2024"), None, &view).unwrap().due_on
    };
    assert_eq!(due(ClockKind::IceWindow), day("Fri 3 Jan 2025"));
    assert_eq!(due(ClockKind::IceWindowByPost), day("Mon 6 Jan 2025"));
}

#[test]
fn data_protection_complaints_warn_by_the_shorter_reading() {
    // Q25
    let clock = clock("jets-scotland", ClockKind::DataProtectionAcknowledgement).unwrap();
    assert_eq!((clock.term, clock.warning), (term("30 days"), Warning::After(term("29 days"))));
}

#[test]
fn the_providers_own_limits_come_from_its_procedure() {
    // CMP-06
    let library = library();
    let jets = jets(library);
    for kind in [ClockKind::Acknowledgement, ClockKind::Step, ClockKind::StageResponse, ClockKind::Escalation]
    {
        assert_eq!(jets.clock(kind), Err(Refusal::ProvidersOwn { kind }));
        let own = jets.own_clock(kind, term("10 working days"));
        assert_eq!((own.kind, own.citation.short()), (kind, "CMP-06 (J0 7.01 action 3)".to_owned()));
    }
    assert_eq!(jets.own_clock(ClockKind::Escalation, term("6 months")).roll, Roll::OpenToWorkingDay);
    assert_eq!(
        pack(library, "atw-ha-pre-2023").own_clock(ClockKind::Step, term("1 week")).citation.short(),
        "CMP-06"
    );
}

#[test]
fn each_pack_counts_by_its_own_division() {
    // L02, Q4
    let library = library();
    for pack in library.packs() {
        let scottish = ["jets-scotland", "fair-start-scotland"].contains(&pack.reference.id.as_str());
        let expected = if scottish { Division::Scotland } else { Division::EnglandAndWales };
        assert_eq!(pack.basis(), Basis::Division(expected), "{:?}", pack.reference);
    }
}

#[test]
fn every_clock_of_every_pack_can_be_computed() {
    let (library, calendars) = (library(), calendars());
    for pack in library.packs() {
        for clock in pack.clocks() {
            let computed = redress_policy::deadline::compute(
                &clock,
                day("1 Jul 2024"),
                None,
                &calendars.view(pack.basis(), NOW),
            );
            let computed =
                computed.unwrap_or_else(|refusal| panic!("{:?} {}: {refusal}", pack.reference, clock.kind));
            assert!(!computed.citation.rule.is_empty() && !computed.steps.is_empty());
        }
    }
}

#[test]
fn every_kind_of_clock_has_one_name() {
    for kind in ClockKind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
    assert_eq!("NEVER".parse::<ClockKind>(), Err(Refusal::UnknownClock));
}
