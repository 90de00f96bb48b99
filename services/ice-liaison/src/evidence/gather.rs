//! The questions a bag is made of.

mod document;
mod examination;
mod journal;
mod papers;
mod routing;

use std::collections::{BTreeMap, BTreeSet};

use redress_bag::{
    case::{Reason, Withheld},
    plan::PlanFault,
};
use redress_chassis::{Call, Service as _};
use redress_kernel::{Id, noun};
use redress_proto::{
    complaints::v1::{Document, DocumentState, Letter},
    ice_liaison::v1::Examination,
};
use tonic::Status;
use tonic_types::StatusExt as _;

use crate::{
    evidence::{Asked, Papers, Sources, render::Unrendered, store::Failure},
    service::IceLiaison,
};
use journal::Stream;

pub(crate) use document::{Pieces, open};

/// Why there is nothing to pack.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// The service that holds the papers says no; its answer is the caller's.
    #[error("the papers cannot be had")]
    Peer(#[from] Box<Status>),
    /// Papers are on file and cannot be read (reliability I14).
    #[error("papers on file are missing")]
    Incomplete {
        /// Which.
        papers: Vec<String>,
    },
    /// Papers are quarantined and not withheld (reliability I16).
    #[error("papers are quarantined")]
    Quarantined {
        /// Which.
        papers: Vec<String>,
    },
    /// What is to be withheld is not on file, or is withheld for a reason that is not true of it.
    #[error("what is withheld is not on file, or not for that reason")]
    NotOnFile {
        /// Which.
        papers: Vec<String>,
    },
    /// A checkpoint is not one of the journal's.
    #[error("a checkpoint is not one of the journal's")]
    Checkpoint,
    /// Something happened since the checkpoint, or while the papers were gathered (reliability I17).
    #[error("the case changed")]
    Changed,
    /// The answers make no case.
    #[error("the papers make no case")]
    Unrendered(#[from] Unrendered),
    /// The case makes no bag.
    #[error("the case makes no bag")]
    Plan(#[from] PlanFault),
    /// What this service knows of where things are cannot be read.
    #[error(transparent)]
    Database(#[from] Failure),
    /// An answer that the contract does not know.
    #[error("the peer's answer cannot be read")]
    Unreadable,
}

/// What was destroyed, by resource name, and the disposal that did it.
type Destroyed = BTreeMap<String, String>;

impl From<Status> for Refused {
    fn from(status: Status) -> Self {
        Self::Peer(Box::new(status))
    }
}

/// Gathers everything about a complaint from the services that hold it.
pub(crate) async fn gather(sources: &Sources, call: &Call, asked: &Asked) -> Result<Papers, Refused> {
    let complaints = &sources.complaints;
    // First of all whether the caller is party to the case: everything after rests on it.
    let complaint = papers::complaint(complaints, call, &asked.complaint).await?;
    let id = Id::<noun::Complaint>::parse_name(&complaint.name).map_err(|_| Refused::Unreadable)?.uuid();
    let known = routing::streams(&sources.database, id).await?;
    let mut routed = known.clone();
    let held = examination::streams(&sources.database, id).await?;

    let mut documents = papers::documents(complaints, call, &complaint).await?;
    let filed = states(&documents);
    let mut told = vec![Stream::named(&complaint.participant, 0)];
    // A document that is listed has its entry, which may not have its place yet.
    told.extend(documents.iter().map(|document| Stream::named(&document.name, 1)));
    let (examinations, mut destroyed) = examination::examinations(&sources.own, call, &held).await?;
    let mut contacts = Vec::new();
    if let Some(peer) = &sources.routing {
        let (left, gone) = routing::contacts(peer, call, &routed).await?;
        routing::count(peer, call, &mut routed, &left).await?;
        contacts = left;
        destroyed.extend(gone);
        let (papers, gone) = routing::papers(peer, call, &routed).await?;
        destroyed.extend(gone);
        // What the caller may not see at all it neither sends nor accounts for.
        let seen = |id: &str| papers.iter().any(|paper| paper.name.ends_with(id));
        routed.retain(|stream| stream.kind != "papers" || seen(&stream.id));
        documents.extend(papers);
    }
    let mut withheld = accounted_for(&complaint.letters, &examinations, &documents, asked)?;
    // Nobody has to say why these are missing: the disposal that ended them does.
    let gone = |(paper, authority)| (paper, Withheld { reason: Reason::Destroyed, authority });
    withheld.extend(destroyed.into_iter().map(gone));
    let timeline = papers::timeline(complaints, call, &complaint.name).await?;
    told.insert(0, Stream::named(&complaint.name, timeline.len()));

    let first = journal::extract(("complaints", complaints), asked, &told).await?;
    let mut extracts = vec![first.ok_or(Refused::Unrendered(Unrendered::Empty))?];
    extracts.extend(journal::extract((IceLiaison::NAME, &sources.own), asked, &held).await?);
    if let Some(peer) = sources.routing.as_ref().filter(|_| !routed.is_empty()) {
        extracts.extend(journal::extract(("routing", peer), asked, &routed).await?);
    }
    let letters = papers::letters(complaints, call, &complaint, asked).await?;
    let participant = papers::participant(complaints, call, &complaint.participant).await?;
    let contract = papers::contract(complaints, call, &complaint.contract).await?;
    let procedure = papers::procedure(complaints, call, &complaint.procedure).await?;
    let names = papers::names(complaints, call, &complaint, &timeline).await?;
    document::present(sources, call, &documents, &withheld).await?;
    // Whoever changed the case meanwhile changed its version; but not who filed a paper, or told of another thing about it.
    let now = papers::complaint(complaints, call, &asked.complaint).await?;
    if now.etag != complaint.etag
        || states(&papers::documents(complaints, call, &now).await?) != filed
        || examination::streams(&sources.database, id).await? != held
        || routing::streams(&sources.database, id).await? != known
    {
        return Err(Refused::Changed);
    }
    Ok(Papers {
        complaint,
        participant,
        contract,
        names,
        timeline,
        procedure,
        letters,
        examinations,
        contacts,
        documents,
        extracts,
        withheld,
    })
}

/// Which documents are filed, and how each stands.
fn states(documents: &[Document]) -> Vec<(String, DocumentState)> {
    documents.iter().map(|document| (document.name.clone(), document.state())).collect()
}

/// Why each paper is withheld that is: a quarantined one for that reason, any other for the one that is left. Every
/// quarantined paper must be withheld, and everything withheld must be there.
fn accounted_for(
    letters: &[Letter],
    examinations: &[Examination],
    documents: &[Document],
    asked: &Asked,
) -> Result<BTreeMap<String, Withheld>, Refused> {
    let quarantined: BTreeSet<&str> = documents
        .iter()
        .filter(|document| document.state() == DocumentState::Quarantined)
        .map(|document| document.name.as_str())
        .collect();
    let open = quarantined.iter().filter(|name| !asked.withheld.contains_key(**name));
    let papers: Vec<String> = open.map(ToString::to_string).collect();
    if !papers.is_empty() {
        return Err(Refused::Quarantined { papers });
    }
    let letters = letters.iter().map(|letter| letter.name.as_str());
    let from_ice = examinations.iter().flat_map(|one| &one.letters).map(|letter| letter.name.as_str());
    let filed = documents.iter().map(|document| document.name.as_str());
    let on_file: BTreeSet<&str> = filed.chain(letters).chain(from_ice).collect();
    let papers: Vec<String> =
        asked.withheld.keys().filter(|name| !on_file.contains(name.as_str())).cloned().collect();
    if !papers.is_empty() {
        return Err(Refused::NotOnFile { papers });
    }
    let because = |(name, authority): (&String, &String)| {
        let reason =
            if quarantined.contains(name.as_str()) { Reason::Quarantined } else { Reason::LegalPrivilege };
        (name.clone(), Withheld { reason, authority: authority.clone() })
    };
    Ok(asked.withheld.iter().map(because).collect())
}

/// The disposal that ended something, where that is why it is not there.
fn tombstone(status: &Status) -> Option<String> {
    let info = status.get_details_error_info().filter(|info| info.reason == "ITEM_DESTROYED")?;
    info.metadata.get("disposal").cloned()
}
