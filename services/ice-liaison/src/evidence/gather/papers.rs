//! The papers, on behalf of the caller.

use std::collections::{BTreeMap, BTreeSet};

use redress_chassis::{Call, Peer};
use redress_proto::{
    complaints::v1::{
        Complaint, ComplaintView, Document, DocumentKind, DownloadLetterRequest, GetComplaintRequest,
        GetLetterRequest, GetParticipantRequest, GetProcedureRequest, Letter, LetterFormat,
        ListDocumentsRequest, ListTimelineRequest, Participant, Procedure, TimelineEntry,
        complaint_service_client::ComplaintServiceClient, document_service_client::DocumentServiceClient,
        participant_service_client::ParticipantServiceClient,
        procedure_service_client::ProcedureServiceClient,
    },
    supply_chain::v1::{
        Contract, GetContractRequest, GetOrganisationRequest,
        supply_chain_service_client::SupplyChainServiceClient,
    },
};
use tonic::{Code, Status};

use super::Refused;
use crate::evidence::{Asked, papers::LetterCopy};

/// Most that is asked for at once.
const PAGE: i32 = 200;
/// Largest letter that is held: it is rendered from 60,000 characters.
const LARGEST_LETTER: usize = 16 << 20;

pub(super) async fn complaint(peer: &Peer, call: &Call, name: &str) -> Result<Complaint, Status> {
    let request = GetComplaintRequest { name: name.to_owned(), view: ComplaintView::Full.into() };
    let mut client = ComplaintServiceClient::new(peer.channel());
    Ok(client.get_complaint(peer.on_behalf(call, request)).await?.into_inner())
}

pub(super) async fn timeline(peer: &Peer, call: &Call, name: &str) -> Result<Vec<TimelineEntry>, Status> {
    let mut client = ComplaintServiceClient::new(peer.channel());
    let (mut entries, mut page_token) = (Vec::new(), String::new());
    loop {
        let view = ComplaintView::Full.into();
        let request = ListTimelineRequest { name: name.to_owned(), view, page_size: PAGE, page_token };
        let page = client.list_timeline(peer.on_behalf(call, request)).await?.into_inner();
        entries.extend(page.entries);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return Ok(entries);
        }
    }
}

/// The documents of the complaint, and what shows that its participant knew and accepted the procedure (CMP-15).
pub(super) async fn documents(
    peer: &Peer,
    call: &Call,
    complaint: &Complaint,
) -> Result<Vec<Document>, Status> {
    let mut documents = documents_of(peer, call, &complaint.name).await?;
    let agreed = documents_of(peer, call, &complaint.participant).await?;
    documents.extend(agreed.into_iter().filter(|document| document.kind() == DocumentKind::Agreement));
    Ok(documents)
}

async fn documents_of(peer: &Peer, call: &Call, parent: &str) -> Result<Vec<Document>, Status> {
    let mut client = DocumentServiceClient::new(peer.channel());
    let (mut documents, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListDocumentsRequest { parent: parent.to_owned(), page_size: PAGE, page_token };
        let page = client.list_documents(peer.on_behalf(call, request)).await?.into_inner();
        documents.extend(page.documents);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return Ok(documents);
        }
    }
}

/// The letters that are not withheld with their texts; the others by name only.
pub(super) async fn letters(
    peer: &Peer,
    call: &Call,
    complaint: &Complaint,
    asked: &Asked,
) -> Result<Vec<LetterCopy>, Refused> {
    let mut letters = Vec::with_capacity(complaint.letters.len());
    for letter in &complaint.letters {
        letters.push(if asked.withheld.contains_key(&letter.name) {
            LetterCopy { letter: letter.clone(), ..LetterCopy::default() }
        } else if letter.issued_on.is_some() {
            let text = print(peer, call, letter, LetterFormat::Text).await?;
            let text = String::from_utf8(text).map_err(|_| Refused::Unreadable)?;
            let pdf = Some(print(peer, call, letter, LetterFormat::Pdf).await?);
            LetterCopy { letter: letter.clone(), text, pdf }
        } else {
            let request = GetLetterRequest { name: letter.name.clone() };
            let mut client = ComplaintServiceClient::new(peer.channel());
            let text = client.get_letter(peer.on_behalf(call, request)).await?.into_inner().text;
            LetterCopy { letter: letter.clone(), text, pdf: None }
        });
    }
    Ok(letters)
}

async fn print(peer: &Peer, call: &Call, letter: &Letter, format: LetterFormat) -> Result<Vec<u8>, Refused> {
    let request = DownloadLetterRequest { name: letter.name.clone(), format: format.into() };
    let mut client = ComplaintServiceClient::new(peer.channel());
    let mut pieces = client.download_letter(peer.on_behalf(call, request)).await?.into_inner();
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.message().await? {
        bytes.extend_from_slice(&piece.chunk);
        if bytes.len() > LARGEST_LETTER {
            return Err(Refused::Unreadable);
        }
    }
    Ok(bytes)
}

pub(super) async fn participant(peer: &Peer, call: &Call, name: &str) -> Result<Participant, Status> {
    let mut client = ParticipantServiceClient::new(peer.channel());
    let request = GetParticipantRequest { name: name.to_owned(), ..GetParticipantRequest::default() };
    Ok(client.get_participant(peer.on_behalf(call, request)).await?.into_inner())
}

pub(super) async fn contract(peer: &Peer, call: &Call, name: &str) -> Result<Contract, Status> {
    let mut client = SupplyChainServiceClient::new(peer.channel());
    let request = GetContractRequest { name: name.to_owned() };
    Ok(client.get_contract(peer.on_behalf(call, request)).await?.into_inner())
}

pub(super) async fn procedure(peer: &Peer, call: &Call, name: &str) -> Result<Option<Procedure>, Status> {
    if name.is_empty() {
        return Ok(None);
    }
    let mut client = ProcedureServiceClient::new(peer.channel());
    let request = GetProcedureRequest { name: name.to_owned() };
    Ok(Some(client.get_procedure(peer.on_behalf(call, request)).await?.into_inner()))
}

/// What the organisations of the case are called; one that is not the caller's to see keeps its id.
pub(super) async fn names(
    peer: &Peer,
    call: &Call,
    complaint: &Complaint,
    timeline: &[TimelineEntry],
) -> Result<BTreeMap<String, String>, Status> {
    let actors = timeline.iter().filter_map(|entry| Some(entry.actor.as_ref()?.organisation.as_str()));
    let wanted: BTreeSet<&str> = complaint
        .respondents
        .iter()
        .map(String::as_str)
        .chain([complaint.organisation.as_str()])
        .chain(actors)
        .filter(|name| !name.is_empty())
        .collect();
    let mut client = SupplyChainServiceClient::new(peer.channel());
    let mut names = BTreeMap::new();
    for name in wanted {
        let request = GetOrganisationRequest { name: name.to_owned() };
        match client.get_organisation(peer.on_behalf(call, request)).await {
            Ok(organisation) => drop(names.insert(name.to_owned(), organisation.into_inner().display_name)),
            Err(status) if matches!(status.code(), Code::NotFound | Code::PermissionDenied) => {}
            Err(status) => return Err(status),
        }
    }
    Ok(names)
}
