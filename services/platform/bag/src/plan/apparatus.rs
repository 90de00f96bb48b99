//! What a bag has besides the papers: the index, the statement, and the files that BagIt asks for.

use std::fmt::Write as _;

use super::{Member, PlanFault};
use crate::{
    case::Case,
    index,
    statement::{JSON, Statement, TEXT, one_line},
};

/// What a person opens first.
pub(super) fn readable(case: &Case, statement: &Statement) -> Result<Vec<Member>, PlanFault> {
    Ok(vec![
        Member::held(index::HTML, index::html(case, statement).into_bytes()),
        Member::held(index::PDF, index::pdf(case, statement)?),
        Member::held(TEXT, statement.text(case).into_bytes()),
        Member::held(JSON, statement.json()),
    ])
}

/// `bagit.txt` and `bag-info.txt` (RFC 8493, 2.1.1 and 2.2.2).
pub(super) fn tags(case: &Case, name: &str, payload: &[Member]) -> Vec<Member> {
    let octets: u64 = payload.iter().map(|member| member.size).sum();
    let description = format!("Evidence about complaint {} for {}", case.reference, case.recipient);
    let information = [
        ("Source-Organization", case.sender.as_str()),
        ("External-Identifier", &case.name),
        ("External-Description", &description),
        ("Internal-Sender-Identifier", &case.reference),
        ("Internal-Sender-Description", name),
        ("Bagging-Date", &redress_kernel::london_date(case.as_of).to_string()),
        ("Payload-Oxum", &format!("{octets}.{}", payload.len())),
    ];
    let mut text = String::new();
    for (label, value) in information {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{label}: {}", one_line(value));
    }
    vec![
        Member::held("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec()),
        Member::held("bag-info.txt", text.into_bytes()),
    ]
}

/// A manifest (RFC 8493, 2.1.3), in order of path. Paths made here hold nothing that would have to be encoded.
pub(super) fn lines<'a>(members: impl Iterator<Item = &'a Member>) -> Vec<u8> {
    let mut members: Vec<&Member> = members.collect();
    members.sort_unstable_by_key(|member| &member.path);
    let line = |member: &Member| format!("{}  {}\n", member.sha256, member.path);
    members.into_iter().map(line).collect::<String>().into_bytes()
}
