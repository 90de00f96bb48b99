//! What policy cannot say: days outside a calendar, limits a pack does not have, values that nobody knows (L06).

use redress_proto::{
    complaints::v1::GetSignpostingResponse,
    options::v1::Role,
    policy::v1::{
        ClockKind, ExplainDeadlineRequest, ExplainDeadlineResponse, PackReference,
        policy_service_client::PolicyServiceClient,
    },
};
use redress_tests::{
    chain::{Member, bearing},
    officer::Answer,
    refused::Refused,
};
use tonic::{Code, Response};

use super::desk::{Desk, wire};

pub(super) async fn try_all(desk: &mut Desk) {
    let cases = [
        (
            "beyond the calendar",
            ("jets-scotland", "2022-02-25"),
            ClockKind::IceCorrespondence,
            (2028, 12, 29),
            "OUTSIDE_CALENDAR",
        ),
        (
            "a right the pack does not give",
            ("atw-ha-pre-2023", "2023-06-05"),
            ClockKind::EightWeekRight,
            (2023, 7, 3),
            "NO_SUCH_CLOCK",
        ),
        (
            "a right nobody knows of",
            ("atw-ha-2023", "2024-05-01"),
            ClockKind::EightWeekRight,
            (2024, 7, 1),
            "VALUE_NOT_KNOWN",
        ),
    ];
    for (case, pack, clock, (year, month, day), reason) in cases {
        let start_on = jiff::civil::date(year, month, day);
        let answer = explain(desk, pack, clock, start_on).await;
        let refusal = desk.expect(case, answer, Code::FailedPrecondition, reason);
        let of_policy = refusal.as_ref().is_some_and(|refusal| refusal.domain == "policy.redress");
        desk.verdicts.also(case, of_policy, refusal.as_ref());
    }
    let name = desk.registered(3).await;
    let before_the_examiner: Answer<GetSignpostingResponse> =
        desk.officer.signposting(&name, jiff::civil::date(2010, 1, 4)).await;
    desk.expect(
        "signposting before there was a text",
        before_the_examiner,
        Code::FailedPrecondition,
        "NO_TEXT_IN_FORCE",
    );
}

async fn explain(
    desk: &Desk,
    (id, version): (&str, &str),
    clock: ClockKind,
    start_on: jiff::civil::Date,
) -> Answer<ExplainDeadlineResponse> {
    let request = ExplainDeadlineRequest {
        pack: Some(PackReference { id: id.to_owned(), version: version.to_owned() }),
        clock: clock.into(),
        start_on: wire(start_on),
        ..ExplainDeadlineRequest::default()
    };
    let token = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut client = PolicyServiceClient::new(desk.stand.peer.channel());
    let answer = client.explain_deadline(bearing(&token, request).unwrap()).await;
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}
