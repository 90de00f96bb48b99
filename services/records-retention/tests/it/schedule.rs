//! Schedules that are changed: longer at once, shorter by two people and after a cooling period, whether somebody asks or a contract tells it
//! (reliability D4, D41).

mod unseen;

use redress_proto::{
    options::v1::Role,
    records_retention::v1::{self as proto, schedule_service_client::ScheduleServiceClient},
    supply_chain::v1 as chain,
    r#type::v1::{CitationInput, CivilDate},
};
use redress_testkit::{backends, wait};
use tonic::{Response, Status};
use uuid::Uuid;

use crate::cast::{Caller, Cast, DEPARTMENT, PRIME, STRANGER, day, organisation, refused, request_id};

/// Schedules as somebody sees them.
async fn schedules(cast: &Cast, of: Uuid, role: Role, subject: &str) -> ScheduleServiceClient<Caller> {
    ScheduleServiceClient::new(cast.caller(of, role, subject).await)
}

async fn officer(cast: &Cast, subject: &str) -> ScheduleServiceClient<Caller> {
    schedules(cast, PRIME, Role::RecordsOfficer, subject).await
}

/// A period of so many months, by an agreement of today.
fn period(cast: &Cast, months: i32) -> proto::ScheduleChange {
    let agreed = chain::AgreedRetention {
        months,
        agreement_reference: "AGR-7".to_owned(),
        agreed_on: Some(day("2022-03-07")),
    };
    proto::ScheduleChange {
        contract: cast.contract.clone(),
        kind: proto::ScheduleChangeKind::Period.into(),
        agreed_retention: Some(agreed),
        reason: proto::ScheduleChangeReason::Agreed.into(),
        reference: "NOTE-7".to_owned(),
        ..Default::default()
    }
}

/// The last day that the contract has told.
fn contract_end(cast: &Cast) -> proto::ScheduleChange {
    proto::ScheduleChange {
        kind: proto::ScheduleChangeKind::ContractEnd.into(),
        agreed_retention: None,
        reason: proto::ScheduleChangeReason::EndedEarly.into(),
        ..period(cast, 1)
    }
}

async fn change(
    mut by: ScheduleServiceClient<Caller>,
    wanted: proto::ScheduleChange,
) -> Result<proto::ScheduleChange, Status> {
    let request = proto::ChangeScheduleRequest { request_id: request_id(), schedule_change: Some(wanted) };
    by.change_schedule(request).await.map(Response::into_inner)
}

async fn propose(
    mut by: ScheduleServiceClient<Caller>,
    wanted: proto::ScheduleChange,
) -> Result<proto::ScheduleChange, Status> {
    let request =
        proto::ProposeScheduleChangeRequest { request_id: request_id(), schedule_change: Some(wanted) };
    by.propose_schedule_change(request).await.map(Response::into_inner)
}

async fn approve(
    cast: &Cast,
    proposed: &proto::ScheduleChange,
    subject: &str,
) -> Result<proto::ScheduleChange, Status> {
    let request = proto::ApproveScheduleChangeRequest {
        request_id: request_id(),
        name: proposed.name.clone(),
        digest: proposed.digest.clone(),
    };
    officer(cast, subject).await.approve_schedule_change(request).await.map(Response::into_inner)
}

async fn withdraw(cast: &Cast, name: &str, subject: &str) -> Result<proto::ScheduleChange, Status> {
    let request = proto::WithdrawScheduleChangeRequest { request_id: request_id(), name: name.to_owned() };
    officer(cast, subject).await.withdraw_schedule_change(request).await.map(Response::into_inner)
}

async fn get(cast: &Cast, name: &str) -> proto::ScheduleChange {
    let request = proto::GetScheduleChangeRequest { name: name.to_owned() };
    officer(cast, "rita").await.get_schedule_change(request).await.unwrap().into_inner()
}

async fn last_day(cast: &Cast, record: &str) -> Option<CivilDate> {
    cast.get(record).await.retention.unwrap().due_on
}

async fn moves_to(cast: &Cast, record: &str, last: &str) {
    let what = format!("the last day {last}");
    wait::until_async(&what, || async { last_day(cast, record).await == Some(day(last)) }).await;
}

async fn ends(cast: &Cast, on: &str) {
    let request = chain::EndContractRequest {
        request_id: request_id(),
        name: cast.contract.clone(),
        end_on: Some(day(on)),
        ..Default::default()
    };
    cast.chain().await.end_contract(request).await.unwrap();
}

