//! What was handed over, as the command that takes it up.

use complaints_domain::{
    Actor, ComplaintId, ParticipantId,
    complaint::{Register, Subject, command::Entry as EntryAt},
};
use jiff::civil::Date;
use redress_chassis::{
    follow::{date, name, optional_date, optional_name, poison},
    parse, wire,
};
use redress_journal::subscription::HandleFault;
use redress_kernel::text;
use redress_proto::routing::v1::ComplaintHandedOver;
use redress_store::{DataKey, seal::SealFault, sealed::Sealed};
use uuid::Uuid;

use super::Fetched;
use crate::{
    app::App,
    case_reference,
    command::{
        registration::Registration,
        take_up::{Newcomer, TakeUp},
    },
    convert, person,
    seal::{Part, seal},
    statement,
};

/// The command that takes it up, for the participant who is known, or else a new one under `reference`.
pub(super) fn command(
    app: &App,
    fetched: &Fetched,
    known: Option<ParticipantId>,
    reference: String,
) -> Result<TakeUp, HandleFault> {
    let handed = &fetched.handed;
    let (case_key, person_key) = &fetched.keys;
    let participant = known.unwrap_or_else(|| app.desk.fresh());
    let jobcentre_plus_on = optional_date(handed.jobcentre_plus_received_on.as_ref())?;
    let id: ComplaintId = name(&handed.complaint)?;
    let received_on = date(handed.received_on.as_ref())?;
    let organisation = optional_name(&handed.organisation)?;
    let register = Register {
        id,
        participant,
        contract: name(&handed.contract)?,
        respondents: handed
            .respondents
            .iter()
            .map(|respondent| name(respondent))
            .collect::<Result<_, _>>()?,
        // The command puts the contract holder here where nobody is named.
        organisation: organisation.unwrap_or_else(|| app.desk.fresh()),
        received_on,
        channel: wire::read_channel(handed.channel).ok_or_else(|| poison("a channel is none"))?,
        subject: Subject::Service,
        formal: handed.formal,
        representative: convert::read_representative(handed.representative_kind),
        jobcentre_plus_on,
        entry: entry_at(handed, received_on)?,
    };
    let words = statement::encode(&fetched.statement);
    let newcomer = match known {
        Some(_) => None,
        None => Some(Newcomer {
            reference,
            key: person_key.id().uuid(),
            person: under_seal(
                person_key,
                Part::Person,
                participant.uuid(),
                &person::encode(&fetched.person),
            )?,
        }),
    };
    let registration = Registration {
        rulebook: app.rulebook.clone(),
        // Nobody asks but the suite: who brought it stands in the entry that handed it over.
        actor: Actor { organisation: None, subject: String::new() },
        case_reference: case_reference::of(id),
        reference: parse::reference(&handed.reference),
        fingerprint: statement::fingerprint(&app.fingerprints, &register, &fetched.statement),
        persons_complained_about: handed
            .persons_complained_about
            .iter()
            .map(|person| text::normalise(person))
            .collect(),
        key: case_key.id().uuid(),
        statement: under_seal(case_key, Part::Statement, id.uuid(), &words)?,
        register,
    };
    let brought_by_jobcentre_plus = jobcentre_plus_on.is_some() || !handed.mixed_complaint.is_empty();
    Ok(TakeUp { registration, organisation, newcomer, brought_by_jobcentre_plus })
}

/// Reference under which a participant is looked for, and recorded where there is none: that at the provider, or else one
/// made of the contact, which nobody else has.
pub(super) fn participant_reference(handed: &ComplaintHandedOver) -> Result<String, HandleFault> {
    if let Some(reference) = parse::reference(&handed.participant_reference) {
        return Ok(reference);
    }
    let contact = handed.contact.rsplit('/').next().unwrap_or_default();
    let contact = Uuid::try_parse(contact).map_err(|_| poison("a name is none"))?;
    Ok(text::canonical_reference(&format!("CONTACT-{contact}")))
}

/// At the first stage, or after a joint reply. Entries of before the day of the reply was told have none; the provider received
/// what was left over no earlier than that.
fn entry_at(handed: &ComplaintHandedOver, received_on: Date) -> Result<EntryAt, HandleFault> {
    if handed.starts_at_stage <= 1 {
        return Ok(EntryAt::First);
    }
    let replied_on = optional_date(handed.joint_reply_on.as_ref())?.unwrap_or(received_on);
    Ok(EntryAt::AfterJointReply { replied_on })
}

fn under_seal(key: &DataKey, part: Part, subject: Uuid, text: &[u8]) -> Result<Sealed, HandleFault> {
    seal(key, part, subject, text).map_err(|fault: SealFault| {
        tracing::error!(%fault, "a text that was handed over cannot be sealed");
        poison("a text cannot be sealed")
    })
}
