//! What each refusal says on the wire.

use redress_chassis::Domain;
use redress_kernel::{Explanation, Kind, Violation};
use tonic::Status;

use crate::evidence::{Refused, store::Failure};

pub(super) fn status(domain: Domain, refused: Refused) -> Status {
    let about = |kind, reason, words: &str, papers: &[String]| {
        domain.explain(&Explanation::new(kind, reason, words).with("papers", papers.join(",")))
    };
    match refused {
        // Asked on the caller's behalf: what complaints says of it is the caller's answer.
        Refused::Peer(status) => *status,
        Refused::Incomplete { papers } => {
            about(Kind::Precondition, "BUNDLE_INCOMPLETE", "papers are on file and cannot be read", &papers)
        }
        Refused::Quarantined { papers } => about(
            Kind::Precondition,
            "ITEM_QUARANTINED",
            "papers are quarantined; withhold them, with who says so",
            &papers,
        ),
        Refused::NotOnFile { papers } => {
            let words = "must be a paper on the file of this complaint";
            let violation =
                |paper: &String| Violation::new(format!("withheld.{paper}"), "NOT_ON_FILE", words);
            domain.invalid(papers.iter().map(violation).collect())
        }
        Refused::Checkpoint => domain.invalid_field(
            "checkpoint",
            "INVALID_CHECKPOINT",
            "must be what a preview gave, with checkpoints that the journals signed",
        ),
        Refused::Changed => domain.explain(&Explanation::new(
            Kind::LostRace,
            "EVIDENCE_CHANGED",
            "the case is no longer what was previewed; preview it again",
        )),
        Refused::Database(Failure(error)) => domain.database(&error),
        Refused::Unrendered(fault) => domain.internal(&fault),
        Refused::Plan(fault) => domain.internal(&fault),
        refused @ Refused::Unreadable => domain.internal(&refused),
    }
}
