//! What to do next about a refusal.

use tonic::Code;

use crate::client::Problem;

/// What to do next, in words; empty where nothing useful can be said.
pub fn next(problem: &Problem) -> &'static str {
    match by_reason(&problem.reason) {
        "" => by_code(problem.code),
        advice => advice,
    }
}

fn by_reason(reason: &str) -> &'static str {
    match reason {
        "STEPS_NOT_EXHAUSTED" => "see what is open with `redress show CASE`, then `redress step CASE STEP`",
        "SIGNPOSTING_MISSING" | "SIGNPOSTING_OUTDATED" | "WINDOW_ADVICE_MISSING" => {
            "`redress signposting CASE` prints the text the letter must carry, word for word"
        }
        "HANDLER_CONFLICT" => {
            "name someone who was not part of what is complained about: `redress assign CASE PERSON`"
        }
        "DUPLICATE_COMPLAINT" | "DUPLICATE_REFERENCE" => {
            "work the complaint that is there already; its name is above"
        }
        "DRAFT_APPROVAL_REQUIRED" | "DRAFT_NOT_APPROVED" => {
            "send the reply to the department first: `redress draft stage CASE` or `redress draft final CASE`"
        }
        "REQUEST_ID_REUSED" => "leave --request-id out, or repeat exactly the command it belongs to",
        "IN_PROGRESS" => "the first attempt still runs; repeat the command with the same --request-id",
        "TOKEN_MISSING" => {
            "give an identity: `redress token` writes one for development, --token or REDRESS_TOKEN sets one"
        }
        "TOKEN_EXPIRED" => "get a new token; `redress token` writes one for development",
        "TOKEN_INVALID" | "TOKEN_NOT_YET_VALID" | "TOKEN_TOO_LARGE" => {
            "check that the token comes from the issuer this suite trusts"
        }
        "ROLE_MISSING" => "ask someone who holds one of the roles that may do this",
        "NATURAL_PERSON_REQUIRED" => "a person has to do this; no service can",
        _ => "",
    }
}

fn by_code(code: Code) -> &'static str {
    match code {
        Code::InvalidArgument => "mend the fields above and send the command again",
        Code::Aborted => "read it again and repeat the command",
        Code::AlreadyExists => "use the one that is there already",
        Code::Unavailable | Code::ResourceExhausted => "try again in a moment with the same --request-id",
        Code::DeadlineExceeded => {
            "whether it was done is not known; repeat it with the same --request-id to find out"
        }
        Code::Internal | Code::Unknown | Code::DataLoss => {
            "report the trace id to those who operate the suite"
        }
        Code::NotFound => "check the name, and that your organisation is a party to it",
        Code::Ok
        | Code::Cancelled
        | Code::PermissionDenied
        | Code::FailedPrecondition
        | Code::OutOfRange
        | Code::Unimplemented
        | Code::Unauthenticated => "",
    }
}
