//! The Independent Case Examiner: the right to go there, the question at the gateway, the report, and what it costs.

use redress_proto::{
    complaints::v1::Complaint,
    ice_liaison::v1::{
        AcceptExaminationRequest, Admissibility, AdvanceExaminationRequest, Charge, ConfirmProcessRequest,
        EvidenceItem, Examination, ExaminationMove, ExplainAdmissibilityRequest, Finding, IceLetter,
        IceLetterKind, ListPapersRequest, OpenExaminationRequest, RaiseChargeRequest, RecordIceLetterRequest,
        RecordReportRequest, Report, SendEvidenceRequest,
        correspondence_service_client::CorrespondenceServiceClient,
        examination_service_client::ExaminationServiceClient, recovery_service_client::RecoveryServiceClient,
    },
    r#type::v1::Money,
};

use super::{
    super::{Example, awaited::awaited, fresh_id, teller::line},
    bag,
};
use crate::{
    client::{Failure, Link},
    present::{examination, recovery},
};

/// Carries the case to its report and its charge.
pub(super) async fn play(example: &Example, case: &Complaint) -> Result<(), Failure> {
    let (teller, liaison) = (example.teller, &example.cast.liaison);
    teller.chapter("9. With the Independent Case Examiner");
    let Some(right) = right(example, case).await? else {
        teller.say("The ice-liaison service is not served here; its part of the example is left out.");
        return Ok(());
    };
    teller.say("Another service learns of the case by the feed. The person goes to the examiner; had they the right?");
    line(&examination::right(teller.screen(), Some(&right)));
    let opened = open(example, case).await?;
    let letter = letter(example, &opened.name).await?;
    teller.say("The examiner asks whether every step was done. Any letter from it has a clock of its own:");
    if let Some(due) = &letter.deadline {
        teller.derived(due);
    }
    teller.say("The provider confirms from the case's own record, and the examiner takes the case.");
    let confirm = ConfirmProcessRequest {
        request_id: fresh_id(),
        name: opened.name.clone(),
        confirmed_on: Some(example.ago(0)),
        ..ConfirmProcessRequest::default()
    };
    liaison
        .ask(confirm, async |stub, request| {
            ExaminationServiceClient::new(stub).confirm_process(request).await
        })
        .await?;
    let accept = AcceptExaminationRequest {
        request_id: fresh_id(),
        name: opened.name.clone(),
        accepted_on: Some(example.ago(0)),
        ..AcceptExaminationRequest::default()
    };
    liaison
        .ask(accept, async |stub, request| {
            ExaminationServiceClient::new(stub).accept_examination(request).await
        })
        .await?;
    teller.refused(
        "the provider's own manager says what the examiner does.",
        "ROLE_MISSING",
        advance(example, &example.cast.manager, &opened.name, ExaminationMove::BeginResolution).await,
    )?;
    teller.refused(
        "an investigation without an attempt to settle, and without the examiner's reason.",
        "STAGE_OUT_OF_ORDER",
        advance(example, liaison, &opened.name, ExaminationMove::BeginInvestigation).await,
    )?;
    for to in [ExaminationMove::BeginResolution, ExaminationMove::RequestEvidence] {
        advance(example, liaison, &opened.name, to).await?;
    }
    Box::pin(bag::play(example, case)).await?;
    send(example, case, &opened.name).await?;
    for to in [ExaminationMove::Allocate, ExaminationMove::BeginInvestigation] {
        advance(example, liaison, &opened.name, to).await?;
    }
    let reported = report(example, &opened.name).await?;
    teller.say("No agreement was reached, all papers went to the examiner, and it upheld the complaint at investigation.");
    line(&examination::outcome(teller.screen(), &reported));
    teller.refused(
        "five thousand pence for five thousand pounds.",
        "MUST_EQUAL_CHARGE",
        charge(example, &opened.name, 5_000).await,
    )?;
    let charged = charge(example, &opened.name, 500_000).await?;
    teller.say("The department recovers the charge of the guidance, once:");
    line(&recovery::charge(teller.screen(), &charged));
    teller.refused("the same charge again.", "ALREADY_THERE", charge(example, &opened.name, 500_000).await)
}