/// Waits until the service has taken in everything that complaints told so far: a record of a person that comes last.
async fn caught_up(cast: &Cast, reference: &str) {
    let participant = cast.participant(reference, "Mair Rees").await;
    cast.record_of(&participant).await;
}

/// So many days pass that the service doubts the date, and a person confirms it.
async fn pass_by(cast: &Cast, days: i64) {
    cast.pass(days);
    cast.confirm_date().await;
}

/// Waits until a change has come to nothing.
async fn is_void(cast: &Cast, name: &str, why: proto::ScheduleChangeObstacle) {
    wait::until_async(why.as_str_name(), || async { get(cast, name).await.obstacle() == why }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_period_needs_two_people_and_applies_after_the_cooling_period() {
    // Reliability D4
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let record = cast.letter().await;
        assert_eq!(last_day(&cast, &record).await, Some(day("2028-06-30")));
        let rita = || officer(&cast, "rita");
        assert_eq!(refused(change(rita().await, period(&cast, 48)).await), "APPROVAL_REQUIRED");
        // One that nobody approves is given up on the day on which the other still cools, which shows that the sweep has looked on that day.
        let lapses = propose(rita().await, period(&cast, 36)).await.unwrap();
        assert_eq!(lapses.approve_until, Some(day("2022-03-21")));
        cast.pass(1);
        let proposed = propose(rita().await, period(&cast, 48)).await.unwrap();
        assert_eq!(proposed.stage(), proto::ScheduleChangeStage::Proposed);
        assert_eq!(refused(approve(&cast, &proposed, "rita").await), "SAME_PERSON");
        assert_eq!(refused(approve(&cast, &proposed, "Rita").await), "NOT_INDEPENDENT");
        let other = proto::ScheduleChange { digest: "0".repeat(64), ..proposed.clone() };
        assert_eq!(refused(approve(&cast, &other, "omar").await), "APPROVAL_DIGEST_MISMATCH");
        let approved = approve(&cast, &proposed, "omar").await.unwrap();
        assert_eq!(approved.stage(), proto::ScheduleChangeStage::Approved);
        // Ten working days from Tuesday 8 March.
        let cooling = get(&cast, &proposed.name).await.cooling.unwrap();
        assert_eq!(cooling.due_on, Some(day("2022-03-22")));
        pass_by(&cast, 14).await;
        is_void(&cast, &lapses.name, proto::ScheduleChangeObstacle::Lapsed).await;
        assert_eq!(get(&cast, &proposed.name).await.stage(), proto::ScheduleChangeStage::Approved);
        assert_eq!(last_day(&cast, &record).await, Some(day("2028-06-30")));
        cast.pass(1);
        moves_to(&cast, &record, "2026-06-30").await;
        let applied = get(&cast, &proposed.name).await;
        assert_eq!(applied.stage(), proto::ScheduleChangeStage::Applied);
        assert_eq!(applied.applied_on, Some(day("2022-03-23")));
        let why = cast.get(&record).await.retention.unwrap().citations;
        let inputs = why.iter().flat_map(|citation| &citation.inputs);
        let agreed = |input: &CitationInput| input.name == "agreement" && input.value == "AGR-7";
        assert!(inputs.clone().any(agreed), "{why:?}");
        // Every list and every new record has the new dates.
        let later = cast.letter().await;
        assert_eq!(last_day(&cast, &later).await, Some(day("2026-06-30")));
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_longer_period_holds_at_once_and_makes_an_agreed_disposal_void() {
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    let made = change(officer(&cast, "rita").await, period(&cast, 84)).await.unwrap();
    assert_eq!(made.stage(), proto::ScheduleChangeStage::Applied);
    assert_eq!((made.approve_until, made.approved_by), (None, None));
    moves_to(&cast, &record, "2029-06-30").await;
    let request = proto::ListScheduleChangesRequest::default();
    let listed = officer(&cast, "omar").await.list_schedule_changes(request).await.unwrap().into_inner();
    assert_eq!(listed.schedule_changes.iter().map(|it| &it.name).collect::<Vec<_>>(), [&made.name]);
    cast.fall_due().await;
    assert_eq!(refused(cast.propose(&[&record]).await), "NOT_DUE");
    // Back to what it was is shorter.
    assert_eq!(refused(change(officer(&cast, "rita").await, period(&cast, 72)).await), "APPROVAL_REQUIRED");
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_is_enough_to_stop_it_while_it_cools() {
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    for (subject, why) in
        [("rita", proto::ScheduleChangeObstacle::Withdrawn), ("zoe", proto::ScheduleChangeObstacle::Objected)]
    {
        let proposed = propose(officer(&cast, "rita").await, period(&cast, 48)).await.unwrap();
        approve(&cast, &proposed, "omar").await.unwrap();
        let void = withdraw(&cast, &proposed.name, subject).await.unwrap();
        assert_eq!((void.stage(), void.obstacle()), (proto::ScheduleChangeStage::Void, why));
        assert_eq!(refused(withdraw(&cast, &proposed.name, subject).await), "STAGE_REFUSES");
        assert_eq!(refused(approve(&cast, &proposed, "omar").await), "STAGE_REFUSES");
    }
    pass_by(&cast, 15).await;
    let lapses = propose(officer(&cast, "rita").await, period(&cast, 48)).await.unwrap();
    pass_by(&cast, 15).await;
    is_void(&cast, &lapses.name, proto::ScheduleChangeObstacle::Lapsed).await;
    assert_eq!(last_day(&cast, &record).await, Some(day("2028-06-30")));
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_last_day_that_a_contract_tells_moves_no_date_by_itself() {
    // Reliability D4, L38
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let record = cast.letter().await;
        let rita = || officer(&cast, "rita");
        assert_eq!(refused(change(rita().await, contract_end(&cast)).await), "NOT_ALLOWED");
        // Corrected twice, later and then earlier than it ever was.
        ends(&cast, "2022-09-30").await;
        moves_to(&cast, &record, "2028-09-30").await;
        ends(&cast, "2022-04-30").await;
        caught_up(&cast, "P-2").await;
        let told = cast.get(&record).await.retention.unwrap();
        assert_eq!(told.due_on, Some(day("2028-09-30")));
        let shown = told.citations.iter().flat_map(|citation| &citation.inputs);
        assert!(
            shown.clone().any(|input| input.name == "told_end_on" && input.value == "2022-04-30"),
            "{told:?}"
        );
        let later = cast.letter().await;
        assert_eq!(last_day(&cast, &later).await, Some(day("2028-09-30")));

        assert_eq!(refused(change(rita().await, contract_end(&cast)).await), "APPROVAL_REQUIRED");
        let proposed = propose(rita().await, contract_end(&cast)).await.unwrap();
        assert_eq!(proposed.end_on, Some(day("2022-04-30")));
        approve(&cast, &proposed, "omar").await.unwrap();
        pass_by(&cast, 15).await;
        moves_to(&cast, &record, "2028-04-30").await;
        moves_to(&cast, &later, "2028-04-30").await;
        // A later one counts at once, as ever.
        ends(&cast, "2022-12-31").await;
        moves_to(&cast, &record, "2028-12-31").await;
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_while_it_cools_overtakes_it() {
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    let first = propose(officer(&cast, "rita").await, period(&cast, 48)).await.unwrap();
    let second = propose(officer(&cast, "rita").await, period(&cast, 60)).await.unwrap();
    approve(&cast, &first, "omar").await.unwrap();
    ends(&cast, "2022-12-31").await;
    moves_to(&cast, &record, "2028-12-31").await;
    assert_eq!(refused(approve(&cast, &second, "omar").await), "SCHEDULE_CHANGED");
    pass_by(&cast, 15).await;
    is_void(&cast, &first.name, proto::ScheduleChangeObstacle::Overtaken).await;
    assert_eq!(last_day(&cast, &record).await, Some(day("2028-12-31")));
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_holder_and_the_department_decide_and_nobody_else() {
    // Reliability D41
    let cast = Cast::usual().await;
    let sub = Uuid::from_u128(0x5b);
    subcontract(&cast, sub).await;
    caught_up(&cast, "P-3").await;
    let subcontractor = || schedules(&cast, sub, Role::RecordsOfficer, "sue");
    assert_eq!(refused(change(subcontractor().await, period(&cast, 84)).await), "NOT_CONTROLLER_CONTRACT");
    assert_eq!(refused(propose(subcontractor().await, period(&cast, 48)).await), "NOT_CONTROLLER_CONTRACT");
    let stranger = || schedules(&cast, STRANGER, Role::RecordsOfficer, "eve");
    assert_eq!(refused(propose(stranger().await, period(&cast, 48)).await), "NOT_FOUND");
    let department = schedules(&cast, DEPARTMENT, Role::Commissioner, "dora").await;
    let proposed = propose(department, period(&cast, 48)).await.unwrap();
    let request = proto::GetScheduleChangeRequest { name: proposed.name.clone() };
    assert_eq!(refused(stranger().await.get_schedule_change(request).await), "NOT_FOUND");
    // Whoever decides beside the department sees it, and agrees.
    approve(&cast, &proposed, "omar").await.unwrap();
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_novation_the_prime_of_before_decides_no_more() {
    // Reliability D41
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let sub = Uuid::from_u128(0x5b);
        subcontract(&cast, sub).await;
        caught_up(&cast, "P-4").await;
        let record = of_the_subcontractor(&cast, sub).await;
        let cooling = propose(officer(&cast, "rita").await, period(&cast, 60)).await.unwrap();
        approve(&cast, &cooling, "omar").await.unwrap();
        let waiting = propose(officer(&cast, "rita").await, period(&cast, 48)).await.unwrap();
        let novate = chain::NovateContractRequest {
            request_id: request_id(),
            name: cast.contract.clone(),
            novated_to: organisation(STRANGER),
            novated_on: Some(day("2022-03-07")),
            ..Default::default()
        };
        let novated = cast.chain().await.novate_contract(novate).await.unwrap().into_inner();
        assert_eq!((novated.holder, novated.novated_to), (organisation(PRIME), organisation(STRANGER)));
        caught_up(&cast, "P-5").await;

        // The prime still sees the subcontractor's record, and changes nothing of how long it is kept.
        assert_eq!(cast.get(&record).await.organisation, organisation(sub));
        for wanted in [period(&cast, 48), period(&cast, 84)] {
            let rita = officer(&cast, "rita").await;
            assert_eq!(refused(change(rita, wanted.clone()).await), "NOT_CONTROLLER_CONTRACT");
            let rita = officer(&cast, "rita").await;
            assert_eq!(refused(propose(rita, wanted).await), "NOT_CONTROLLER_CONTRACT");
        }
        assert_eq!(refused(approve(&cast, &waiting, "omar").await), "NOT_CONTROLLER_CONTRACT");
        // Nor does what two of its people agreed on before.
        pass_by(&cast, 15).await;
        is_void(&cast, &cooling.name, proto::ScheduleChangeObstacle::Overtaken).await;
        assert_eq!(last_day(&cast, &record).await, Some(day("2028-06-30")));
        let successor = schedules(&cast, STRANGER, Role::RecordsOfficer, "eve").await;
        change(successor, period(&cast, 84)).await.unwrap();
        moves_to(&cast, &record, "2029-06-30").await;
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_agrees_by_a_date_that_is_in_doubt() {
    // Reliability threat 31: the cooling period would be counted from it.
    let cast = Cast::usual().await;
    let proposed = propose(officer(&cast, "rita").await, period(&cast, 48)).await.unwrap();
    cast.pass(8);
    wait::until_async("the service to doubt the date", || async { cast.control().await.clock_in_doubt })
        .await;
    assert_eq!(refused(approve(&cast, &proposed, "omar").await), "DATE_IN_DOUBT");
    // To stop it, any day will do.
    withdraw(&cast, &proposed.name, "zoe").await.unwrap();
    cast.suite.stop().await.unwrap();
}

/// A record of the subcontractor's own.
async fn of_the_subcontractor(cast: &Cast, sub: Uuid) -> String {
    let record = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        ..Default::default()
    };
    let request =
        proto::RegisterRecordRequest { request_id: request_id(), record: Some(record), ..Default::default() };
    let mut records = cast.records_as(sub, Role::RecordsOfficer, "sue").await;
    records.register_record(request).await.unwrap().into_inner().name
}

/// Puts a subcontractor under the prime.
async fn subcontract(cast: &Cast, id: Uuid) {
    let mut chain = cast.chain().await;
    let request = chain::CreateOrganisationRequest {
        request_id: request_id(),
        organisation: Some(chain::Organisation {
            display_name: "Tay Works".to_owned(),
            kind: chain::OrganisationKind::Provider.into(),
            ..Default::default()
        }),
        organisation_id: id.to_string(),
    };
    chain.create_organisation(request).await.unwrap();
    let link = chain::SupplyChainLink {
        contract: cast.contract.clone(),
        parent: organisation(PRIME),
        subcontractor: organisation(id),
        effective_on: Some(day("2022-03-01")),
        ..Default::default()
    };
    let request = chain::AddSubcontractorRequest { request_id: request_id(), link: Some(link) };
    chain.add_subcontractor(request).await.unwrap();
}
