//! A complaint comes in, twice, and another that is not the provider's.

use redress_proto::{
    complaints::v1::{
        Complaint, ComplaintView, GetComplaintRequest, Participant, RecordReceiptRequest,
        RegisterComplaintRequest, Statement, Subject, complaint_service_client::ComplaintServiceClient,
    },
    supply_chain::v1::Contract,
    r#type::v1::Channel,
};

use super::super::{
    Example,
    cast::{ADVISER, PRIME, SUBCONTRACTOR, name},
    fresh_id, setting, text,
};
use crate::client::{Failure, Link};

/// Registers the case, and what goes with it.
pub(super) async fn play(example: &Example, contract: &Contract) -> Result<Complaint, Failure> {
    let teller = example.teller;
    teller.chapter("3. A complaint comes in");
    let reference = example.reference("P");
    let person = setting::participant(example, contract, SUBCONTRACTOR, "Morag Example", &reference).await?;
    teller.say(
        "At the very first contact the subcontractor's adviser explained the complaints process and recorded it (CMP-02, J0 7.02). \
         Weeks later the person complains about that adviser to the prime provider, by telephone.",
    );
    let officer = &example.cast.officer;
    let registration = RegisterComplaintRequest {
        request_id: fresh_id(),
        complaint: Some(about_service(example, contract, &person)),
    };
    let case = register(officer, registration.clone()).await?;
    teller.case(&case);
    teller.dates(&case);
    teller.say(
        "The example is entered all at once and dated back, so some of its dates are past already. Every date can be derived \
         again; two of them, day by day:",
    );
    let look = case.name.clone();
    let whole = get(officer, look.clone()).await?;
    for kind in ["STAGE_RESPONSE", "EIGHT_WEEK_RIGHT"] {
        let deadlines = whole.clocks.iter().filter_map(|clock| clock.deadline.as_ref());
        if let Some(found) = deadlines.into_iter().find(|deadline| deadline.kind == kind) {
            teller.derived(found);
        }
    }

    let again = register(officer, registration.clone()).await?;
    if again.name != case.name {
        return Err(Failure::Unsound("the same request made a second case".to_owned()));
    }
    teller.say("The network fails and the same request is sent again: the same answer, one case.");
    let twice = RegisterComplaintRequest { request_id: fresh_id(), ..registration };
    teller.refused(
        "the same complaint once more, as a new request.",
        "DUPLICATE_COMPLAINT",
        register(officer, twice).await,
    )?;
    let policy = RegisterComplaintRequest {
        request_id: fresh_id(),
        complaint: Some(about_policy(example, contract, &person)),
    };
    teller.refused(
        "a complaint about having to take part. That is programme policy and for Jobcentre Plus.",
        "ROUTE_TO_JOBCENTRE_PLUS",
        register(officer, policy).await,
    )?;
    teller.refused(
        "an officer of another provider asks for the case. To them it does not exist.",
        "NOT_FOUND",
        get(&example.cast.stranger, look).await,
    )?;
    let case = earlier(example, case).await?;
    let open = RegisterComplaintRequest {
        request_id: fresh_id(),
        complaint: Some(another(example, contract, &person)),
    };
    let open = register(officer, open).await?;
    teller.say("Another complaint of the same person is registered and left open, so that its dates stay alive for you:");
    teller.case(&open);
    Ok(case)
}

/// The subcontractor had it two days before the prime.
async fn earlier(example: &Example, case: Complaint) -> Result<Complaint, Failure> {
    let teller = example.teller;
    teller.say(
        "The subcontractor finds that the person had told it two days earlier. The earliest receipt anywhere in the chain \
         counts, so every date counted from receipt moves forward (CMP-01, A0 7.01).",
    );
    let question = RecordReceiptRequest {
        request_id: fresh_id(),
        name: case.name.clone(),
        organisation: name(SUBCONTRACTOR),
        received_on: Some(example.ago(29)),
        channel: Channel::InPerson.into(),
        etag: String::new(),
    };
    let case = example
        .cast
        .officer
        .ask(question, async |stub, request| ComplaintServiceClient::new(stub).record_receipt(request).await)
        .await?;
    teller.dates(&case);
    Ok(case)
}

fn about_service(example: &Example, contract: &Contract, person: &Participant) -> Complaint {
    Complaint {
        participant: person.name.clone(),
        contract: contract.name.clone(),
        respondents: vec![name(SUBCONTRACTOR)],
        organisation: name(PRIME),
        reference: example.reference("CASE"),
        received_on: Some(example.ago(27)),
        channel: Channel::Telephone.into(),
        subject: Subject::Service.into(),
        statement: Some(Statement {
            narrative: text::NARRATIVE.to_owned(),
            desired_outcome: text::WISH.to_owned(),
            representative: String::new(),
        }),
        persons_complained_about: vec![ADVISER.to_owned()],
        ..Complaint::default()
    }
}

fn about_policy(example: &Example, contract: &Contract, person: &Participant) -> Complaint {
    Complaint {
        reference: example.reference("POLICY"),
        subject: Subject::ProgrammePolicy.into(),
        statement: Some(Statement { narrative: text::POLICY_NARRATIVE.to_owned(), ..Statement::default() }),
        persons_complained_about: Vec::new(),
        ..about_service(example, contract, person)
    }
}

/// Another complaint of the same person, a few days old.
fn another(example: &Example, contract: &Contract, person: &Participant) -> Complaint {
    Complaint {
        reference: example.reference("OPEN"),
        received_on: Some(example.ago(3)),
        channel: Channel::Email.into(),
        statement: Some(Statement { narrative: text::OTHER_NARRATIVE.to_owned(), ..Statement::default() }),
        persons_complained_about: Vec::new(),
        ..about_service(example, contract, person)
    }
}

/// Registers a complaint.
pub(super) async fn register(link: &Link, question: RegisterComplaintRequest) -> Result<Complaint, Failure> {
    link.ask(question, async |stub, request| {
        ComplaintServiceClient::new(stub).register_complaint(request).await
    })
    .await
}

/// Gets a complaint, with the days behind its dates.
pub(super) async fn get(link: &Link, name: String) -> Result<Complaint, Failure> {
    let question = GetComplaintRequest { name, view: ComplaintView::Derived.into() };
    link.ask(question, async |stub, request| ComplaintServiceClient::new(stub).get_complaint(request).await)
        .await
}
