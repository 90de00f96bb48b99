//! Procedures: they tighten and never loosen, each version stands, and reviews are on record.

use redress_proto::{
    complaints::v1::{self as proto, procedure_service_client::ProcedureServiceClient},
    options::v1::Role,
};
use redress_testkit::backends;
use tonic::Code;
use uuid::Uuid;

use crate::{
    cast::{Caller, Cast, PRIME, STRANGER, SUBCONTRACTOR, day, organisation, refused, request_id},
    older,
};

type Client = ProcedureServiceClient<Caller>;

async fn manager(cast: &Cast, organisation: Uuid) -> Client {
    ProcedureServiceClient::new(cast.caller(organisation, &[Role::ComplaintsManager]).await)
}

const fn days(amount: i32) -> proto::Limit {
    proto::Limit { amount, unit: proto::TimeUnit::WorkingDays as i32 }
}

fn procedure(cast: &Cast, of: Uuid, effective_on: &str, respond_in: i32) -> proto::CreateProcedureRequest {
    let step = |id: &str| proto::ProcedureStep {
        id: id.to_owned(),
        title: format!(" To {id} "),
        evidence_required: false,
    };
    let stage = |steps| proto::ProcedureStage {
        title: "Look".to_owned(),
        steps,
        response_limit: Some(days(respond_in)),
        escalation_limit: Some(proto::Limit { amount: 1, unit: proto::TimeUnit::Months.into() }),
        silence_closes: true,
    };
    proto::CreateProcedureRequest {
        request_id: request_id(),
        procedure: Some(proto::Procedure {
            contract: cast.contract.clone(),
            organisation: organisation(of),
            title: "Our way".to_owned(),
            effective_on: Some(day(effective_on)),
            acknowledgement_limit: Some(days(2)),
            stages: vec![stage(vec![step("listen"), step("look")]), stage(vec![step("weigh")])],
            ..Default::default()
        }),
    }
}

#[tokio::test]
async fn each_version_is_a_thing_of_its_own() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let mut client = manager(&cast, PRIME).await;
        let second =
            client.create_procedure(procedure(&cast, PRIME, "2026-12-01", 8)).await.unwrap().into_inner();
        assert_eq!((second.version, second.stages[0].steps[1].title.as_str()), (2, "To look"));
        let get = proto::GetProcedureRequest { name: cast.procedure.clone() };
        let first = client.get_procedure(get).await.unwrap().into_inner();
        assert_eq!((first.version, first.stages[0].steps[1].title.as_str()), (1, "Step look-into"));
        assert_eq!(first.stages[0].response_limit, Some(days(10)));
        let list = proto::ListProceduresRequest { contract: cast.contract.clone(), ..Default::default() };
        let listed = client.list_procedures(list).await.unwrap().into_inner().procedures;
        assert_eq!(listed.iter().map(|procedure| procedure.version).collect::<Vec<_>>(), [1, 2]);
        let early = refused(client.create_procedure(procedure(&cast, PRIME, "2026-11-30", 8)).await);
        assert_eq!(early.fields, [("procedure.effective_on".to_owned(), "TOO_EARLY".to_owned())]);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn a_subcontractor_tightens_and_never_loosens() {
    // CMP-06, XCT-06
    let cast = Cast::usual().await;
    let mut client = manager(&cast, SUBCONTRACTOR).await;
    let loose = refused(client.create_procedure(procedure(&cast, SUBCONTRACTOR, "2025-01-01", 11)).await);
    assert_eq!((loose.code, loose.reason.as_str()), (Code::InvalidArgument, "PROCEDURE_LOOSENS"));
    let fields: Vec<&str> = loose.fields.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["procedure.stages[0].response_limit", "procedure.stages[1].response_limit"]);
    client.create_procedure(procedure(&cast, SUBCONTRACTOR, "2025-01-01", 10)).await.unwrap();
    let above = refused(client.create_procedure(procedure(&cast, PRIME, "2025-01-01", 5)).await);
    assert_eq!((above.code, above.reason.as_str()), (Code::PermissionDenied, "NOT_ABOVE_IN_CHAIN"));
    let mut stranger = manager(&cast, STRANGER).await;
    assert_eq!(
        refused(stranger.create_procedure(procedure(&cast, STRANGER, "2025-01-01", 5)).await).code,
        Code::NotFound
    );
}

#[tokio::test]
async fn everything_wrong_is_said_at_once() {
    let cast = Cast::usual().await;
    let mut client = manager(&cast, PRIME).await;
    let mut request = procedure(&cast, PRIME, "2026-12-01", 8);
    if let Some(procedure) = &mut request.procedure {
        procedure.stages[0].steps[1].id = "listen".to_owned();
        procedure.stages[1].escalation_limit = None;
    }
    let told = refused(client.create_procedure(request).await);
    let wanted = [
        ("procedure.stages[0].steps[1].id", "DUPLICATE"),
        ("procedure.stages[1].escalation_limit", "REQUIRED"),
    ];
    assert_eq!(told.fields, wanted.map(|(field, reason)| (field.to_owned(), reason.to_owned())));
}

#[tokio::test]
async fn a_review_says_whether_every_named_document_was_consulted() {
    // CMP-10
    let mut cast = Cast::usual().await;
    cast.contract = older::contract(&cast).await;
    let mut client = manager(&cast, PRIME).await;
    let recorded =
        client.create_procedure(procedure(&cast, PRIME, "2022-04-01", 8)).await.unwrap().into_inner();
    let review = |documents: &[&str]| proto::ReviewProcedureRequest {
        request_id: request_id(),
        name: recorded.name.clone(),
        review: Some(proto::ProcedureReview {
            reviewed_on: Some(day("2026-11-10")),
            documents: documents.iter().map(|document| (*document).to_owned()).collect(),
            ..Default::default()
        }),
    };
    let reviewed = client.review_procedure(review(&["dwp-customer-charter"])).await.unwrap().into_inner();
    assert_eq!((reviewed.reviews.len(), reviewed.etag.as_str()), (1, "\"2\""));
    assert_eq!(reviewed.reviews[0].reviewer.as_ref().unwrap().subject, "ann");
    let both = ["complaint-resolution-core-briefing-pack", "dwp-customer-charter"];
    let reviewed = client.review_procedure(review(&both)).await.unwrap().into_inner();
    assert_eq!(reviewed.reviews.iter().map(|review| review.complete).collect::<Vec<_>>(), [false, true]);
    // Those below are bound by it and see it; it is not theirs to review.
    let mut below = manager(&cast, SUBCONTRACTOR).await;
    let get = proto::GetProcedureRequest { name: recorded.name.clone() };
    assert_eq!(below.get_procedure(get.clone()).await.unwrap().into_inner().reviews.len(), 2);
    assert_eq!(
        refused(below.review_procedure(review(&["dwp-customer-charter"])).await).code,
        Code::PermissionDenied
    );
    let mut stranger = manager(&cast, STRANGER).await;
    assert_eq!(refused(stranger.get_procedure(get).await).code, Code::NotFound);
    assert_eq!(
        refused(stranger.review_procedure(review(&["dwp-customer-charter"])).await).code,
        Code::NotFound
    );
}
