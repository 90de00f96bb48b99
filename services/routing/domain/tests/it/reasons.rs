//! The reasons that the rules can give and those that the contract documents are the same, and each explains itself as its
//! example shows.

use redress_kernel::{Citation, Refusal as _, Violation};
use redress_policy::{ClockKind, Division, Refusal as Policy, route::Outcome};
use redress_ruletest::reason::{documented, names, names_its_rule};
use routing_domain::{
    Refusal,
    refusal::{Conflict, REASONS, field},
};

use crate::fixture::{COMPLAINT, CONTACT, CONTRACT, JCP, MIXED, PRIME, day, digest, pack};

fn invalid(reason: &'static str) -> Refusal {
    Refusal::Invalid(vec![Violation::new("field", reason, "must be right")])
}

/// One refusal of every reason.
fn refusals() -> Vec<Refusal> {
    let citation = || Box::new(Citation::own("RTE-02"));
    let reference = pack("ipes").reference;
    vec![
        Refusal::Invalid(vec![
            Violation::new("a", field::REQUIRED, "must be given"),
            Violation::new("b", field::NOT_ALLOWED, "must be left out"),
        ]),
        invalid(field::REQUIRED),
        invalid("DATE_IN_FUTURE"),
        invalid("TOO_EARLY"),
        invalid(field::NOT_ALLOWED),
        invalid(field::NOT_IN_CHAIN),
        invalid(field::MAX_FIVE_WORKING_DAYS),
        invalid(field::NON_WORKING_DAY),
        invalid(field::NOT_ON_FILE),
        Refusal::NotFound { name: CONTACT.name() },
        Refusal::AlreadyThere { name: CONTACT.name() },
        Refusal::VersionMismatch { name: CONTACT.name() },
        Refusal::StageRefuses(Box::new(Conflict {
            subject: CONTACT.name(),
            command: "Direct",
            current: "OFFERED",
            allowed: vec!["TO_BE_DIRECTED"],
        })),
        Refusal::ContractNotInForce {
            contract: CONTRACT,
            on: day("2024-01-02"),
            effective_on: day("2024-02-01"),
            end_on: None,
        },
        Refusal::PrimeMustAccept { holder: PRIME },
        Refusal::AlreadyAccepted { complaint: COMPLAINT },
        Refusal::SameRoute { outcome: Outcome::Mixed },
        Refusal::JcpIssuesFinal { jobcentre_plus: JCP, citation: citation() },
        Refusal::CombinedResponseIsStageOne { mixed: MIXED, stage: 2, citation: citation() },
        Refusal::AlreadyFinal { mixed: MIXED, citation: citation() },
        Refusal::ContributionMissing { citation: citation() },
        Refusal::WordingNotProposed { citation: citation() },
        Refusal::WordingNotAgreed { citation: citation() },
        Refusal::AgreementDigestMismatch { digest: digest('c'), citation: citation() },
        Refusal::ReferenceNotQuoted,
        Refusal::AuthorityMissing,
        Refusal::HandlerConflict,
        Refusal::NotDue { clock: ClockKind::JcpContribution },
        Refusal::Policy(Policy::GuidanceNotKnown { pack: reference.clone(), received_on: day("2020-01-01") }),
        Refusal::Policy(Policy::ValueNotKnown { pack: reference, rule: "jcp_contribution" }),
        Refusal::Policy(Policy::OutsideCalendar {
            division: Division::Scotland,
            day: day("2029-01-02"),
            covers_from: day("2018-01-01"),
            covers_until: day("2028-12-31"),
        }),
    ]
}

#[test]
fn the_contract_documents_every_reason_and_no_other() {
    assert_eq!(names(&documented("routing")), REASONS);
    let given: Vec<&str> = refusals().iter().map(Refusal::reason).collect();
    assert_eq!(given, REASONS);
}

#[test]
fn each_refusal_explains_itself_as_its_example_shows() {
    for (refusal, value) in refusals().into_iter().zip(documented("routing")) {
        let explanation = refusal.explain();
        value.is_shown_by(&explanation);
        names_its_rule(
            &explanation,
            &["STAGE_REFUSES", "SAME_ROUTE", "NOT_DUE", "VALUE_NOT_KNOWN", "OUTSIDE_CALENDAR"],
        );
    }
}
