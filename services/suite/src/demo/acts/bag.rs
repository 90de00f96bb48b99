//! All papers of the case in one file, as the examiner gets them and a stranger checks them.

use redress_bag::verify as bag;
use redress_journal::checkpoint::VerifierKey;
use redress_proto::{
    complaints::v1::Complaint,
    ice_liaison::v1::{
        BuildEvidenceBagRequest, EvidenceBag, PreviewEvidenceBagRequest,
        evidence_bag_service_client::EvidenceBagServiceClient,
    },
    journal::v1::{GetCheckpointRequest, journal_service_client::JournalServiceClient},
};

use super::super::{Example, teller::line};
use crate::{client::Failure, command::journal, present, serve::up::program, transfer};

/// Whose journals tell of a case.
const JOURNALS: [&str; 3] = ["complaints", "ice-liaison", "routing"];

/// Asks what would be in the bag, builds it, and checks it offline.
pub(super) async fn play(example: &Example, case: &Complaint) -> Result<(), Failure> {
    let (teller, manager) = (example.teller, &example.cast.manager);
    teller.say(
        "The examiner calls for all papers. The provider packs them into one file: every letter and document, the procedure as it \
         stood, what was decided and why, and the entries of the journals with their proofs. First it looks at what would be in it:",
    );
    let question = PreviewEvidenceBagRequest { complaint: case.name.clone(), withheld: Vec::new() };
    let previewed = manager
        .ask(question, async |stub, request| {
            EvidenceBagServiceClient::new(stub).preview_evidence_bag(request).await
        })
        .await?
        .bag
        .unwrap_or_default();
    line(&present::bag::show(teller.screen(), &previewed));
    let EvidenceBag { digest, checkpoint, file_name, .. } = previewed;
    let question =
        BuildEvidenceBagRequest { complaint: case.name.clone(), withheld: Vec::new(), digest, checkpoint };
    let file = example.data.join(file_name);
    transfer::save_bag(manager, question, &file).await?;
    let mut keys = Vec::new();
    for service in JOURNALS {
        keys.push(key(example, service).await?);
    }
    let checked = file.clone();
    let report = tokio::task::spawn_blocking(move || bag::at(&checked, &keys)).await;
    let report = report.map_err(|fault| Failure::Unsound(fault.to_string()))?;
    if !report.is_proved() {
        return Err(Failure::Unsound(report.words()));
    }
    teller.say("Exactly that is built, and anyone checks it with no network and no database:");
    line(&format!("   {} verify {}", program(), file.display()));
    line(&report.words());
    Ok(())
}

/// The key that a service publishes for its journal.
async fn key(example: &Example, service: &'static str) -> Result<VerifierKey, Failure> {
    let head = example
        .cast
        .auditor
        .ask(GetCheckpointRequest {}, async |stub, request| {
            JournalServiceClient::new(stub).get_checkpoint(journal::to(service, request)).await
        })
        .await?;
    VerifierKey::parse(&head.verifier_key).map_err(|fault| Failure::Unsound(fault.to_string()))
}
