//! Participants, and whether the process was explained to them.

use redress_proto::complaints::v1::{FirstContact, Participant};

use super::{Fields, Grid, Screen, Tone, date, word};

/// Participants, without anything personal.
pub fn list(screen: Screen, participants: &[Participant]) -> String {
    let mut grid =
        Grid::new(screen, &["participant", "reference", "process explained", "agreement"]).whole(0);
    for participant in participants {
        let (tone, explained) = explained(participant.first_contact.as_ref());
        grid.row([
            (Tone::Plain, word::id(&participant.name).to_owned()),
            (Tone::Strong, participant.reference.clone()),
            (tone, explained),
            (Tone::Plain, agreement(participant.first_contact.as_ref())),
        ]);
    }
    if grid.is_empty() { "no participants".to_owned() } else { grid.text() }
}

/// One participant.
pub fn show(screen: Screen, participant: &Participant) -> String {
    let mut fields = Fields::new(screen);
    let (tone, explained) = explained(participant.first_contact.as_ref());
    fields
        .add("participant", &participant.name)
        .add_toned(Tone::Strong, "reference", &participant.reference)
        .add("contract", &participant.contract)
        .add("dealt with by", &participant.organisation)
        .add_toned(tone, "explained", explained)
        .add("agreement", agreement(participant.first_contact.as_ref()));
    if let Some(person) = &participant.person {
        fields
            .add("full name", &person.full_name)
            .add("address", &person.postal_address)
            .add("e-mail", &person.email)
            .add("telephone", &person.telephone)
            .add("NI number", &person.national_insurance_number)
            .add("adjustments", &person.adjustments);
    }
    fields.add("etag", &participant.etag);
    fields.text()
}

fn explained(contact: Option<&FirstContact>) -> (Tone, String) {
    match contact.and_then(|contact| date::read(contact.explained_on.as_ref()).map(|on| (contact, on))) {
        None => (Tone::Bad, "not yet (CMP-02)".to_owned()),
        Some((contact, on)) => {
            let channel = word::of_value(contact.channel().as_str_name(), "CHANNEL_");
            (Tone::Good, format!("{} by {channel}", date::plain(on)))
        }
    }
}

fn agreement(contact: Option<&FirstContact>) -> String {
    contact
        .map(|contact| word::of_value(contact.agreement_evidence().as_str_name(), "AGREEMENT_EVIDENCE_"))
        .unwrap_or_default()
}