/// Whether there is a right today, as soon as the other service knows the case; nothing where it is not served.
async fn right(example: &Example, case: &Complaint) -> Result<Option<Admissibility>, Failure> {
    let link = &example.cast.liaison;
    let question =
        ExplainAdmissibilityRequest { complaint: case.name.clone(), referred_on: Some(example.ago(0)) };
    let known = awaited(async || {
        let found = link
            .ask(question.clone(), async |stub, request| {
                ExaminationServiceClient::new(stub).explain_admissibility(request).await
            })
            .await?;
        // The final response is learned after the case; before that the answer is another.
        Ok(found.admissibility.filter(|found| found.final_response_on.is_some()))
    })
    .await;
    match known {
        Err(failure) if failure.reason() == "UNKNOWN_METHOD" => Ok(None),
        known => known.map(Some),
    }
}

async fn open(example: &Example, case: &Complaint) -> Result<Examination, Failure> {
    let question = OpenExaminationRequest {
        request_id: fresh_id(),
        complaint: case.name.clone(),
        referred_on: Some(example.ago(0)),
        notified_on: Some(example.ago(0)),
        reference: example.reference("ICE"),
        ..OpenExaminationRequest::default()
    };
    let link = &example.cast.liaison;
    link.ask(question, async |stub, request| {
        ExaminationServiceClient::new(stub).open_examination(request).await
    })
    .await
}

async fn letter(example: &Example, examination: &str) -> Result<IceLetter, Failure> {
    let letter = IceLetter {
        kind: IceLetterKind::ProcessCheck.into(),
        received_on: Some(example.ago(0)),
        wants_answer: true,
        body: "Was each step of your process completed?".to_owned(),
        ..IceLetter::default()
    };
    let question = RecordIceLetterRequest {
        request_id: fresh_id(),
        examination: examination.to_owned(),
        letter: Some(letter),
        ..RecordIceLetterRequest::default()
    };
    let link = &example.cast.liaison;
    link.ask(question, async |stub, request| {
        CorrespondenceServiceClient::new(stub).record_ice_letter(request).await
    })
    .await
}

async fn advance(
    example: &Example,
    link: &Link,
    examination: &str,
    to: ExaminationMove,
) -> Result<Examination, Failure> {
    let question = AdvanceExaminationRequest {
        request_id: fresh_id(),
        name: examination.to_owned(),
        r#move: to.into(),
        on: Some(example.ago(0)),
        ..AdvanceExaminationRequest::default()
    };
    link.ask(question, async |stub, request| {
        ExaminationServiceClient::new(stub).advance_examination(request).await
    })
    .await
}

/// All papers of the case, at the digests that were read.
async fn send(example: &Example, case: &Complaint, examination: &str) -> Result<Examination, Failure> {
    let link = &example.cast.liaison;
    let question = ListPapersRequest { complaint: case.name.clone() };
    let papers = link
        .ask(question, async |stub, request| ExaminationServiceClient::new(stub).list_papers(request).await)
        .await?
        .papers;
    let question = SendEvidenceRequest {
        request_id: fresh_id(),
        name: examination.to_owned(),
        sent_on: Some(example.ago(0)),
        included: papers
            .into_iter()
            .map(|paper| EvidenceItem { paper: paper.name, sha256: paper.sha256 })
            .collect(),
        ..SendEvidenceRequest::default()
    };
    link.ask(question, async |stub, request| ExaminationServiceClient::new(stub).send_evidence(request).await)
        .await
}

async fn report(example: &Example, examination: &str) -> Result<Examination, Failure> {
    let question = RecordReportRequest {
        request_id: fresh_id(),
        name: examination.to_owned(),
        report: Some(Report {
            decided_on: Some(example.ago(0)),
            outcome: Finding::Upheld.into(),
            summary: "The provider did not do what it had promised.".to_owned(),
            ..Report::default()
        }),
        ..RecordReportRequest::default()
    };
    let link = &example.cast.liaison;
    link.ask(question, async |stub, request| ExaminationServiceClient::new(stub).record_report(request).await)
        .await
}

async fn charge(example: &Example, examination: &str, pence: i64) -> Result<Charge, Failure> {
    let question = RaiseChargeRequest {
        request_id: fresh_id(),
        examination: examination.to_owned(),
        amount: Some(Money { pence }),
        ..RaiseChargeRequest::default()
    };
    let link = &example.cast.recovery_officer;
    link.ask(question, async |stub, request| RecoveryServiceClient::new(stub).raise_charge(request).await)
        .await
}
