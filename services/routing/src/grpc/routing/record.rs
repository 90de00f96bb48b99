//! Recording a contact: routed by those who have it, forwarded by those who pass it on.

use prost::Message as _;
use redress_chassis::{Call, Parse, parse::reference, wire};
use redress_kernel::{Violation, text};
use redress_proto::{complaints::v1 as complaints, routing::v1 as proto};
use redress_store::sealed::Sealed;
use routing_domain::{ContactId, Question, contact::Fresh, id};
use tonic::{Response, Status};

use crate::{
    app::{self, App},
    command::record::{Named, RecordContact},
    convert,
    seal::{Part, seal},
};

/// Routes a contact.
pub(super) async fn route(
    app: &App,
    call: &Call,
    request: &proto::RouteContactRequest,
) -> Result<Response<proto::Contact>, Status> {
    let read = take(app, request.contact.as_ref(), "contact", false).map_err(app::invalid)?;
    let command = sealed(app, call, read).await?;
    let answer = app.desk.submit(call, None, command).await?.into_inner();
    Ok(Response::new(answer.contact.unwrap_or_default()))
}

/// Takes a contact that is passed on.
pub(super) async fn forward(
    app: &App,
    call: &Call,
    request: &proto::ForwardContactRequest,
) -> Result<Response<proto::ForwardContactResponse>, Status> {
    let read = take(app, request.contact.as_ref(), "contact", true).map_err(app::invalid)?;
    let command = sealed(app, call, read).await?;
    app.desk.submit(call, None, command).await
}

/// What decides, under which contract.
pub(super) fn question(
    input: &proto::RouteInput,
    field: &str,
    parse: &mut Parse,
) -> Option<(Named, Question)> {
    let at = |name: &str| format!("{field}.{name}");
    let contract = named(input, field, parse);
    let writer = parse.chosen(&at("writer"), convert::read_writer(input.writer));
    let respondents = parse.names(&at("respondents"), &input.respondents);
    let channel = parse.chosen(&at("channel"), wire::read_channel(input.channel));
    let received_on = parse.date(&at("received_on"), input.received_on.as_ref());
    let raised_on = input.jobcentre_plus_received_on.as_ref();
    let jobcentre_plus_received_on = parse.optional_date(&at("jobcentre_plus_received_on"), raised_on);
    let letter_on = parse.optional_date(&at("letter_on"), input.letter_on.as_ref());
    let follows = parse.optional_name::<id::MixedComplaint>(&at("mixed_complaint"), &input.mixed_complaint);
    let question = Question {
        writer: writer?,
        about: convert::read_matters(&input.about),
        respondents,
        channel: channel?,
        received_on: received_on?,
        jobcentre_plus_received_on,
        representative: convert::read_representative(input.representative_kind),
        asked_formal: input.formal,
        title: Some(text::normalise(&input.title)).filter(|title| !title.is_empty()),
        letter_on,
        left_office: input.left_office,
        follows,
    };
    Some((contract?, question))
}

/// A contract by its name or its reference, whichever was given.
fn named(input: &proto::RouteInput, field: &str, parse: &mut Parse) -> Option<Named> {
    let name = format!("{field}.contract");
    match (input.contract.as_str(), reference(&input.contract_reference)) {
        ("", Some(reference)) => Some(Named::Reference(reference)),
        ("", None) => {
            parse.fault(&name, "REQUIRED", "must be set, or else contract_reference");
            None
        }
        (contract, None) => parse.name(&name, contract).map(Named::Name),
        (_, Some(_)) => {
            parse.fault(&name, "NOT_ALLOWED", "must be left out where contract_reference is set");
            None
        }
    }
}

/// A contact that was read, not yet sealed.
pub(super) struct Read {
    id: ContactId,
    contract: Named,
    question: Question,
    contact: proto::Contact,
    at: &'static str,
    forwarded: bool,
    organisation: Option<routing_domain::OrganisationId>,
    participant: Option<routing_domain::ParticipantId>,
}

impl Read {
    /// Its reference, in its one form.
    pub(super) fn reference(&self) -> Option<String> {
        reference(&self.contact.reference)
    }
}

