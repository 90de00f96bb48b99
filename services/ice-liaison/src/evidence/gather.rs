//! The questions a bag is made of.

mod journal;
mod papers;

use std::collections::{BTreeMap, BTreeSet};

use redress_bag::{
    case::{Reason, Withheld},
    plan::PlanFault,
};
use redress_chassis::{Call, Peer};
use redress_proto::complaints::v1::{Document, DocumentState, Letter};
use tonic::Status;

use crate::evidence::{Asked, Papers, render::Unrendered};

pub(crate) use papers::open;

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
    /// The checkpoint is not one of the journal's.
    #[error("the checkpoint is not one of the journal's")]
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
    /// An answer that the contract does not know.
    #[error("the peer's answer cannot be read")]
    Unreadable,
}

impl From<Status> for Refused {
    fn from(status: Status) -> Self {
        Self::Peer(Box::new(status))
    }
}

/// Gathers everything about a complaint from the complaints service.
pub(crate) async fn gather(complaints: &Peer, call: &Call, asked: &Asked) -> Result<Papers, Refused> {
    // First of all whether the caller is party to the case: everything after rests on it.
    let complaint = papers::complaint(complaints, call, &asked.complaint).await?;
    let documents = papers::documents(complaints, call, &complaint).await?;
    let withheld = accounted_for(&complaint.letters, &documents, asked)?;
    let timeline = papers::timeline(complaints, call, &complaint.name).await?;
    let extract = journal::extract(complaints, asked, &complaint, timeline.len(), &documents).await?;
    let letters = papers::letters(complaints, call, &complaint, asked).await?;
    let participant = papers::participant(complaints, call, &complaint.participant).await?;
    let contract = papers::contract(complaints, call, &complaint.contract).await?;
    let procedure = papers::procedure(complaints, call, &complaint.procedure).await?;
    let names = papers::names(complaints, call, &complaint, &timeline).await?;
    papers::present(complaints, call, &documents, asked).await?;
    // Whoever changed the case meanwhile changed its version.
    let now = papers::complaint(complaints, call, &asked.complaint).await?;
    if now.etag != complaint.etag {
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
        documents,
        extract,
        withheld,
    })
}

/// Why each paper is withheld that is: a quarantined one for that reason, any other for the one that is left. Every
/// quarantined paper must be withheld, and everything withheld must be there.
fn accounted_for(
    letters: &[Letter],
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
    let on_file: BTreeSet<&str> =
        documents.iter().map(|document| document.name.as_str()).chain(letters).collect();
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
