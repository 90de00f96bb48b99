//! Someone who takes contacts in and sends them on, at the provider or at Jobcentre Plus: every call of routing in one word.

use futures::{StreamExt as _, stream};
use jiff::civil::Date;
use redress_proto::{
    complaints::v1::{Person, Statement},
    routing::v1::{self as proto, Contact, RouteInput, Writer},
    r#type::v1::Channel as Means,
};
use tonic::{Code, Response, Status, transport::Channel};

use crate::{
    chain::{bearing, civil},
    officer::Answer,
    refused::Refused,
    seed::Seed,
};

type Routing = proto::routing_service_client::RoutingServiceClient<Channel>;
type Mixed = proto::mixed_complaint_service_client::MixedComplaintServiceClient<Channel>;
type Letters = proto::member_letter_service_client::MemberLetterServiceClient<Channel>;
type Papers = proto::paper_service_client::PaperServiceClient<Channel>;

/// Works under one identity. Not to be cloned: a copy would draw the same request ids.
#[derive(Debug)]
pub struct Clerk {
    routing: Routing,
    mixed: Mixed,
    letters: Letters,
    papers: Papers,
    token: String,
    seed: Seed,
}

macro_rules! calls {
    ($([$client:ident] $($name:ident($request:ident) -> $answer:ident,)+)+) => {
        impl Clerk {
            $($(
                #[doc = concat!("Sends a `", stringify!($request), "`.")]
                pub async fn $name(&mut self, request: proto::$request) -> Answer<proto::$answer> {
                    let request = self.bearing(request)?;
                    said(self.$client.$name(request).await)
                }
            )+)+
        }
    };
}

calls! {
    [routing]
        route_contact(RouteContactRequest) -> Contact,
        explain_route(ExplainRouteRequest) -> ExplainRouteResponse,
        forward_contact(ForwardContactRequest) -> ForwardContactResponse,
        accept_contact(AcceptContactRequest) -> Contact,
        reject_contact(RejectContactRequest) -> Contact,
        reroute_contact(RerouteContactRequest) -> Contact,
        direct_person(DirectPersonRequest) -> Contact,
        get_contact(GetContactRequest) -> Contact,
        list_contacts(ListContactsRequest) -> ListContactsResponse,
    [mixed]
        direct_to_jobcentre_plus(DirectToJobcentrePlusRequest) -> MixedComplaint,
        request_contribution(RequestContributionRequest) -> MixedComplaint,
        send_contribution(SendContributionRequest) -> MixedComplaint,
        propose_joint_reply(ProposeJointReplyRequest) -> MixedComplaint,
        agree_wording(AgreeWordingRequest) -> MixedComplaint,
        issue_joint_reply(IssueJointReplyRequest) -> MixedComplaint,
        record_satisfaction(RecordSatisfactionRequest) -> MixedComplaint,
        record_residual(RecordResidualRequest) -> MixedComplaint,
        get_mixed_complaint(GetMixedComplaintRequest) -> MixedComplaint,
        list_mixed_complaints(ListMixedComplaintsRequest) -> ListMixedComplaintsResponse,
    [letters]
        transfer_member_letter(TransferMemberLetterRequest) -> MemberLetter,
        assign_member_letter(AssignMemberLetterRequest) -> MemberLetter,
        record_authority(RecordAuthorityRequest) -> MemberLetter,
        send_holding_reply(SendHoldingReplyRequest) -> MemberLetter,
        reply_to_member(ReplyToMemberRequest) -> MemberLetter,
        close_member_letter(CloseMemberLetterRequest) -> MemberLetter,
        get_member_letter(GetMemberLetterRequest) -> MemberLetter,
        list_member_letters(ListMemberLettersRequest) -> ListMemberLettersResponse,
    [papers]
        get_paper(GetPaperRequest) -> Paper,
        list_papers(ListPapersRequest) -> ListPapersResponse,
}

impl Clerk {
    /// Sits down.
    pub fn new(channel: Channel, token: String, seed: Seed) -> Self {
        Self {
            routing: Routing::new(channel.clone()),
            mixed: Mixed::new(channel.clone()),
            letters: Letters::new(channel.clone()),
            papers: Papers::new(channel),
            token,
            seed,
        }
    }

    /// An id for a request.
    pub fn id(&mut self) -> String {
        self.seed.request_id()
    }

    fn bearing<T>(&self, message: T) -> Result<tonic::Request<T>, Box<Refused>> {
        bearing(&self.token, message).map_err(|error| broken(&error))
    }

    /// Asks until the suite has told routing of the contract, which it does in the background.
    pub async fn until_known(&mut self, contract: &str, on: Date) -> Answer<()> {
        let input = input(contract, Writer::Participant, &[proto::Matter::Provider], on);
        loop {
            let request = proto::ExplainRouteRequest { input: Some(input.clone()) };
            match self.explain_route(request).await {
                Ok(_) => return Ok(()),
                Err(refused) if refused.code == Code::NotFound => tokio::task::yield_now().await,
                Err(refused) => return Err(refused),
            }
        }
    }