/// Reads a contact, or says everything that is wrong with it.
pub(super) fn take(
    app: &App,
    contact: Option<&proto::Contact>,
    field: &'static str,
    forwarded: bool,
) -> Result<Read, Vec<Violation>> {
    let mut parse = Parse::new();
    let read = parse.message(field, contact).and_then(|contact| {
        let at = |name: &str| format!("{field}.{name}");
        let input = parse.message(&at("input"), contact.input.as_ref());
        let asked = input.and_then(|input| question(input, &at("input"), &mut parse));
        let organisation = parse.optional_name(&at("organisation"), &contact.organisation);
        let participant = parse.optional_name(&at("participant"), &contact.participant);
        parse.message(&at("statement"), contact.statement.as_ref());
        if forwarded {
            parse.chosen(&at("reference"), reference(&contact.reference));
        }
        let (contract, mut question) = asked?;
        if forwarded && question.jobcentre_plus_received_on.is_none() {
            // What is passed on was raised there before it was passed on, on that day at the latest (Q3).
            question.jobcentre_plus_received_on = Some(question.received_on);
        }
        Some(Read {
            id: app.desk.fresh(),
            contract,
            question,
            contact: contact.clone(),
            at: field,
            forwarded,
            organisation,
            participant,
        })
    });
    parse.finish(read)
}

/// Seals what is personal under a key of its own, and makes the command.
pub(super) async fn sealed(app: &App, call: &Call, read: Read) -> Result<RecordContact, Status> {
    let contact = &read.contact;
    let key = app.desk.new_key().await?;
    let subject = read.id.uuid();
    let put = |part, bytes: &[u8]| seal(&key, part, subject, bytes).map_err(app::seal);
    let mut texts: Vec<Sealed> = Vec::new();
    if let Some(statement) = &contact.statement {
        texts.push(put(Part::Statement, &normal_statement(statement).encode_to_vec())?);
    }
    if let Some(person) = &contact.person {
        texts.push(put(Part::Person, &normal_person(person).encode_to_vec())?);
    }
    let member = contact.member.as_ref().map(normal_member);
    if let Some(member) = &member {
        texts.push(put(Part::Member, &member.encode_to_vec())?);
    }
    let named =
        member.as_ref().is_some_and(|member| !member.full_name.is_empty() && !member.office.is_empty());
    Ok(RecordContact {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        id: read.id,
        contract: read.contract,
        reference: reference(&contact.reference),
        at: read.at,
        forwarded: read.forwarded,
        question: read.question,
        organisation: read.organisation,
        participant: read.participant,
        participant_reference: reference(&contact.participant_reference),
        has_person: contact.person.is_some(),
        has_member: named,
        office_reference: contact.member.as_ref().and_then(|member| reference(&member.reference)),
        persons_complained_about: contact
            .persons_complained_about
            .iter()
            .map(|person| text::normalise(person))
            .collect(),
        fingerprint: fingerprint(app, contact),
        fresh: Fresh { complaint: app.desk.fresh(), mixed: app.desk.fresh(), letter: app.desk.fresh() },
        key: key.id().uuid(),
        texts,
    })
}

/// A keyed digest of what was sent: the same for the same contact sent twice, and nothing to anyone without the key. Case and
/// white space of the words make no second contact (L29).
fn fingerprint(app: &App, contact: &proto::Contact) -> Vec<u8> {
    let narrative = contact.statement.as_ref().map(|statement| statement.narrative.as_str());
    let same = proto::Contact {
        reference: String::new(),
        statement: None,
        person: contact.person.as_ref().map(normal_person),
        member: contact.member.as_ref().map(normal_member),
        ..contact.clone()
    };
    let mut message = same.encode_to_vec();
    message.push(0);
    message.extend_from_slice(text::canonical_reference(narrative.unwrap_or_default()).as_bytes());
    app.fingerprints.of(&message).into_iter().collect()
}

/// Texts in their one form.
fn normal_statement(statement: &complaints::Statement) -> complaints::Statement {
    complaints::Statement {
        narrative: text::normalise(&statement.narrative),
        desired_outcome: text::normalise(&statement.desired_outcome),
        representative: text::normalise(&statement.representative),
    }
}

/// The person, with texts in their one form.
fn normal_person(person: &complaints::Person) -> complaints::Person {
    complaints::Person {
        full_name: text::normalise(&person.full_name),
        postal_address: text::normalise(&person.postal_address),
        email: text::normalise(&person.email),
        telephone: text::normalise(&person.telephone),
        national_insurance_number: text::canonical_reference(&person.national_insurance_number),
        adjustments: text::normalise(&person.adjustments),
    }
}

/// The member, with texts in their one form; the title stands with the route.
fn normal_member(member: &proto::Member) -> proto::Member {
    proto::Member {
        title: String::new(),
        full_name: text::normalise(&member.full_name),
        office: text::normalise(&member.office),
        reference: text::canonical_reference(&member.reference),
    }
}
