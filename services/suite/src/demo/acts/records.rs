//! What is kept, until when and why; what holds it; and how it ends, by two people.

use jiff::civil::date;
use redress_proto::{
    complaints::v1::Complaint,
    records_retention::v1::{
        ApproveDisposalRequest, AssessmentReport, Disposal, HoldReason, ListRecordsRequest, Payment,
        PlaceHoldRequest, ProposeDisposalRequest, Record, RecordClass, RecordPaymentRequest,
        RegisterRecordRequest, VetoDisposalRequest, disposal_service_client::DisposalServiceClient,
        record_service_client::RecordServiceClient,
    },
    supply_chain::v1::Contract,
};

use super::super::{Example, awaited::awaited, fresh_id, setting, teller::line, text};
use crate::{
    client::{Failure, Link},
    present::{date as dates, disposal, document, record},
    transfer::{self, OfRecord, PartShelf, Upload},
};

/// Shows what is kept of the case, and takes a report to the day before its end. Returns the older contract of the reports; nothing where
/// no records are kept.
pub(super) async fn play(example: &Example, case: &Complaint) -> Result<Option<Contract>, Failure> {
    let teller = example.teller;
    teller.chapter("10. How long it is kept");
    let Some(kept) = file(example, case).await? else {
        teller.say("The records-retention service is not served here; its part of the example is left out.");
        return Ok(None);
    };
    teller.say(
        "A third service follows the others and has a record of every case from its first day. The contract has no last day yet, \
         so no term runs; and while the way to the examiner is open, nothing about this person may be destroyed:",
    );
    line(&record::show(teller.screen(), &kept));
    teller.refused(
        "a records officer proposes to destroy it.",
        "TRIGGER_NOT_MET",
        propose(example, &kept).await,
    )?;

    let effective_on = dates::wire(date(2022, 4, 1));
    let programme = "access-to-work-holistic-assessments";
    let contract = setting::contract(example, "EXAMPLE-ATW-0", programme, effective_on).await?;
    let report = Box::pin(report(example, &contract, "REPORT")).await?;
    teller.say(
        "A report of an assessment under an older contract was paid for more than half a year ago. Its guidance sets a limit, and \
         the limit is derived like any other date:",
    );
    if let Some(last) = &report.retention {
        teller.derived(last);
    }
    lay_by(example, &report).await?;
    let held = hold(example, &report).await?;
    teller.say(
        "An auditor still needs it, and so it is held, on the authority of a letter, to be looked at again:",
    );
    line(&record::show(teller.screen(), &held));
    teller.refused("it is proposed all the same.", "ON_HOLD", propose(example, &report).await)?;

    let other = Box::pin(self::report(example, &contract, "REPORT-2")).await?;
    let proposed = propose(example, &other).await?;
    teller.say("Nothing holds the next report, so that one person proposes to destroy it. The digest is of what the other will read:");
    line(&disposal::show(teller.screen(), &proposed));
    let (rita, omar) = (&example.cast.records_officer, &example.cast.second_records_officer);
    teller.refused("whoever proposed it approves it.", "SAME_PERSON", approve(rita, &proposed).await)?;
    let approved = approve(omar, &proposed).await?;
    teller.say("Another person approves over that digest. For as long as the veto runs one person is enough to stop it, and one does:");
    let question = VetoDisposalRequest { request_id: fresh_id(), name: approved.name };
    let vetoed = example
        .cast
        .manager
        .ask(question, async |stub, request| DisposalServiceClient::new(stub).veto_disposal(request).await)
        .await?;
    line(&disposal::show(teller.screen(), &vetoed));
    Ok(Some(contract))
}

