//! The reasons that the rules can give and those that the contract documents are the same, and each explains itself as its
//! example shows.

use std::collections::BTreeSet;

use complaints_domain::{
    Refusal,
    complaint::{StepRef, Subject},
    refusal::{Conflict, REASONS, SUPPLY_CHAIN_REASONS, field},
};
use redress_kernel::{Citation, Refusal as _, Violation};
use redress_policy::{ClockKind, Division, Refusal as Policy};
use redress_ruletest::reason::{Documented, documented, names, names_its_rule};

use crate::fixture::{COMPLAINT, CONTRACT, PARTICIPANT, PRIME, day, jets, letter};

fn invalid(reason: &'static str) -> Refusal {
    Refusal::Invalid(vec![Violation::new("field", reason, "must be right")])
}

/// One refusal of every reason of the rules.
fn refusals() -> Vec<Refusal> {
    let on = day("2024-01-02");
    let citation: Box<Citation> = Box::new(jets().citation(&jets().rules.every_step).unwrap());
    let conflict = || {
        Box::new(Conflict {
            subject: COMPLAINT.name(),
            command: "Escalate",
            current: "CLOSED",
            allowed: vec!["AT_STAGE"],
        })
    };
    let step = || StepRef { stage_number: 1, id: "call".to_owned() };
    let pack = jets().reference.clone();
    vec![
        Refusal::Invalid(vec![
            Violation::new("a", field::REQUIRED, "must be given"),
            Violation::new("b", field::DUPLICATE, "must differ"),
        ]),
        invalid(field::REQUIRED),
        invalid(field::DATE_IN_FUTURE),
        invalid(field::BEFORE_RECEIPT),
        invalid(field::TOO_EARLY),
        invalid(field::DUPLICATE),
        invalid(field::UNKNOWN_STEP),
        invalid(field::NOT_ON_FILE),
        invalid(field::NOT_ALLOWED),
        invalid(field::NOT_ISSUED),
        invalid(field::TOO_MANY),
        invalid(field::NOT_IN_CHAIN),
        invalid(field::CYCLE),
        invalid(field::DEPTH),
        invalid(field::OVERLAP),
        Refusal::NotFound { name: COMPLAINT.name() },
        Refusal::AlreadyThere { name: PARTICIPANT.name() },
        Refusal::VersionMismatch { name: COMPLAINT.name() },
        Refusal::StageRefuses(conflict()),
        Refusal::WithIce(conflict()),
        Refusal::Immutable { letter: letter(1), conflict: conflict() },
        Refusal::ContractNotInForce { contract: CONTRACT, on, effective_on: on, end_on: None },
        Refusal::SupplyChainEdgeMissing { contract: CONTRACT, organisations: vec![PRIME], on },
        Refusal::RouteToJobcentrePlus { subject: Subject::Mixed, citation: citation.clone() },
        Refusal::DuplicateComplaint { existing: COMPLAINT },
        Refusal::ProcedureMissing { organisation: PRIME, contract: CONTRACT, on },
        Refusal::HandlerConflict,
        Refusal::StepOutOfOrder { next: Some(step()), citation: citation.clone() },
        Refusal::EvidenceRequired { step: step() },
        Refusal::StepsNotExhausted { open: vec![step()], citation: citation.clone() },
        Refusal::FinalResponseDue { stage_number: 2, citation: citation.clone() },
        Refusal::ApprovalRequired { approver: "team".to_owned(), citation: citation.clone() },
        Refusal::ApprovalNotNeeded { citation: citation.clone() },
        Refusal::ApprovalDigestMismatch { letter: letter(1), citation: citation.clone() },
        Refusal::SignpostMissing { version: 2, citation: citation.clone() },
        Refusal::SignpostOutOfDate { version: 2, found: 1, citation: citation.clone() },
        Refusal::IceWindowNoticeMissing { citation: citation.clone() },
        Refusal::WindowClosed { clock: ClockKind::IceWindow, due_on: on, citation: citation.clone() },
        Refusal::WindowOpen { clock: ClockKind::Escalation, due_on: None },
        Refusal::EarlyAccessNotOpen { opens_on: Some(on), citation: citation.clone() },
        Refusal::NotPartyToWithdraw,
        Refusal::NotDue { clock: ClockKind::StageResponse },
        Refusal::DivisionLocked { division: "scotland" },
        Refusal::OtherProgramme { programme: "jets-scotland".to_owned() },
        Refusal::NotAboveInChain,
        Refusal::OrganisationKindNotAllowed,
        Refusal::ProcedureLoosens { breaches: Vec::new() },
        Refusal::ChangeNotApproved { citation: citation.clone() },
        Refusal::ApprovalExpired { citation: citation.clone() },
        Refusal::NotAddressee { citation },
        Policy::UnknownProgramme.into(),
        Policy::ContractNotCovered { programme: "restart".to_owned(), contract_effective_on: on }.into(),
        Policy::GuidanceNotKnown { pack: pack.clone(), received_on: on }.into(),
        Policy::ValueNotKnown { pack: pack.clone(), rule: "ice_window" }.into(),
        Policy::NoSuchClock { pack, kind: ClockKind::EightWeekRight }.into(),
        Policy::OutsideCalendar { division: Division::Scotland, day: on, covers_from: on, covers_until: on }
            .into(),
        Policy::DateOutOfRange.into(),
        Policy::NoTextInForce { template: "generic-annex-1".to_owned(), on }.into(),
    ]
}

#[test]
fn the_contract_documents_every_reason_and_no_other() {
    assert_eq!(names(&documented("complaints")), REASONS);
    assert_eq!(names(&documented("supply_chain")), SUPPLY_CHAIN_REASONS);
    let given: BTreeSet<&str> = refusals().iter().map(Refusal::reason).collect();
    let listed: BTreeSet<&str> = REASONS.iter().chain(SUPPLY_CHAIN_REASONS).copied().collect();
    assert_eq!(given, listed);
}

#[test]
fn each_refusal_explains_itself_as_its_example_shows() {
    let values: Vec<Documented> =
        documented("complaints").into_iter().chain(documented("supply_chain")).collect();
    for refusal in refusals() {
        let explanation = refusal.explain();
        for value in values.iter().filter(|value| value.name == explanation.reason) {
            value.is_shown_by(&explanation);
        }
        let but = [
            "STAGE_REFUSES",
            "NOT_DUE",
            "ORGANISATION_KIND_NOT_ALLOWED",
            "VALUE_NOT_KNOWN",
            "NO_SUCH_CLOCK",
            "OUTSIDE_CALENDAR",
            "NO_TEXT_IN_FORCE",
        ];
        names_its_rule(&explanation, &but);
    }
}
