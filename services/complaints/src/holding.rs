//! Complaints and participants as the records-retention service knows them: what is closed may go at the end of its term, with
//! its letters, papers and texts, and the keys that sealed them.

#[cfg(test)]
mod meeting;

use complaints_domain::{ComplaintId, ParticipantId, complaint::StageName};
use redress_disposal::{Holdings, Remains, Standing};
use redress_journal::shell::forget::forget;
use redress_kernel::Id;
use redress_proto::records_retention::v1 as proto;
use redress_store::{DbError, Tx, sealed};
use uuid::Uuid;

use crate::store::ended::{self, Paper};

/// What complaints holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CasesAndPeople;

/// One thing of it.
enum Thing {
    Complaint(ComplaintId),
    Participant(ParticipantId),
}

impl Holdings for CasesAndPeople {
    const HOLDER: proto::Holder = proto::Holder::Complaints;

    async fn standing(&self, tx: &mut Tx, subject: &str) -> Result<Standing, DbError> {
        let stages = match thing(subject) {
            Some(Thing::Complaint(id)) => {
                // A blank is what is left of one that is gone already.
                let here = ended::stage(tx, id).await?.filter(|stage| *stage != StageName::Unregistered);
                here.map(|stage| vec![stage])
            }
            Some(Thing::Participant(id)) => ended::stages(tx, id).await?,
            None => None,
        };
        let ended = |stage: &StageName| stage.is_terminal() || *stage == StageName::Unregistered;
        Ok(match stages {
            Some(stages) if stages.iter().all(ended) => Standing::Closed,
            Some(_) => Standing::Open,
            None => Standing::NotHere,
        })
    }

    async fn take_out(&self, tx: &mut Tx, subject: &str) -> Result<Remains, DbError> {
        match thing(subject) {
            Some(Thing::Complaint(id)) => complaint(tx, id).await,
            Some(Thing::Participant(id)) => participant(tx, id).await,
            None => Ok(Remains::default()),
        }
    }
}

async fn complaint(tx: &mut Tx, id: ComplaintId) -> Result<Remains, DbError> {
    let key = ended::complaint_key(tx, id).await?;
    let seen_by = ended::parties(tx, id).await?;
    let letters = ended::letters(tx, id).await?;
    let papers = ended::papers(tx, id.uuid()).await?;
    forget(tx, "complaints", id.uuid()).await?;
    let subjects = [id.uuid()].into_iter().chain(letters);
    let remains = remains(tx, subjects.collect(), papers, key, seen_by).await?;
    ended::end_complaint(tx, id).await?;
    Ok(remains)
}

async fn participant(tx: &mut Tx, id: ParticipantId) -> Result<Remains, DbError> {
    let key = ended::participant_key(tx, id).await?;
    let seen_by = ended::above(tx, id).await?;
    let papers = ended::papers(tx, id.uuid()).await?;
    forget(tx, "participants", id.uuid()).await?;
    let remains = remains(tx, vec![id.uuid()], papers, key, seen_by).await?;
    ended::end_participant(tx, id).await?;
    Ok(remains)
}

async fn remains(
    tx: &mut Tx,
    mut subjects: Vec<Uuid>,
    papers: Vec<Paper>,
    key: Option<Uuid>,
    seen_by: Vec<Uuid>,
) -> Result<Remains, DbError> {
    for paper in &papers {
        subjects.push(paper.id);
        forget(tx, "documents", paper.id).await?;
    }
    let sealed_texts = sealed::delete(tx, subjects.clone()).await?;
    let keys = key.into_iter().chain(papers.iter().map(|paper| paper.key)).collect();
    let objects = papers.into_iter().map(|paper| paper.object).collect();
    Ok(Remains { keys, objects, sealed_texts, subjects, seen_by }.with(Remains::default()))
}

fn thing(subject: &str) -> Option<Thing> {
    match subject.split_once('/')? {
        ("complaints", id) => Some(Thing::Complaint(Id::new(id.parse().ok()?))),
        ("participants", id) => Some(Thing::Participant(Id::new(id.parse().ok()?))),
        _ => None,
    }
}
