//! Contacts as the records-retention service knows them: what is closed may go at the end of its term, with its letter, its mixed
//! complaint, its papers and texts, and the keys that sealed them.

use redress_disposal::{Holdings, Remains, Standing};
use redress_journal::shell::forget::forget;
use redress_kernel::Id;
use redress_proto::records_retention::v1 as proto;
use redress_store::{DbError, Tx, sealed};
use routing_domain::{ContactId, Fate, contact, letter, mixed};

use crate::store::ended::{self, Family};

/// What routing holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contacts;

impl Holdings for Contacts {
    const HOLDER: proto::Holder = proto::Holder::Routing;

    async fn standing(&self, tx: &mut Tx, subject: &str) -> Result<Standing, DbError> {
        let Some(id) = contact(subject) else { return Ok(Standing::NotHere) };
        let Some(family) = ended::family(tx, id).await? else { return Ok(Standing::NotHere) };
        Ok(match family.contact.state.contact() {
            // A blank is what is left of one that is gone already.
            None => Standing::NotHere,
            Some(contact) if is_over(contact, &family) => Standing::Closed,
            Some(_) => Standing::Open,
        })
    }

    async fn take_out(&self, tx: &mut Tx, subject: &str) -> Result<Remains, DbError> {
        let found = match contact(subject) {
            Some(id) => ended::family(tx, id).await?,
            None => None,
        };
        let Some(family) = found else { return Ok(Remains::default()) };
        let papers = ended::papers(tx, family.contact.id).await?;
        let seen_by = ended::parties(tx, family.contact.id).await?;
        let mut subjects = vec![family.contact.id.uuid()];
        forget(tx, "contacts", family.contact.id.uuid()).await?;
        for row in &family.mixed {
            forget(tx, "mixedComplaints", row.id.uuid()).await?;
            subjects.push(row.id.uuid());
        }
        for row in &family.letters {
            forget(tx, "memberLetters", row.id.uuid()).await?;
            subjects.push(row.id.uuid());
        }
        for paper in &papers {
            forget(tx, "papers", paper.id).await?;
            subjects.push(paper.id);
        }
        let sealed_texts = sealed::delete(tx, subjects.clone()).await?;
        ended::end(tx, family.contact.id, &subjects).await?;
        let keys = std::iter::once(family.contact.key).chain(papers.iter().map(|paper| paper.key)).collect();
        let objects = papers.into_iter().map(|paper| paper.object).collect();
        Ok(Remains { keys, objects, sealed_texts, subjects, seen_by }.with(Remains::default()))
    }
}

/// Whether nobody is to do anything about it any more: neither about the contact, nor about what it opened.
fn is_over(contact: &contact::Contact, family: &Family) -> bool {
    let stage = match &contact.stage {
        contact::Stage::Offered { .. } => false,
        contact::Stage::Declined { .. }
        | contact::Stage::HandedOver
        | contact::Stage::NotOpened { .. }
        | contact::Stage::Mixed { .. }
        | contact::Stage::ToBeDirected
        | contact::Stage::Directed
        | contact::Stage::Correspondence { .. }
        | contact::Stage::NotAComplaint => true,
    };
    let complaint = contact.fate().is_none_or(is_final);
    let mixed = family.mixed.iter().filter_map(|row| row.state.mixed()).all(|mixed| match mixed.stage {
        mixed::Stage::Satisfied { .. } | mixed::Stage::Residual { .. } | mixed::Stage::Abandoned => {
            mixed.fate.is_none_or(is_final)
        }
        mixed::Stage::RaisedAtProvider
        | mixed::Stage::JcpLeading
        | mixed::Stage::ContributionRequested
        | mixed::Stage::ContributionSent { .. }
        | mixed::Stage::WordingAgreed { .. }
        | mixed::Stage::JointReplyIssued => false,
    });
    let letters =
        family.letters.iter().filter_map(|row| row.state.letter()).all(|letter| match letter.stage {
            letter::Stage::Closed | letter::Stage::Abandoned => true,
            letter::Stage::Classified | letter::Stage::HoldingSent | letter::Stage::Replied => false,
        });
    stage && complaint && mixed && letters
}

/// Whether what was handed over is over as well.
const fn is_final(fate: Fate) -> bool {
    match fate {
        Fate::Refused | Fate::Redirected | Fate::Closed | Fate::Withdrawn => true,
        Fate::Awaited | Fate::Open | Fate::Answered | Fate::WithIce => false,
    }
}

fn contact(subject: &str) -> Option<ContactId> {
    subject.strip_prefix("contacts/")?.parse().ok().map(Id::new)
}