/// Lays a letter by with the report, of any size, and has it back as it came.
async fn lay_by(example: &Example, report: &Record) -> Result<(), Failure> {
    let (teller, link) = (example.teller, &example.cast.records_officer);
    let path = example.data.join("example-letter.txt");
    std::fs::write(&path, text::LETTER).map_err(Failure::file("write", &path))?;
    let upload = Upload {
        request_id: fresh_id(),
        file_name: "employers-letter.txt".to_owned(),
        media_type: "text/plain".to_owned(),
        path: path.clone(),
    };
    let place = OfRecord { record: report.name.clone(), ..OfRecord::default() };
    let kept = transfer::send(link, &upload, &place).await?;
    // Where it is laid by it is sealed; a copy beside it would not be, and neither would the one that is taken out to look at.
    std::fs::remove_file(&path).map_err(Failure::file("remove", &path))?;
    let Some(part) = kept.parts.last() else {
        return Err(Failure::Unsound("what was laid by with the report is not there".to_owned()));
    };
    let shelf = PartShelf { record: kept.name.clone(), part: part.name.clone() };
    let (known, path) = transfer::save(link, &shelf, Some(path)).await?;
    std::fs::remove_file(&path).map_err(Failure::file("remove", &path))?;
    teller.say(&format!(
        "The employer's letter is laid by with it, sealed, in pieces of any number, and shares the report's dates and its end. {} of {} \
         come back, with the digest of what was sent:",
        known.file_name,
        document::size(known.size_bytes)
    ));
    line(&format!("   SHA-256 {}", known.sha256));
    Ok(())
}

/// The file of the case, as soon as the service knows it with its hold; nothing where it is not served.
async fn file(example: &Example, case: &Complaint) -> Result<Option<Record>, Failure> {
    let link = &example.cast.records_officer;
    let question =
        ListRecordsRequest { contract: case.contract.clone(), page_size: 200, ..Default::default() };
    let known = awaited(async || {
        let found = link
            .ask(question.clone(), async |stub, request| {
                RecordServiceClient::new(stub).list_records(request).await
            })
            .await?;
        let file = found.records.into_iter().find(|record| record.complaint == case.name);
        Ok(file.filter(|file| file.held && file.holds.len() > 1))
    })
    .await;
    match known {
        Err(failure) if failure.reason() == "UNKNOWN_METHOD" => Ok(None),
        known => known.map(Some),
    }
}

/// A report that was completed eight months ago and paid for seven months ago.
async fn report(example: &Example, contract: &Contract, what: &str) -> Result<Record, Failure> {
    Box::pin(paid(example, contract, what, None)).await
}

/// The same, field by field where it comes so.
pub(super) async fn paid(
    example: &Example,
    contract: &Contract,
    what: &str,
    report: Option<AssessmentReport>,
) -> Result<Record, Failure> {
    let link = &example.cast.records_officer;
    let question = RegisterRecordRequest {
        request_id: fresh_id(),
        report,
        record: Some(Record {
            contract: contract.name.clone(),
            record_class: RecordClass::NeedsAssessmentReport.into(),
            reference: example.reference(what),
            completed_on: Some(example.ago(240)),
            ..Record::default()
        }),
        ..RegisterRecordRequest::default()
    };
    // The service learns of the contract a moment after it was made.
    let registered = awaited(async || {
        let registered = link
            .ask(question.clone(), async |stub, request| {
                RecordServiceClient::new(stub).register_record(request).await
            })
            .await?;
        Ok(Some(registered))
    })
    .await?;
    let question = RecordPaymentRequest {
        request_id: fresh_id(),
        name: registered.name,
        payment: Some(Payment {
            name: format!("payments/{}", fresh_id()),
            revision: 1,
            received_on: Some(example.ago(210)),
            completes: true,
            withdrawn: false,
        }),
    };
    link.ask(question, async |stub, request| RecordServiceClient::new(stub).record_payment(request).await)
        .await
}

async fn hold(example: &Example, record: &Record) -> Result<Record, Failure> {
    let question = PlaceHoldRequest {
        request_id: fresh_id(),
        name: record.name.clone(),
        reason: HoldReason::Audit.into(),
        authority: "NAO-7".to_owned(),
        review_on: Some(example.ago(-90)),
    };
    let link = &example.cast.records_officer;
    link.ask(question, async |stub, request| RecordServiceClient::new(stub).place_hold(request).await).await
}

async fn propose(example: &Example, record: &Record) -> Result<Disposal, Failure> {
    let question =
        ProposeDisposalRequest { request_id: fresh_id(), records: vec![record.name.clone()], method: 0 };
    let link = &example.cast.records_officer;
    link.ask(question, async |stub, request| DisposalServiceClient::new(stub).propose_disposal(request).await)
        .await
}

pub(super) async fn approve(link: &Link, proposed: &Disposal) -> Result<Disposal, Failure> {
    let question = ApproveDisposalRequest {
        request_id: fresh_id(),
        name: proposed.name.clone(),
        digest: proposed.digest.clone(),
    };
    link.ask(question, async |stub, request| DisposalServiceClient::new(stub).approve_disposal(request).await)
        .await
}
