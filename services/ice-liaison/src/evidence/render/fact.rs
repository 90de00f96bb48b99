//! What the case is, in a few lines.

use redress_bag::case::Fact;

use super::{day, word};
use crate::evidence::Papers;

pub(super) fn facts(papers: &Papers) -> Vec<Fact> {
    let (complaint, contract) = (&papers.complaint, &papers.contract);
    let person = papers.participant.person.as_ref();
    let respondents =
        complaint.respondents.iter().map(|name| papers.name(name)).collect::<Vec<_>>().join(", ");
    let pack = complaint.pack.as_ref().map(|pack| format!("{} of {}", pack.id, pack.version));
    let explained =
        papers.participant.first_contact.as_ref().and_then(|contact| day(contact.explained_on.as_ref()));
    let stage = word::value(complaint.stage().as_str_name(), "STAGE_");
    let closed = word::value(complaint.close_reason().as_str_name(), "CLOSE_REASON_");
    let flags: Vec<String> = complaint.flags.iter().map(|flag| word::of(&flag.code)).collect();
    let told = [
        ("Complainant", person.map(|person| person.full_name.clone())),
        ("Provider's reference", Some(complaint.reference.clone())),
        ("Received", day(complaint.received_on.as_ref())),
        ("By way of Jobcentre Plus on", day(complaint.jobcentre_plus_on.as_ref())),
        ("How it came", word::value(complaint.channel().as_str_name(), "CHANNEL_")),
        ("About", Some(respondents)),
        ("Subject", word::value(complaint.subject().as_str_name(), "SUBJECT_")),
        ("Worked by", Some(papers.name(&complaint.organisation))),
        ("Contract", Some(format!("{}, {}", contract.reference, word::of(&contract.programme)))),
        ("Guidance", pack),
        ("Procedure explained to the person on", explained),
        ("Stage", stage.map(|stage| with_number(&stage, complaint.stage_number))),
        ("Closed because", closed),
        ("Flags", Some(flags.join(", "))),
    ];
    told.into_iter()
        .filter_map(|(label, value)| Some(Fact::new(label, value.filter(|value| !value.is_empty())?)))
        .collect()
}

fn with_number(stage: &str, number: i32) -> String {
    if stage == "at stage" { format!("{stage} {number}") } else { stage.to_owned() }
}
