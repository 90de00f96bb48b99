//! What routing holds about the complaint: the contacts that led to it, and their papers.

use prost::{Message as _, Name as _};
use redress_chassis::{Call, Peer, etag, wire};
use redress_proto::{
    complaints::v1::{Document, DocumentKind},
    routing::v1::{
        Contact, ContactView, GetContactRequest, GetMemberLetterRequest, GetMixedComplaintRequest,
        GetPaperRequest, Paper, PaperStored, member_letter_service_client::MemberLetterServiceClient,
        mixed_complaint_service_client::MixedComplaintServiceClient,
        paper_service_client::PaperServiceClient, routing_service_client::RoutingServiceClient,
    },
};
use redress_store::Db;
use tonic::{Code, Status};
use uuid::Uuid;

use super::{
    Destroyed, Refused,
    journal::{self, Stream},
    tombstone,
};
use crate::{app::DOMAIN, evidence::store, store::routed};

/// The streams of the contacts, and of whatever else routing made of them.
pub(super) async fn streams(db: &Db, complaint: Uuid) -> Result<Vec<Stream>, Refused> {
    let mut tx = db.read().await.map_err(store::Failure)?;
    let known = routed::streams(&mut tx, complaint).await.map_err(store::Failure)?;
    Ok(known.into_iter().map(|(kind, id)| Stream { kind, id: id.to_string(), told: 0 }).collect())
}

/// Notes how much is told of each thing, so that what was committed and has no place in the journal yet is waited for: its
/// version, where the caller may read it, counts its entries.
pub(super) async fn count(
    routing: &Peer,
    call: &Call,
    streams: &mut [Stream],
    contacts: &[Contact],
) -> Result<(), Refused> {
    for stream in streams {
        let name = format!("{}/{}", stream.kind, stream.id);
        let version = match stream.kind.as_str() {
            "contacts" => contacts.iter().find(|contact| contact.name == name).map(|it| it.etag.clone()),
            "mixedComplaints" => {
                let mut client = MixedComplaintServiceClient::new(routing.channel());
                let request = GetMixedComplaintRequest { name, ..GetMixedComplaintRequest::default() };
                let answer = client.get_mixed_complaint(routing.on_behalf(call, request)).await;
                seen(answer.map(|mixed| mixed.into_inner().etag))?
            }
            "memberLetters" => {
                let mut client = MemberLetterServiceClient::new(routing.channel());
                let request = GetMemberLetterRequest { name, ..GetMemberLetterRequest::default() };
                let answer = client.get_member_letter(routing.on_behalf(call, request)).await;
                seen(answer.map(|letter| letter.into_inner().etag))?
            }
            // A paper is told of once, and known of by what told it.
            _ => None,
        };
        let version = etag::parse(DOMAIN, &version.unwrap_or_default()).map_err(|_| Refused::Unreadable)?;
        stream.told = version.and_then(|version| usize::try_from(version).ok()).unwrap_or_default();
    }
    Ok(())
}

/// The contacts, without what was said in them: that stands with the complaint; and of those that were destroyed, by what.
/// One that the caller is no party to stays out, and the journal tells of it.
pub(super) async fn contacts(
    routing: &Peer,
    call: &Call,
    streams: &[Stream],
) -> Result<(Vec<Contact>, Destroyed), Refused> {
    let mut client = RoutingServiceClient::new(routing.channel());
    let (mut contacts, mut destroyed) = (Vec::new(), Destroyed::new());
    for stream in streams.iter().filter(|stream| stream.kind == "contacts") {
        let name = format!("contacts/{}", stream.id);
        let request = GetContactRequest { name: name.clone(), view: ContactView::Basic.into() };
        let answer = client.get_contact(routing.on_behalf(call, request)).await;
        let disposal = answer.as_ref().err().and_then(tombstone);
        destroyed.extend(disposal.map(|disposal| (name, disposal)));
        contacts.extend(seen(answer.map(tonic::Response::into_inner))?);
    }
    Ok((contacts, destroyed))
}

/// The papers of the contacts, as the documents that they are; and of those that were destroyed, by what.
pub(super) async fn papers(
    routing: &Peer,
    call: &Call,
    streams: &[Stream],
) -> Result<(Vec<Document>, Destroyed), Refused> {
    let mut client = PaperServiceClient::new(routing.channel());
    let (mut papers, mut destroyed) = (Vec::new(), Destroyed::new());
    for stream in streams.iter().filter(|stream| stream.kind == "papers") {
        let name = format!("papers/{}", stream.id);
        let request = GetPaperRequest { name: name.clone() };
        let answer = client.get_paper(routing.on_behalf(call, request)).await;
        match answer.map(tonic::Response::into_inner) {
            Ok(paper) => papers.push(document(paper)),
            Err(status) => match tombstone(&status) {
                Some(disposal) => {
                    papers.extend(remembered(routing, stream).await?);
                    destroyed.insert(name, disposal);
                }
                None => {
                    seen::<()>(Err(status))?;
                }
            },
        }
    }
    Ok((papers, destroyed))
}

/// What the journal remembers of a paper that was destroyed.
async fn remembered(routing: &Peer, stream: &Stream) -> Result<Option<Document>, Refused> {
    let stored = journal::entries(routing, stream).await?.into_iter().find_map(|entry| {
        let content = entry.content;
        let on_file = content.entry_type == PaperStored::full_name();
        let stored = on_file.then(|| PaperStored::decode(content.payload.as_slice()).ok()).flatten()?;
        Some(Document {
            name: stored.paper,
            parent: stored.contact,
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
            kind: DocumentKind::Correspondence.into(),
            create_time: content.record_time.and_then(|at| at.timestamp().ok()).map(wire::timestamp),
            ..Document::default()
        })
    });
    Ok(stored)
}

fn document(paper: Paper) -> Document {
    let kind = DocumentKind::Correspondence.into();
    Document {
        name: paper.name,
        parent: paper.contact,
        file_name: paper.file_name,
        media_type: paper.media_type,
        size_bytes: paper.size_bytes,
        sha256: paper.sha256,
        kind,
        state: paper.state,
        create_time: paper.create_time,
        ..Document::default()
    }
}

/// An answer, or nothing where the caller may not see what was asked for, or nobody can any more.
fn seen<T>(answer: Result<T, Status>) -> Result<Option<T>, Refused> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(status) if tombstone(&status).is_some() => Ok(None),
        Err(status) if matches!(status.code(), Code::NotFound | Code::PermissionDenied) => Ok(None),
        Err(status) => Err(status.into()),
    }
}
