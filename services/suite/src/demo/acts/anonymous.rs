//! Reports that are kept on without anyone in them: what goes, what becomes coarser, and who agrees.

use redress_proto::{
    records_retention::v1::{
        AssessedPerson, AssessmentReport, AssessmentSetting, ConditionGroup, Disposal, DisposalMethod,
        ProposeDisposalRequest, Record, disposal_service_client::DisposalServiceClient,
    },
    supply_chain::v1::Contract,
};

use super::{
    super::{Example, fresh_id, teller::line},
    records,
};
use crate::{client::Failure, present::disposal};

/// Takes five reports to the day on which they go into a set.
pub(super) async fn play(example: &Example, contract: &Contract) -> Result<(), Failure> {
    let teller = example.teller;
    let mut reports = Vec::new();
    for number in 0..5 {
        let what = format!("FORM-{number}");
        let written = report(example, number);
        reports.push(Box::pin(records::paid(example, contract, &what, Some(written))).await?);
    }
    teller.say(
        "Where the guidance lets a provider destroy a report or anonymise it, reports that were laid by field by field may be kept on without \
         anyone in them. What becomes of a field follows from the sensitivity that the contract declares for it, and from nothing else. In a \
         small set there is nobody to hide among:",
    );
    teller.refused(
        "four reports are proposed to be anonymised.",
        "ANONYMISATION_FAILED",
        propose(example, &reports[..4]).await,
    )?;
    let proposed = propose(example, &reports).await?;
    teller.say(
        "Five are enough. Names, numbers and words are gone, what narrows down is coarser, and what was found of the set stands in the very \
         proposal that two people agree on:",
    );
    line(&disposal::show(teller.screen(), &proposed));
    let rules = proposed.manifest.iter().take(1).filter_map(|item| item.rule.clone());
    teller.because(&rules.collect::<Vec<_>>());
    let rita = &example.cast.records_officer;
    teller.refused(
        "whoever proposed it approves it.",
        "SAME_PERSON",
        records::approve(rita, &proposed).await,
    )?;
    let approved = records::approve(&example.cast.second_records_officer, &proposed).await?;
    teller.say(
        "Another person approves. When the days of the veto are over, the forms become a record of their own in the transaction that orders the \
         originals destroyed; their tombstones will say in which set they went, and nothing says which form came of whom:",
    );
    line(&disposal::show(teller.screen(), &approved));
    Ok(())
}

async fn propose(example: &Example, reports: &[Record]) -> Result<Disposal, Failure> {
    let question = ProposeDisposalRequest {
        request_id: fresh_id(),
        records: reports.iter().map(|report| report.name.clone()).collect(),
        method: DisposalMethod::Anonymised.into(),
    };
    let link = &example.cast.records_officer;
    link.ask(question, async |stub, request| DisposalServiceClient::new(stub).propose_disposal(request).await)
        .await
}

/// A report on a person, in all its detail.
fn report(example: &Example, number: i32) -> AssessmentReport {
    let condition = if number % 2 == 0 { ConditionGroup::Sensory } else { ConditionGroup::Physical };
    AssessmentReport {
        person: Some(AssessedPerson {
            full_name: "Rhiannon Example".to_owned(),
            email: "rhiannon@example.org".to_owned(),
            ..AssessedPerson::default()
        }),
        reference: example.reference(&format!("HNA-{number}")),
        assessor: "assessor-7".to_owned(),
        referred_on: Some(example.ago(250)),
        assessed_on: Some(example.ago(245)),
        postcode: "G12 8QQ".to_owned(),
        weekly_hours: 35,
        setting: AssessmentSetting::Workplace.into(),
        condition_group: condition.into(),
        adjustment_codes: vec!["screen-reader".to_owned()],
        cost_pence: 128_400 + i64::from(number),
        findings: "Ms Example works shifts and needs large print.".to_owned(),
        recommendation: "A screen reader.".to_owned(),
    }
}
