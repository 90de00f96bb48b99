//! That it happened is proved: the last entry of the case is in a journal whose head is signed.

use futures::StreamExt as _;
use redress_journal::checkpoint::VerifierKey;
use redress_proto::{
    complaints::v1::Complaint,
    journal::v1::{StreamEntriesRequest, journal_service_client::JournalServiceClient},
};

use super::super::{Example, teller::line};
use crate::{
    client::Failure,
    command::{journal, view},
    present::word,
    serve::{up::program, verify},
};

/// Whose journal it is.
const SERVICE: &str = "complaints";

/// Saves a proof and checks it as a stranger would.
pub(super) async fn play(example: &Example, case: &Complaint) -> Result<(), Failure> {
    let teller = example.teller;
    let auditor = &example.cast.auditor;
    teller.chapter("12. Proof");
    let position = last_position(example, case).await?;
    let file = example.data.join(format!("{}-proof.json", case.case_reference));
    let head = journal::prove(auditor, SERVICE, position, &file).await?;
    let key = VerifierKey::parse(&head.verifier_key).map_err(|fault| Failure::Unsound(fault.to_string()))?;
    let verdict = verify::check(&file, &key, None)?;
    teller.say(
        "Every change stands in a journal that holds no personal data. Its head is signed, so that nothing can be taken out or \
         changed without showing. The proof that the last entry on the case is in it can be checked by anyone, offline:",
    );
    line(&format!("   {} verify {} --key '{}'", program(), file.display(), head.verifier_key));
    teller.say(&verdict.words);
    Ok(())
}

/// Where the last thing that happened to the case stands in the journal, as soon as it has its place.
async fn last_position(example: &Example, case: &Complaint) -> Result<i64, Failure> {
    let timeline = view::entries(&example.cast.officer, &case.name, 0).await?;
    let wanted = i64::try_from(timeline.len()).unwrap_or(i64::MAX);
    let auditor = &example.cast.auditor;
    let question = StreamEntriesRequest {
        follow: true,
        stream_kind: "complaints".to_owned(),
        stream_id: word::id(&case.name).to_owned(),
        ..StreamEntriesRequest::default()
    };
    let mut entries = auditor
        .open(question, async |stub, request| {
            JournalServiceClient::new(stub).stream_entries(journal::to(SERVICE, request)).await
        })
        .await
        .map_err(|status| auditor.failure(&status))?;
    let mut seen = 0;
    while let Some(part) = entries.next().await {
        for entry in part.map_err(|status| auditor.failure(&status))?.entries {
            seen += 1;
            if seen == wanted {
                return Ok(entry.position);
            }
        }
    }
    Err(Failure::Unsound("the journal ended before the last entry of the case".to_owned()))
}
