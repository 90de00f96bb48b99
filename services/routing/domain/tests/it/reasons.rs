//! The reasons that the rules can give and those that the contract documents are the same, and each explains itself as its
//! example shows.

use std::{collections::BTreeSet, fs, path::Path};

use redress_kernel::{Citation, Kind, Refusal as _, Violation};
use redress_policy::{ClockKind, Division, Refusal as Policy, route::Outcome};
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
fn what_is_documented_is_what_is_given() {
    let path = "../../../proto/redress/routing/v1/error_reason.proto";
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let documented: Vec<&str> = page
        .lines()
        .filter_map(|line| line.trim().strip_prefix("ERROR_REASON_")?.split(" = ").next())
        .filter(|name| *name != "UNSPECIFIED")
        .collect();
    assert_eq!(documented, REASONS);
    let given: Vec<&str> = refusals().iter().map(Refusal::reason).collect();
    assert_eq!(given, REASONS);
    for refusal in refusals() {
        let explanation = refusal.explain();
        let comment = page.split(&format!("\"reason\": \"{}\"", explanation.reason)).next().unwrap();
        let comment = comment.rsplit("\n\n").next().unwrap();
        let after = page.split(&format!("\"reason\": \"{}\"", explanation.reason)).nth(1).unwrap();
        let metadata = after.split("\"metadata\": ").nth(1).unwrap().split('`').next().unwrap();
        let metadata = metadata.trim_end_matches('}').to_owned() + "}";
        let example: serde_json::Value = serde_json::from_str(&metadata).unwrap_or_default();
        let keys: BTreeSet<&str> =
            example.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        let shown: BTreeSet<&str> = explanation.metadata.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, shown, "{}", explanation.reason);
        let code = match explanation.kind {
            Kind::Invalid => "INVALID_ARGUMENT",
            Kind::Precondition => "FAILED_PRECONDITION",
            Kind::NotFound => "NOT_FOUND",
            Kind::AlreadyExists => "ALREADY_EXISTS",
            Kind::LostRace => "ABORTED",
            other @ (Kind::Forbidden | Kind::NotNow | Kind::Exhausted | Kind::OutOfRange) => {
                panic!("{other:?} is not documented here")
            }
        };
        assert!(comment.lines().rev().take(4).any(|line| line.contains(code)), "{}", explanation.reason);
    }
}
