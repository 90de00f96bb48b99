//! What to do next about a refusal.

mod retention;

use tonic::Code;

use crate::client::Problem;

/// What to do next, in words; empty where nothing useful can be said.
pub fn next(problem: &Problem) -> &'static str {
    match (retention::by_reason(problem), by_reason(problem)) {
        ("", "") => by_code(problem.code),
        ("", advice) | (advice, _) => advice,
    }
}

/// How to see where the thing stands that refused because of its stage.
fn where_it_stands(problem: &Problem) -> &'static str {
    match problem.resource.split('/').next().unwrap_or_default() {
        "complaints" => "see where the case stands with `redress show CASE`",
        "contacts" => "see where the contact stands with `redress contact CONTACT`",
        "mixedComplaints" => "see who waits for whom with `redress mixed show MIXED`",
        "memberLetters" => "see where the letter stands with `redress member show LETTER`",
        "examinations" => "see where the examination stands with `redress ice show EXAMINATION`",
        _ => "see where it stands first; it is named above, or what it belongs to",
    }
}

fn by_reason(problem: &Problem) -> &'static str {
    match problem.reason.as_str() {
        "STEPS_NOT_EXHAUSTED" => "see what is open with `redress show CASE`, then `redress step CASE STEP`",
        "STEP_OUT_OF_ORDER" => "do the step that comes next; `redress show CASE` lists them in order",
        "EVIDENCE_REQUIRED" => {
            "attach what shows it with `redress attach CASE FILE`, then name it with `redress step CASE STEP --evidence DOCUMENT`"
        }
        "SIGNPOST_MISSING" | "SIGNPOST_OUT_OF_DATE" | "ICE_WINDOW_NOTICE_MISSING" => {
            "`redress signposting CASE` prints the text the letter must carry, word for word"
        }
        "FINAL_RESPONSE_DUE" => "this is the last stage: `redress issue final CASE`",
        "APPROVAL_REQUIRED" => {
            "send the reply to the department first: `redress draft stage CASE` or `redress draft final CASE`"
        }
        "APPROVAL_NOT_NEEDED" => "issue it: `redress issue stage CASE` or `redress issue final CASE`",
        "APPROVAL_DIGEST_MISMATCH" => {
            "send exactly the text that was approved, with its outcome; `redress letters CASE` shows the digests"
        }
        "HANDLER_CONFLICT" => {
            "name someone who was not part of what is complained about: `redress assign CASE PERSON`"
        }
        "DUPLICATE_COMPLAINT" => {
            "work the complaint that is there already: `redress show` and its name above"
        }
        "ROUTE_TO_JOBCENTRE_PLUS" => {
            "direct the person to Jobcentre Plus; it is not the provider's complaint"
        }
        "STAGE_REFUSES" => where_it_stands(problem),
        "WITH_ICE" => "see where the case stands with `redress show CASE`",
        "PRIME_MUST_ACCEPT" => "the contract holder takes it first: `redress accept CONTACT`",
        "CONTRIBUTION_MISSING" => {
            "the provider has its say first: `redress mixed request MIXED`, then `redress mixed contribute MIXED`"
        }
        "WORDING_NOT_PROPOSED" => "Jobcentre Plus proposes it first: `redress mixed propose MIXED`",
        "WORDING_NOT_AGREED" => "the provider agrees first: `redress mixed agree MIXED`",
        "AGREEMENT_DIGEST_MISMATCH" => {
            "read the wording that stands with `redress mixed show MIXED --full`, then decide on its digest"
        }
        "JCP_ISSUES_FINAL" => "Jobcentre Plus sends the joint reply; the provider agrees to its wording",
        "COMBINED_RESPONSE_IS_STAGE_ONE" => {
            "record what is left over, which starts at the next stage: `redress mixed residual MIXED --provider`"
        }
        "AUTHORITY_MISSING" => {
            "put the consent on file, then name it: `redress paper add CONTACT FILE`, `redress member authority LETTER --paper PAPER`"
        }
        "REFERENCE_NOT_QUOTED" => {
            "quote the office's reference in the reply; `redress member show LETTER` shows it"
        }
        "SAME_ROUTE" => "say what is different: --about, --writer or --respondent",
        "IMMUTABLE" => "a mistake in a letter that is out is mended with `redress issue correction CASE`",
        "VERSION_MISMATCH" => "someone changed it: read it again and decide again, with its new etag",
        "CONTRACT_NOT_IN_FORCE" => "check the day and the contract: `redress contract show CONTRACT`",
        "SUPPLY_CHAIN_EDGE_MISSING" | "NOT_IN_CHAIN" => {
            "check who works for whom: `redress subcontractor list CONTRACT`"
        }
        "PROCEDURE_MISSING" => "record the procedure first: `redress procedure create FILE`",
        "PROCEDURE_LOOSENS" => {
            "tighten what is named above; a procedure never loosens the guidance or the prime's procedure"
        }
        "WINDOW_CLOSED" => {
            "the person can still go to the examiner where the guidance gives that right; tell them"
        }
        "WINDOW_OPEN" => "wait until the person's time is over; the date is above",
        "EARLY_ACCESS_NOT_OPEN" => {
            "wait for the day above, or record that the examiner took it up at its discretion: --discretion"
        }
        "NOT_PARTY_TO_WITHDRAW" => "only the person or the representative on record can withdraw it",
        "CHANGE_NOT_APPROVED" => {
            "the Performance Manager decides first: `redress change decide CHANGE approve`"
        }
        "APPROVAL_EXPIRED" => "the guidance changed since; submit the change again",
        "NOT_ADDRESSEE" => "the Performance Manager to whom it is addressed has to do this",
        "REQUEST_ID_REUSED" => "leave --request-id out, or repeat exactly the command it belongs to",
        "IN_PROGRESS" | "OUTCOME_UNKNOWN" => "repeat the command with the same --request-id; it is done once",
        "TOKEN_MISSING" => {
            "give an identity: `redress token` writes one for development, --token or REDRESS_TOKEN sets one"
        }
        "TOKEN_EXPIRED" => "get a new token; `redress token` writes one for development",
        "TOKEN_INVALID" | "TOKEN_NOT_YET_VALID" | "TOKEN_TOO_LARGE" => {
            "check that the token comes from the issuer this suite trusts"
        }
        "ROLE_MISSING" => "ask someone who holds one of the roles that may do this",
        "NATURAL_PERSON_REQUIRED" => "a person has to do this; no service can",
        "NOT_INDEPENDENT" => "somebody else has to agree, in person and under a name of their own",
        "UNKNOWN_METHOD" => "the suite at this address is of another version, or runs other services",
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
        Code::FailedPrecondition => "see where it stands first; trying again will not help",
        Code::Ok
        | Code::Cancelled
        | Code::PermissionDenied
        | Code::OutOfRange
        | Code::Unimplemented
        | Code::Unauthenticated => "",
    }
}
