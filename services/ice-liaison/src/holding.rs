//! Examinations as the records-retention service knows them: what is over may go at the end of its term, with its letters, accounts and
//! recommendations, and the key that sealed them; so may what was learned of a complaint, with the list of its bags. The charge, the
//! ledger and the figures stay: they are the department's accounts, and name nobody.

#[cfg(test)]
mod meeting;

use ice_liaison_domain::{ComplaintId, ExaminationId, examination::ChargeStanding};
use redress_disposal::{Holdings, Remains, Standing};
use redress_journal::shell::forget::forget;
use redress_kernel::Id;
use redress_proto::records_retention::v1 as proto;
use redress_store::{DbError, Tx, sealed};

use crate::store::{
    ended::{self, Over},
    examination::Examination,
};

/// What ice-liaison holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExaminationsAndCases;

/// One thing of it.
enum Thing {
    Examination(ExaminationId),
    Case(ComplaintId),
}

impl Holdings for ExaminationsAndCases {
    const HOLDER: proto::Holder = proto::Holder::IceLiaison;

    async fn standing(&self, tx: &mut Tx, subject: &str) -> Result<Standing, DbError> {
        match thing(subject) {
            Some(Thing::Examination(id)) => Ok(match ended::examination(tx, id).await? {
                Some(row) if is_over(&row, ended::is_charged(tx, id).await?) => Standing::Closed,
                Some(_) => Standing::Open,
                None => Standing::NotHere,
            }),
            Some(Thing::Case(id)) => Ok(match ended::case(tx, id).await? {
                Some(Over(true)) => Standing::Closed,
                Some(Over(false)) => Standing::Open,
                None => Standing::NotHere,
            }),
            None => Ok(Standing::NotHere),
        }
    }

    async fn take_out(&self, tx: &mut Tx, subject: &str) -> Result<Remains, DbError> {
        match thing(subject) {
            Some(Thing::Examination(id)) => examination(tx, id).await,
            Some(Thing::Case(id)) => case(tx, id).await,
            None => Ok(Remains::default()),
        }
    }
}

async fn examination(tx: &mut Tx, id: ExaminationId) -> Result<Remains, DbError> {
    let Some(row) = ended::examination(tx, id).await? else { return Ok(Remains::default()) };
    let charge = ended::charge(tx, id).await?;
    let seen_by = ended::seen_by(tx, row.contract, row.organisation).await?;
    let mut subjects = vec![id.uuid()];
    if let Some(case) = row.state.case() {
        subjects.extend(case.file.letters.iter().map(|letter| letter.id.uuid()));
        subjects.extend(case.file.recommendations.iter().map(|recommendation| recommendation.id.uuid()));
    }
    forget(tx, "examinations", id.uuid()).await?;
    // What someone wrote of a charge goes with the case; the charge itself stays, and answers for itself.
    let mut texts = subjects.clone();
    if let Some(charge) = charge {
        texts.push(charge);
    }
    let sealed_texts = sealed::delete(tx, texts).await?;
    ended::end_examination(tx, id).await?;
    let keys = vec![row.key];
    Ok(Remains { keys, objects: Vec::new(), sealed_texts, subjects, seen_by }.with(Remains::default()))
}

async fn case(tx: &mut Tx, id: ComplaintId) -> Result<Remains, DbError> {
    let seen_by = ended::sees_case(tx, id).await?;
    ended::end_case(tx, id).await?;
    Ok(Remains { subjects: vec![id.uuid()], seen_by, ..Remains::default() }.with(Remains::default()))
}

/// Whether it ended, and nobody is still to decide on a charge.
fn is_over(row: &Examination, charged: bool) -> bool {
    let undecided = |standing| match standing {
        ChargeStanding::Due | ChargeStanding::DecisionNeeded => !charged,
        ChargeStanding::None | ChargeStanding::NotInPack | ChargeStanding::NotKnown => false,
    };
    let report = row.state.case().and_then(|case| case.file.report.as_ref());
    row.state.stage_name().is_terminal() && !report.is_some_and(|report| undecided(report.charge))
}

fn thing(subject: &str) -> Option<Thing> {
    match subject.split_once('/')? {
        ("examinations", id) => Some(Thing::Examination(Id::new(id.parse().ok()?))),
        ("complaints", id) => Some(Thing::Case(Id::new(id.parse().ok()?))),
        _ => None,
    }
}
