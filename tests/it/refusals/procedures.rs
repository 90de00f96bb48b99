//! Procedures tighten and never loosen; steps that need a document do not go without (CMP-05, CMP-06).

use redress_proto::{
    complaints::v1::{
        CreateProcedureRequest, Limit, Procedure, TimeUnit, procedure_service_client::ProcedureServiceClient,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{Member, bearing, procedure},
    officer::Answer,
    refused::Refused,
};
use tonic::{Code, Response};

use super::desk::Desk;

pub(super) async fn try_all(desk: &mut Desk) {
    let (contract, sub) = (desk.stand.chain.contract.clone(), desk.stand.chain.people.sub);
    let on = desk.days_ago(10);
    let mut loose = procedure(&contract, sub, on);
    loose.stages[0].response_limit = Some(Limit { amount: 30, unit: TimeUnit::WorkingDays.into() });
    let answer = create(desk, loose).await;
    desk.expect("looser than the prime's", answer, Code::InvalidArgument, "PROCEDURE_LOOSENS");

    let mut twice = procedure(&contract, sub, on);
    let first = twice.stages[0].steps[0].clone();
    twice.stages[0].steps[1] = first;
    let answer = create(desk, twice).await;
    desk.expect("two steps of one id", answer, Code::InvalidArgument, "DUPLICATE");

    let mut strict = procedure(&contract, sub, on);
    strict.stages[0].steps[0].evidence_required = true;
    create(desk, strict).await.unwrap();
    let mut complaint = desk.complaint(3);
    complaint.organisation = desk.organisation(Member::Sub);
    complaint.participant = desk.stand.chain.sub_participant.clone();
    let mut officer = desk.stand.officer(Member::Sub, Role::ComplaintsManager);
    let name = officer.register(complaint).await.unwrap().name;
    let on = desk.today;
    officer.acknowledge(&name, on).await.unwrap();
    officer.assign(&name, "handler-1", "").await.unwrap();
    let answer = officer.step(&name, "call-complainant", on, &[]).await;
    desk.expect("a step without its document", answer, Code::FailedPrecondition, "EVIDENCE_REQUIRED");
}

async fn create(desk: &mut Desk, procedure: Procedure) -> Answer<Procedure> {
    let token = desk.stand.chain.people.token(Member::Sub, Role::ComplaintsManager).unwrap();
    let request =
        CreateProcedureRequest { request_id: desk.stand.seed.request_id(), procedure: Some(procedure) };
    let mut client = ProcedureServiceClient::new(desk.stand.peer.channel());
    let answer = client.create_procedure(bearing(&token, request).unwrap()).await;
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}
