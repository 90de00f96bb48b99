//! `ParticipantService`.

use complaints_domain::{ParticipantId, id, participant::Contact};
use prost::Message as _;
use redress_chassis::{Call, Paging, Parse, etag, parse::reference, wire};
use redress_proto::complaints::v1::{self as proto, participant_service_server::ParticipantService};
use tonic::{Request, Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::participant::{CreateParticipant, RecordFirstContact},
    convert, person, render,
    seal::{Part, seal},
    store,
};

/// Answers `ParticipantService`.
#[derive(Clone)]
pub(crate) struct Participants {
    pub(crate) app: App,
}

#[tonic::async_trait]
impl ParticipantService for Participants {
    async fn create_participant(
        &self,
        request: Request<proto::CreateParticipantRequest>,
    ) -> Result<Response<proto::Participant>, Status> {
        create(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_participant(
        &self,
        request: Request<proto::GetParticipantRequest>,
    ) -> Result<Response<proto::Participant>, Status> {
        get(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_participants(
        &self,
        request: Request<proto::ListParticipantsRequest>,
    ) -> Result<Response<proto::ListParticipantsResponse>, Status> {
        list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn record_first_contact(
        &self,
        request: Request<proto::RecordFirstContactRequest>,
    ) -> Result<Response<proto::Participant>, Status> {
        record_first_contact(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}

async fn create(
    app: &App,
    call: &Call,
    request: &proto::CreateParticipantRequest,
) -> Result<Response<proto::Participant>, Status> {
    let mut parse = Parse::new();
    let asked = parse.message("participant", request.participant.as_ref());
    let first_contact = request.first_contact.as_ref().map(|contact| take_contact(contact, &mut parse));
    let read = asked.and_then(|participant| {
        let contract = parse.name::<id::Contract>("participant.contract", &participant.contract);
        let organisation =
            parse.name::<id::Organisation>("participant.organisation", &participant.organisation);
        let reference = parse.chosen("participant.reference", reference(&participant.reference));
        let person = parse.message("participant.person", participant.person.as_ref());
        Some((contract?, organisation?, reference?, person?))
    });
    let (contract, organisation, reference, person) = parse.finish(read).map_err(app::invalid)?;

    let id: ParticipantId = app.desk.fresh();
    let key = app.desk.new_key().await?;
    let person = seal(&key, Part::Person, id.uuid(), &person::encode(person)).map_err(app::seal)?;
    let command = CreateParticipant {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        id,
        contract,
        organisation,
        reference,
        first_contact: first_contact.flatten(),
        key: key.id().uuid(),
        person,
    };
    app.desk.submit(call, None, command).await
}

async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetParticipantRequest,
) -> Result<Response<proto::Participant>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Participant>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::participant::find_visible(&mut tx, id, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("participant", &id.name()))?;
    drop(tx);
    let mut rendered = render::participant::participant(&row);
    if request.view() == proto::ParticipantView::Full
        && let Some(person) = app.desk.opened(call, Part::Person.as_str(), id.uuid()).await?
    {
        let person = proto::Person::decode(person.as_slice()).map_err(|error| DOMAIN.internal(&error))?;
        rendered.person = Some(person);
    }
    Ok(Response::new(rendered))
}

async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListParticipantsRequest,
) -> Result<Response<proto::ListParticipantsResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let filter = store::participant::Filter {
        contract,
        explained: request.unexplained_only.then_some(false),
        reference: reference(&request.reference),
    };
    let filter = parse.finish(Some(filter)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows = store::participant::page(&mut tx, paging.after(), caller, filter, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let participants = rows.iter().map(render::participant::participant).collect();
    Ok(Response::new(proto::ListParticipantsResponse { participants, next_page_token }))
}

async fn record_first_contact(
    app: &App,
    call: &Call,
    request: &proto::RecordFirstContactRequest,
) -> Result<Response<proto::Participant>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let participant = parse.name::<id::Participant>("name", &request.name);
    let contact = parse.message("first_contact", request.first_contact.as_ref());
    let contact = contact.and_then(|contact| take_contact(contact, &mut parse));
    let (participant, contact) = parse.finish(participant.zip(contact)).map_err(app::invalid)?;
    let command = RecordFirstContact {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        participant,
        contact,
        expected,
    };
    app.desk.submit(call, Some(participant.uuid()), command).await
}

fn take_contact(contact: &proto::FirstContact, parse: &mut Parse) -> Option<Contact> {
    let explained_on = parse.date("first_contact.explained_on", contact.explained_on.as_ref());
    let channel = parse.chosen("first_contact.channel", wire::read_channel(contact.channel));
    let document = parse.optional_name("first_contact.document", &contact.document);
    Some(Contact {
        explained_on: explained_on?,
        channel: channel?,
        agreement_evidence: convert::participant::read_evidence(contact.agreement_evidence),
        document,
    })
}
