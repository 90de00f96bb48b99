//! A complaint under JETS in Scotland from first contact to final response, the whole of J0 chapter 7 on the way.

use futures::StreamExt as _;
use jiff::ToSpan as _;
use redress_journal::{
    checkpoint::{Checkpoint, VerifierKey},
    merkle::{Hash, proof},
};
use redress_proto::{
    complaints::v1::{
        Complaint, DownloadLetterRequest, EarlyAccessState, LetterFormat, LetterState, ListComplaintsRequest,
        Stage, WatchComplaintsRequest, complaint_service_client::ComplaintServiceClient,
    },
    journal::v1::{
        GetCheckpointRequest, GetInclusionProofRequest, ListEntriesRequest,
        journal_service_client::JournalServiceClient,
    },
    options::v1::Role,
};
use redress_testkit::wait;
use redress_tests::{
    chain::{JETS, Member, bearing},
    officer::Officer,
};

use super::place::{Place, date, finish};

#[tokio::test(flavor = "multi_thread")]
async fn from_first_contact_to_final_response_in_process() {
    let mut place = Place::here(JETS, 0x701).await;
    live(&mut place).await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_first_contact_to_final_response_on_postgres() {
    let Some(mut place) = Place::process(JETS, "redress_journey_first", 0x702).await else { return };
    live(&mut place).await;
    place.leave().await;
}

async fn live(place: &mut Place) {
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let registered = receive(place, &mut officer).await;
    let name = registered.name.clone();
    let finished = work(place, &mut officer, &name).await;
    told(place, &mut officer, &finished).await;
    printed(place, &finished).await;
    listed_and_watched(place, &name).await;
    proved(place, &name).await;
}

/// CMP-01, CMP-12, domain Q2: received by the prime, and two days earlier by its subcontractor.
async fn receive(place: &mut Place, officer: &mut Officer) -> Complaint {
    let (received_on, earlier) = (place.days_ago(3), place.days_ago(5));
    let complaint = place.complaint(received_on);
    let registered = officer.register(complaint).await.unwrap();
    assert_eq!(registered.stage(), Stage::Received);
    assert!(registered.statement.is_none(), "what the person said is not shown unasked");
    assert!(!registered.case_reference.is_empty() && registered.flags.is_empty(), "{registered:?}");
    let eight_weeks = registered.early_access.as_ref().unwrap();
    assert_eq!(eight_weeks.state(), EarlyAccessState::NotYet);
    assert_eq!(
        date(eight_weeks.opens_on),
        received_on.checked_add(57.days()).unwrap(),
        "the 57th day (J0 7.01)"
    );

    let sub = place.organisation(Member::Sub);
    let again = officer.receipt(&registered.name, &sub, earlier).await.unwrap();
    assert_eq!(date(again.received_on), earlier, "the earliest receipt anywhere in the chain counts");
    let opens_on = date(again.early_access.as_ref().unwrap().opens_on);
    assert_eq!(opens_on, earlier.checked_add(57.days()).unwrap());
    again
}

/// CMP-05, CMP-06, CMP-07, CMP-09: steps in order, a stage response, the next stage, the final response.
async fn work(place: &mut Place, officer: &mut Officer, name: &str) -> Complaint {
    let on = place.today();
    let acknowledged = officer.acknowledge(name, on).await.unwrap();
    assert_eq!(acknowledged.stage(), Stage::Acknowledged);
    let assigned = officer.assign(name, "handler-1", "").await.unwrap();
    assert_eq!((assigned.stage(), assigned.stage_number), (Stage::AtStage, 1));
    for step in ["call-complainant", "investigate"] {
        officer.step(name, step, on, &[]).await.unwrap();
    }
    let responded = officer.respond(name, "We are sorry.", on).await.unwrap();
    assert_eq!(responded.stage(), Stage::StageResponseIssued);
    let escalated = officer.escalate(name, on).await.unwrap();
    assert_eq!((escalated.stage(), escalated.stage_number), (Stage::AtStage, 2));
    officer.step(name, "review", on, &[]).await.unwrap();
    let finished = finish(officer, name, on).await;
    assert_eq!(finished.stage(), Stage::FinalResponseIssued);
    assert!(
        finished.steps.iter().all(|step| step.done_on.is_some() && step.done_by.is_some()),
        "{:?}",
        finished.steps
    );
    let window = finished.examiner_window.as_ref().expect("JETS advises of a window (J0 7.15)");
    assert!(date(window.due_on) >= on.checked_add(6.months()).unwrap(), "{window:?}");
    assert!(window.citations.iter().any(|citation| citation.rule == "CMP-09"), "{window:?}");
    finished
}

/// The timeline: who, when, why.
async fn told(place: &mut Place, officer: &mut Officer, finished: &Complaint) {
    let timeline = officer.timeline(&finished.name).await.unwrap();
    let versions: Vec<i64> = timeline.iter().map(|entry| entry.version).collect();
    let dense = versions.windows(2).all(|pair| pair[0] <= pair[1]);
    assert!(dense && versions.first() == Some(&1), "{versions:?}");
    assert!(timeline.iter().all(|entry| entry.actor.is_some() && entry.occurrence.is_some()));
    assert!(timeline.iter().all(|entry| entry.note.is_empty()), "notes come only when asked for");
    assert!(timeline.iter().any(|entry| !entry.citations.is_empty()));
    let of_the_prime = place.organisation(Member::Prime);
    // The suite itself acts for nobody, when a day has come.
    let known = |organisation: &str| organisation == of_the_prime || organisation.is_empty();
    assert!(timeline.iter().all(|entry| known(&entry.actor.as_ref().unwrap().organisation)), "{timeline:#?}");
}

/// The final response as a printable document, its text unchanged.
async fn printed(place: &mut Place, finished: &Complaint) {
    let letter = finished.letters.iter().rev().find(|letter| letter.state() == LetterState::Issued).unwrap();
    let token = place.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = ComplaintServiceClient::new(place.channel.clone());
    for (format, media_type, beginning) in
        [(LetterFormat::Pdf, "application/pdf", "%PDF-"), (LetterFormat::Text, "text/plain", "")]
    {
        let request = DownloadLetterRequest { name: letter.name.clone(), format: format.into() };
        let mut pieces =
            client.download_letter(bearing(&token, request).unwrap()).await.unwrap().into_inner();
        let mut bytes = Vec::new();
        let mut types = Vec::new();
        while let Some(piece) = pieces.next().await {
            let piece = piece.unwrap();
            types.push(piece.media_type);
            bytes.extend_from_slice(&piece.chunk);
        }
        assert!(types[0].starts_with(media_type) && types[1..].iter().all(String::is_empty), "{types:?}");
        assert!(bytes.starts_with(beginning.as_bytes()) && bytes.len() > 100, "{} bytes", bytes.len());
    }
}

/// The lists and the feed of the department's and the subcontractor's people.
async fn listed_and_watched(place: &mut Place, name: &str) {
    let mut client = ComplaintServiceClient::new(place.channel.clone());
    for (member, role, sees) in [
        (Member::Department, Role::DepartmentReader, true),
        (Member::Prime, Role::ComplaintsOfficer, true),
        (Member::Rival, Role::ComplaintsOfficer, false),
        (Member::Stranger, Role::ComplaintsOfficer, false),
    ] {
        let token = place.chain.people.token(member, role).unwrap();
        let request = ListComplaintsRequest { order: 2, ..ListComplaintsRequest::default() };
        let page = client.list_complaints(bearing(&token, request).unwrap()).await.unwrap().into_inner();
        assert_eq!(page.complaints.iter().any(|row| row.name == name), sees, "{member:?}");
    }
    let token = place.chain.people.token(Member::Department, Role::DepartmentReader).unwrap();
    let request = WatchComplaintsRequest { after_position: 0 };
    let mut watch = client.watch_complaints(bearing(&token, request).unwrap()).await.unwrap().into_inner();
    let seen = wait::ready("the watch to bring the final response", async {
        let mut positions = Vec::new();
        while let Some(change) = watch.next().await {
            let change = change.unwrap();
            positions.push(change.position);
            if change.r#type.ends_with("FinalResponseIssued")
                && change.complaint.is_some_and(|row| row.name == name)
            {
                break;
            }
        }
        positions
    });
    let positions = seen.await;
    assert!(positions.windows(2).all(|pair| pair[0] < pair[1]), "{positions:?}");
}

/// Every entry of the case is in the log that the newest checkpoint signs.
async fn proved(place: &mut Place, name: &str) {
    let token = place.chain.people.token(Member::Department, Role::DepartmentReader).unwrap();
    let mut client = JournalServiceClient::new(place.channel.clone());
    let stream_id = name.trim_start_matches("complaints/").to_owned();
    let request = ListEntriesRequest { stream_id, page_size: 200, ..ListEntriesRequest::default() };
    let page = client.list_entries(meant(&token, request)).await.unwrap().into_inner();
    assert!(page.entries.len() >= 9, "{}", page.entries.len());
    let last = page.entries.last().unwrap().position;
    let checkpoint =
        client.get_checkpoint(meant(&token, GetCheckpointRequest {})).await.unwrap().into_inner();
    let signed =
        Checkpoint::open(&checkpoint.note, &VerifierKey::parse(&checkpoint.verifier_key).unwrap()).unwrap();
    assert!(i64::try_from(signed.size).unwrap() >= last);
    for entry in page.entries {
        let request =
            GetInclusionProofRequest { position: entry.position, size: signed.size.try_into().unwrap() };
        let answer = client.get_inclusion_proof(meant(&token, request)).await.unwrap().into_inner();
        assert_eq!(answer.entry.as_ref(), Some(&entry));
        let path: Vec<Hash> =
            answer.hashes.iter().map(|hash| Hash::new(hash[..].try_into().unwrap())).collect();
        let index = u64::try_from(entry.position - 1).unwrap();
        proof::verify_inclusion(Hash::leaf(&entry.content), index, signed.size, &path, signed.root).unwrap();
        for personal in ["missed two appointments", "We are sorry", "Spoken to", "O'Brien"] {
            let text = String::from_utf8_lossy(&entry.content);
            assert!(!text.contains(personal), "position {} says {personal:?}", entry.position); // L33
        }
    }
}

/// A request to the journal of complaints, which is one of several behind the address.
fn meant<T>(token: &str, message: T) -> tonic::Request<T> {
    let mut request = bearing(token, message).unwrap();
    request.metadata_mut().insert("redress-service", "complaints".parse().unwrap());
    request
}
