//! From what people type to resource names: a full name, a bare uuid, or a reference.

use redress_kernel::text::canonical_reference;
use redress_proto::{
    complaints::v1::{
        ListComplaintsRequest, ListOrder, ListParticipantsRequest,
        complaint_service_client::ComplaintServiceClient,
        participant_service_client::ParticipantServiceClient,
    },
    supply_chain::v1::{
        ListContractsRequest, ListOrganisationsRequest, supply_chain_service_client::SupplyChainServiceClient,
    },
};
use uuid::Uuid;

use super::{Failure, Link, gather};

/// `collection/uuid` for a full name of that collection or a bare uuid; `None` for anything else.
pub fn name(collection: &str, text: &str) -> Option<String> {
    let id = match text.split_once('/') {
        Some((named, id)) if named == collection => id,
        Some(_) => return None,
        None => text,
    };
    (id.len() == 36).then(|| Uuid::try_parse(id).ok()).flatten().map(|uuid| format!("{collection}/{uuid}"))
}

/// The name of something that has no reference but its uuid.
pub fn by_uuid(collection: &str, text: &str) -> Result<String, Failure> {
    name(collection, text)
        .ok_or_else(|| Failure::Invalid(format!("{text} is neither {collection}/{{uuid}} nor a uuid")))
}

/// The complaint that goes by `text`: its name, its uuid, its case reference or the caller's own reference.
pub async fn complaint(link: &Link, text: &str) -> Result<String, Failure> {
    if let Some(name) = name("complaints", text) {
        return Ok(name);
    }
    let question = ListComplaintsRequest {
        reference: text.to_owned(),
        order: ListOrder::Newest.into(),
        page_size: 2,
        ..ListComplaintsRequest::default()
    };
    let found = link
        .ask(question, async |stub, request| ComplaintServiceClient::new(stub).list_complaints(request).await)
        .await?;
    let names = found.complaints.into_iter().map(|row| row.name).collect();
    only("complaint", text, names)
}

/// The contract that goes by `text`: its name, its uuid or its reference at the department.
pub async fn contract(link: &Link, text: &str) -> Result<String, Failure> {
    if let Some(name) = name("contracts", text) {
        return Ok(name);
    }
    let wanted = canonical_reference(text);
    let page = gather(usize::MAX, String::new(), async |page_size, page_token| {
        let question = ListContractsRequest { page_size, page_token };
        let answer = link
            .ask(question, async |stub, request| {
                SupplyChainServiceClient::new(stub).list_contracts(request).await
            })
            .await?;
        Ok((answer.contracts, answer.next_page_token))
    })
    .await?;
    let fits = page.items.into_iter().filter(|contract| canonical_reference(&contract.reference) == wanted);
    only("contract", text, fits.map(|contract| contract.name).collect())
}

/// The organisation that goes by `text`: its name, its uuid, or the name people know it by.
pub async fn organisation(link: &Link, text: &str) -> Result<String, Failure> {
    if let Some(name) = name("organisations", text) {
        return Ok(name);
    }
    let wanted = text.trim().to_lowercase();
    let page = gather(usize::MAX, String::new(), async |page_size, page_token| {
        let question = ListOrganisationsRequest { page_size, page_token };
        let answer = link
            .ask(question, async |stub, request| {
                SupplyChainServiceClient::new(stub).list_organisations(request).await
            })
            .await?;
        Ok((answer.organisations, answer.next_page_token))
    })
    .await?;
    let fits =
        page.items.into_iter().filter(|organisation| organisation.display_name.to_lowercase() == wanted);
    only("organisation", text, fits.map(|organisation| organisation.name).collect())
}

/// Several organisations.
pub async fn organisations(link: &Link, texts: &[String]) -> Result<Vec<String>, Failure> {
    let mut names = Vec::with_capacity(texts.len());
    for text in texts {
        names.push(organisation(link, text).await?);
    }
    Ok(names)
}

/// The participant that goes by `text`: its name, its uuid or its reference.
pub async fn participant(link: &Link, text: &str) -> Result<String, Failure> {
    if let Some(name) = name("participants", text) {
        return Ok(name);
    }
    let question = ListParticipantsRequest {
        reference: text.to_owned(),
        page_size: 2,
        ..ListParticipantsRequest::default()
    };
    let found = link
        .ask(question, async |stub, request| {
            ParticipantServiceClient::new(stub).list_participants(request).await
        })
        .await?;
    let names = found.participants.into_iter().map(|participant| participant.name).collect();
    only("participant", text, names)
}

/// What a document belongs to: a participant by its full name, or a complaint by anything that names one.
pub async fn parent(link: &Link, text: &str) -> Result<String, Failure> {
    if text.starts_with("participants/") {
        return by_uuid("participants", text);
    }
    complaint(link, text).await
}

fn only(kind: &str, text: &str, mut names: Vec<String>) -> Result<String, Failure> {
    match (names.pop(), names.is_empty()) {
        (Some(name), true) => Ok(name),
        (Some(_), false) => {
            Err(Failure::Invalid(format!("more than one {kind} goes by {text}; give its full name instead")))
        }
        (None, _) => Err(Failure::NotFound(format!("no {kind} that you may see goes by {text}"))),
    }
}
