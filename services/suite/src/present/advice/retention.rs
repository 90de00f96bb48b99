//! What to do next about a refusal of records-retention whose reason means something else with another service.

use crate::client::Problem;

/// The domain of its answers.
const DOMAIN: &str = "records-retention.redress";

/// What to do next; empty where it has nothing of its own to say.
pub(super) fn by_reason(problem: &Problem) -> &'static str {
    if problem.domain != DOMAIN {
        return "";
    }
    match problem.reason.as_str() {
        "APPROVAL_REQUIRED" => {
            "propose it to another person: `redress retention schedule propose`; `redress retention simulate` shows before what it would do"
        }
        "APPROVAL_DIGEST_MISMATCH" => {
            "read it again with `redress retention dispose show` or `redress retention schedule show`, then approve the digest it shows"
        }
        "APPROVAL_EXPIRED" | "SCHEDULE_CHANGED" => "propose it again, as things now stand",
        "NOT_CONTROLLER_CONTRACT" => {
            "ask the present holder of the contract: `redress contract show CONTRACT`"
        }
        "VETO_OPEN" => "wait until the day above is over; it is carried out then by itself",
        _ => "",
    }
}
