//! The canary in every field of routing and of the examiner that a person fills.

use redress_proto::{
    complaints::v1::{Person, Statement},
    ice_liaison::v1::{
        DeclineExaminationRequest, DeclineGround, IceLetter, IceLetterKind, OpenExaminationRequest,
        RecordIceLetterRequest, SubmitAccountRequest,
        correspondence_service_client::CorrespondenceServiceClient,
        examination_service_client::ExaminationServiceClient,
    },
    options::v1::Role,
    routing::v1::{
        CloseMemberLetterRequest, Contact, Matter, Member as Writing, ReplyToMemberRequest,
        SendHoldingReplyRequest, Writer,
    },
};
use redress_tests::{
    chain::{Member, bearing, civil},
    clerk::input,
};

use super::{
    super::{
        ground::{Ground, ON, learned},
        mixed,
    },
    sightings::CANARY,
};

/// Where it was planted.
pub(super) struct Planted {
    pub(super) complaint: String,
    participant: String,
    examination: String,
    contacts: [String; 2],
}

impl Planted {
    /// Everything that has a record.
    pub(super) fn subjects(&self) -> [&str; 5] {
        let [first, second] = &self.contacts;
        [&self.complaint, &self.participant, &self.examination, first, second]
    }
}

/// Plants it.
pub(super) async fn plant(ground: &mut Ground) -> Planted {
    let opened = opened(ground).await;
    let complaint = opened.complaint.clone();
    let mut registrar = ground.registrar();
    registrar.record(&complaint, |record| record.held).await.unwrap();
    let participant = ground.officer().get(&complaint).await.unwrap().participant;
    let examination = examined(ground, &complaint).await;
    let answered = answered(ground).await;
    Planted { complaint, participant, examination, contacts: [opened.name, answered] }
}

/// A contact that opens a complaint of somebody whom nobody knew, with a paper.
async fn opened(ground: &mut Ground) -> Contact {
    let mut clerk = ground.clerk(Member::Prime).await;
    let sent = Contact {
        input: Some(input(&ground.chain.contract, Writer::Participant, &[Matter::Provider], ON)),
        ..said("1")
    };
    let routed = clerk.route(sent).await.unwrap();
    clerk.paper(&routed.name, "text/plain", CANARY.as_bytes()).await.unwrap();
    routed
}

/// An elected member's letter against both bodies, answered in every way.
async fn answered(ground: &mut Ground) -> String {
    let mut clerk = ground.clerk(Member::Prime).await;
    let mut jobcentre = ground.clerk(Member::JobcentrePlus).await;
    let about = [Matter::Provider, Matter::JobcentrePlus];
    let mut asked = input(&ground.chain.contract, Writer::ElectedMember, &about, ON);
    "MSP".clone_into(&mut asked.title);
    let member = Writing {
        full_name: format!("Ailsa {CANARY}"),
        office: format!("Office of {CANARY}"),
        reference: format!("{CANARY}-9"),
        ..Writing::default()
    };
    let routed =
        clerk.route(Contact { input: Some(asked), member: Some(member), ..said("2") }).await.unwrap();
    let name = routed.member_letter.clone();
    let holding = SendHoldingReplyRequest {
        request_id: clerk.id(),
        name: name.clone(),
        sent_on: Some(civil(ON)),
        apology: format!("We are sorry, {CANARY}."),
        delay_reason: format!("We wait for {CANARY}."),
        new_due_on: Some(civil(ON.checked_add(jiff::Span::new().days(7)).unwrap())),
        etag: String::new(),
    };
    clerk.send_holding_reply(holding).await.unwrap();
    let reply = ReplyToMemberRequest {
        request_id: clerk.id(),
        name: name.clone(),
        replied_on: Some(civil(ON)),
        text: format!("Your reference {CANARY}-9. We have looked into it."),
        etag: String::new(),
    };
    clerk.reply_to_member(reply).await.unwrap();
    let close = CloseMemberLetterRequest { request_id: clerk.id(), name, etag: String::new() };
    clerk.close_member_letter(close).await.unwrap();
    let text = format!("We are both sorry, {CANARY}.");
    mixed::satisfied(&mut clerk, &mut jobcentre, &routed.mixed_complaint, &text).await;
    routed.name
}

/// What is said and by whom.
fn said(number: &str) -> Contact {
    Contact {
        reference: format!("{CANARY}-{number}"),
        participant_reference: format!("{CANARY}-P{number}"),
        person: Some(Person {
            full_name: format!("Gwen {CANARY}"),
            postal_address: format!("1 Mill Lane\n{CANARY}"),
            email: format!("{CANARY}@example.org"),
            telephone: String::new(),
            national_insurance_number: String::new(),
            adjustments: format!("Large print, {CANARY}."),
        }),
        statement: Some(Statement {
            narrative: format!("They lost my {CANARY}, number {number}."),
            desired_outcome: format!("My {CANARY} back."),
            representative: format!("Aunt {CANARY}"),
        }),
        ..Contact::default()
    }
}

/// An examination with every text that somebody may write, which the examiner does not take.
async fn examined(ground: &mut Ground, complaint: &str) -> String {
    let mut examiner = ground.examiner();
    learned(&mut examiner, complaint).await;
    let mut cases = ExaminationServiceClient::new(ground.channel.clone());
    let mut letters = CorrespondenceServiceClient::new(ground.channel.clone());
    let liaison = ground.chain.people.token(Member::Prime, Role::IceLiaison).unwrap();
    let manager = ground.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let open = OpenExaminationRequest {
        request_id: ground.seed.request_id(),
        complaint: complaint.to_owned(),
        referred_on: Some(civil(ON)),
        after_noon: false,
        notified_on: Some(civil(ON)),
        reference: format!("{CANARY}-3"),
    };
    let opened = cases.open_examination(bearing(&liaison, open).unwrap()).await.unwrap().into_inner();
    let letter = RecordIceLetterRequest {
        request_id: ground.seed.request_id(),
        examination: opened.name.clone(),
        letter: Some(IceLetter {
            kind: IceLetterKind::ProcessCheck.into(),
            received_on: Some(civil(ON)),
            wants_answer: true,
            body: format!("Please answer, {CANARY}."),
            ..IceLetter::default()
        }),
        etag: String::new(),
    };
    letters.record_ice_letter(bearing(&liaison, letter).unwrap()).await.unwrap();
    let account = SubmitAccountRequest {
        request_id: ground.seed.request_id(),
        name: opened.name.clone(),
        etag: String::new(),
        given_on: Some(civil(ON)),
        statement: format!("We did what we promised {CANARY}."),
        evidence: Vec::new(),
    };
    cases.submit_account(bearing(&manager, account).unwrap()).await.unwrap();
    let decline = DeclineExaminationRequest {
        request_id: ground.seed.request_id(),
        name: opened.name.clone(),
        etag: String::new(),
        declined_on: Some(civil(ON)),
        ground: DeclineGround::Premature.into(),
        reason: format!("Too early for {CANARY}."),
    };
    cases.decline_examination(bearing(&liaison, decline).unwrap()).await.unwrap();
    opened.name
}
