//! A shorter schedule: refused to one person, agreed by two, and stopped by one while it cools.

use redress_proto::{
    complaints::v1::Complaint,
    records_retention::v1::{
        ApproveScheduleChangeRequest, ChangeScheduleRequest, GetScheduleChangeRequest,
        ProposeScheduleChangeRequest, ScheduleChange, ScheduleChangeKind, ScheduleChangeReason,
        WithdrawScheduleChangeRequest, schedule_service_client::ScheduleServiceClient,
    },
    supply_chain::v1::AgreedRetention,
};

use super::super::{Example, fresh_id, teller::line};
use crate::{
    client::{Failure, Link},
    present::schedule,
};

/// A shorter period than the guidance has.
const MONTHS: i32 = 48;

/// Has it agreed that the records of the contract end sooner, and stopped.
pub(super) async fn play(example: &Example, case: &Complaint) -> Result<(), Failure> {
    let (teller, cast) = (example.teller, &example.cast);
    let wanted = shorter(example, case);
    teller.say(
        "What would end sooner is another matter than what would end later. One person makes a longer period at once; four years in \
         place of six are the word of two people, and for as long as the change cools one is enough to stop it.",
    );
    let alone = ChangeScheduleRequest { request_id: fresh_id(), schedule_change: Some(wanted.clone()) };
    let alone = cast
        .records_officer
        .ask(alone, async |stub, request| ScheduleServiceClient::new(stub).change_schedule(request).await);
    teller.refused("one person makes the shorter period at once.", "APPROVAL_REQUIRED", alone.await)?;
    let question = ProposeScheduleChangeRequest { request_id: fresh_id(), schedule_change: Some(wanted) };
    let proposed = cast
        .records_officer
        .ask(question, async |stub, request| {
            ScheduleServiceClient::new(stub).propose_schedule_change(request).await
        })
        .await?;
    let own = approve(&cast.records_officer, &proposed).await;
    teller.refused("whoever proposed it approves it.", "SAME_PERSON", own)?;
    let approved = approve(&cast.second_records_officer, &proposed).await?;
    teller.say(
        "Proposed with a reason, and approved by another person over the digest of the schedule as it is and as it would be. No date has \
         moved; it applies after its cooling period:",
    );
    let cools = get(&cast.second_records_officer, &approved.name).await?;
    line(&schedule::show(teller.screen(), &cools));
    if let Some(cooling) = &cools.cooling {
        teller.because(&cooling.citations);
    }
    let question = WithdrawScheduleChangeRequest { request_id: fresh_id(), name: approved.name };
    let stopped = cast
        .manager
        .ask(question, async |stub, request| {
            ScheduleServiceClient::new(stub).withdraw_schedule_change(request).await
        })
        .await?;
    teller.say("A third person, who manages complaints and was not asked, objects. That is enough, and everything is kept as long as before:");
    line(&schedule::show(teller.screen(), &stopped));
    Ok(())
}

fn shorter(example: &Example, case: &Complaint) -> ScheduleChange {
    ScheduleChange {
        contract: case.contract.clone(),
        kind: ScheduleChangeKind::Period.into(),
        agreed_retention: Some(AgreedRetention {
            months: MONTHS,
            agreement_reference: "AGR-7".to_owned(),
            agreed_on: Some(example.ago(3)),
        }),
        reason: ScheduleChangeReason::Agreed.into(),
        reference: example.reference("NOTE"),
        ..ScheduleChange::default()
    }
}

async fn approve(link: &Link, proposed: &ScheduleChange) -> Result<ScheduleChange, Failure> {
    let question = ApproveScheduleChangeRequest {
        request_id: fresh_id(),
        name: proposed.name.clone(),
        digest: proposed.digest.clone(),
    };
    link.ask(question, async |stub, request| {
        ScheduleServiceClient::new(stub).approve_schedule_change(request).await
    })
    .await
}

/// A change with the derivation of its cooling period, which only a read tells.
async fn get(link: &Link, name: &str) -> Result<ScheduleChange, Failure> {
    let question = GetScheduleChangeRequest { name: name.to_owned() };
    link.ask(question, async |stub, request| {
        ScheduleServiceClient::new(stub).get_schedule_change(request).await
    })
    .await
}
