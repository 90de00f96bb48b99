//! The acts of the example, in order.

mod anonymous;
mod approval;
mod bag;
mod change;
mod examiner;
mod intake;
mod last;
mod proof;
mod records;
mod routing;
mod schedule;
mod what_if;
mod work;

use jiff::civil::date;
use redress_proto::{
    complaints::v1::{
        Complaint, GetSignpostingRequest, GetSignpostingResponse,
        complaint_service_client::ComplaintServiceClient,
    },
    supply_chain::v1::Contract,
};

use super::{Example, setting, teller::line, text};
use crate::{
    client::{Failure, Link},
    present::date as dates,
};

/// Plays all of them; returns the reference of the case.
pub(super) async fn play(example: &Example) -> Result<String, Failure> {
    let contract = stage(example).await?;
    let case = intake::play(example, &contract).await?;
    let case = work::play(example, case).await?;
    let case = last::play(example, case).await?;
    approval::play(example).await?;
    change::play(example, &contract).await?;
    routing::play(example, &contract).await?;
    examiner::play(example, &case).await?;
    if let Some(older) = Box::pin(records::play(example, &case)).await? {
        what_if::play(example, &case).await?;
        Box::pin(schedule::play(example, &case)).await?;
        Box::pin(anonymous::play(example, &older)).await?;
    }
    proof::play(example, &case).await?;
    Ok(case.case_reference)
}

/// Sets the stage: organisations, contract, chain, procedure.
async fn stage(example: &Example) -> Result<Contract, Failure> {
    let teller = example.teller;
    teller.say(
        "An example of everything that exists: invented people, one case from first contact to final response, examiner and proof; \
         contacts that come in at Jobcentre Plus, of a person against both bodies, and from an elected member, each through its \
         own door; and on the way everything that the rules refuse. Rules are cited by their id and the paragraph behind them.",
    );
    teller.chapter("1. Who works for whom");
    teller.say(
        "The department records a prime provider, a subcontractor, Jobcentre Plus and itself, and a contract of the programme \
         JETS in Scotland that began on 1 April 2022. Programme and first day choose the policy pack.",
    );
    setting::organisations(example).await?;
    let effective_on = dates::wire(date(2022, 4, 1));
    let contract = setting::contract(example, "EXAMPLE-JETS-1", "jets-scotland", effective_on).await?;
    let pack = contract.pack.clone().unwrap_or_default();
    line(&format!("   {} is bound by the pack {} of {}", contract.reference, pack.id, pack.version));
    teller.because(&contract.citations);
    setting::subcontractor(example, &contract).await?;

    teller.chapter("2. The provider's own procedure");
    if setting::has_procedure(example, &contract).await? {
        teller.say("The procedure of an earlier example stands.");
        return Ok(contract);
    }
    let slow = setting::procedure(example, &contract, text::too_slow()).await;
    teller.refused(
        "a procedure of two stages of six weeks each. It would loosen the guidance, which gives the person the right to go to \
         the examiner after eight weeks.",
        "PROCEDURE_LOOSENS",
        slow,
    )?;
    let written = setting::procedure(example, &contract, text::two_stages()).await?;
    teller.say(
        "A procedure of two stages of ten working days each is accepted. The provider reviews it against the documents that the \
         guidance names.",
    );
    setting::review(example, &written, &["core-briefing-pack", "customer-charter"]).await?;
    Ok(contract)
}

/// The text that a final response of the case must carry when it goes out `ago` days before today.
async fn signposting(
    example: &Example,
    link: &Link,
    case: &Complaint,
    ago: i32,
) -> Result<GetSignpostingResponse, Failure> {
    let question = GetSignpostingRequest { name: case.name.clone(), issued_on: Some(example.ago(ago)) };
    link.ask(question, async |stub, request| ComplaintServiceClient::new(stub).get_signposting(request).await)
        .await
}