    /// Routes a contact.
    pub async fn route(&mut self, contact: Contact) -> Answer<Contact> {
        let request = proto::RouteContactRequest { request_id: self.id(), contact: Some(contact) };
        self.route_contact(request).await
    }

    /// Passes a contact on.
    pub async fn forward(&mut self, contact: Contact) -> Answer<proto::ForwardContactResponse> {
        let request = proto::ForwardContactRequest { request_id: self.id(), contact: Some(contact) };
        self.forward_contact(request).await
    }

    /// Passes many on in one stream, and returns what became of each.
    pub async fn forward_all(
        &mut self,
        contacts: Vec<Contact>,
    ) -> Answer<Vec<proto::ForwardContactsResponse>> {
        let rows: Vec<_> = contacts
            .into_iter()
            .map(|contact| {
                let row = proto::ForwardedRow { request_id: self.id(), contact: Some(contact) };
                proto::ForwardContactsRequest { row: Some(row) }
            })
            .collect();
        let request = self.bearing(stream::iter(rows))?;
        let mut answers = said(self.routing.forward_contacts(request).await)?;
        let mut all = Vec::new();
        while let Some(answer) = answers.next().await {
            all.push(answer.map_err(|status| Box::new(Refused::from(&status)))?);
        }
        Ok(all)
    }

    /// The contact as it now stands.
    pub async fn contact(&mut self, name: &str) -> Answer<Contact> {
        self.get_contact(proto::GetContactRequest { name: name.to_owned(), view: 0 }).await
    }

    /// Puts a paper on file.
    pub async fn paper(
        &mut self,
        contact: &str,
        media_type: &str,
        content: &'static [u8],
    ) -> Answer<proto::Paper> {
        let description = proto::PaperDescription {
            request_id: self.id(),
            contact: contact.to_owned(),
            file_name: "paper.txt".to_owned(),
            media_type: media_type.to_owned(),
            size_bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
            sha256: String::new(),
        };
        let chunk = proto::PaperChunk { offset: 0, data: content.into() };
        let pieces = [
            proto::upload_paper_request::Piece::Description(description),
            proto::upload_paper_request::Piece::Chunk(chunk),
        ]
        .map(|piece| proto::UploadPaperRequest { piece: Some(piece) });
        let request = self.bearing(stream::iter(pieces))?;
        said(self.papers.upload_paper(request).await)
    }

    /// The bytes of a paper.
    pub async fn paper_bytes(&mut self, name: &str) -> Answer<Vec<u8>> {
        let request = proto::DownloadPaperRequest { name: name.to_owned(), offset: 0 };
        let request = self.bearing(request)?;
        let mut answers = said(self.papers.download_paper(request).await)?;
        let mut bytes = Vec::new();
        while let Some(answer) = answers.next().await {
            bytes.extend_from_slice(&answer.map_err(|status| Box::new(Refused::from(&status)))?.data);
        }
        Ok(bytes)
    }
}

/// What decides a route.
pub fn input(contract: &str, writer: Writer, about: &[proto::Matter], received_on: Date) -> RouteInput {
    RouteInput {
        contract: contract.to_owned(),
        writer: writer.into(),
        about: about.iter().map(|matter| (*matter).into()).collect(),
        channel: Means::Post.into(),
        received_on: Some(civil(received_on)),
        ..RouteInput::default()
    }
}

/// A contact of somebody whom no list knows yet, which no other is equal to.
pub fn contact(input: RouteInput, reference: &str) -> Contact {
    Contact {
        input: Some(input),
        reference: reference.to_owned(),
        participant_reference: format!("P-{reference}"),
        person: Some(Person { full_name: "Gwen Ó Briain".to_owned(), ..Person::default() }),
        statement: Some(Statement {
            narrative: format!("Nobody rang me back ({reference}).\nI was told that somebody would."),
            desired_outcome: "An apology.".to_owned(),
            representative: String::new(),
        }),
        ..Contact::default()
    }
}

/// A reference that no other is equal to. Letters alone: among digits there would be a National Insurance number one day.
pub fn reference(seed: &mut Seed) -> String {
    let number = seed.number();
    let letter = |place: u64| char::from(b'A' + u8::try_from((number >> (place * 5)) % 16).unwrap_or(0));
    format!("FWD-{}", (0..12).map(letter).collect::<String>())
}

fn said<T>(answer: Result<Response<T>, Status>) -> Answer<T> {
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}

fn broken(error: &anyhow::Error) -> Box<Refused> {
    #[expect(clippy::disallowed_methods, reason = "this is a client: the status never reaches a wire")]
    let status = Status::unknown(format!("client: {error:#}"));
    Box::new(Refused::from(&status))
}
