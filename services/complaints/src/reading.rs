//! Reading complaints, many at a time (ADR 0012).
//!
//! Every read asks the database, in a transaction of its own group, whether the caller may see the complaint and at which
//! revision it is. Only what is made of a row of that revision is taken from memory, and never anything personal.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use bytes::Bytes;
use complaints_domain::{ComplaintId, OrganisationId, ProcedureId};
use jiff::civil::Date;
use redress_chassis::Rendered;
use redress_store::{DbError, Reading, Tx};

use crate::store::{self, complaint::Complaint, procedure::Procedure};

/// How many bytes of answers are kept: about two thousand complaints, which is more than a desk looks at in a day.
const KEPT: usize = 8 << 20;

/// What an answer was made of, beside the guidance, which does not change while the process runs. A procedure's titles never
/// change either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Version {
    complaint: ComplaintId,
    revision: i64,
    today: Date,
}

/// One read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Question {
    /// Of which complaint.
    pub(crate) complaint: ComplaintId,
    /// For whom.
    pub(crate) caller: OrganisationId,
    /// On which day.
    pub(crate) today: Date,
}

/// What was found.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// There is no such complaint, or the caller may not see it; the two look the same.
    Nothing,
    /// The answer, as it was rendered from this revision before.
    Rendered(Bytes),
    /// The rows to render it from.
    Rows(Arc<Complaint>, Option<Arc<Procedure>>),
}

/// Finds complaints, and remembers how they were rendered.
#[derive(Clone, Debug)]
pub(crate) struct Complaints {
    rendered: Arc<Rendered<Version>>,
}

impl Complaints {
    /// Nothing remembered yet.
    pub(crate) fn new() -> Self {
        Self { rendered: Arc::new(Rendered::new(KEPT)) }
    }

    /// Remembers what `row` looks like on `today`, without its statement.
    pub(crate) fn remember(&self, row: &Complaint, today: Date, answer: Bytes) {
        self.rendered.put(Version { complaint: row.id, revision: row.revision, today }, answer);
    }
}

impl Reading for Complaints {
    type Question = Question;
    type Answer = Found;

    async fn answer(&self, tx: &mut Tx, questions: &[Question]) -> Result<Vec<Found>, DbError> {
        let asked: BTreeSet<_> =
            questions.iter().map(|question| (question.complaint, question.caller)).collect();
        let seen = store::complaint::find_revisions(tx, asked).await?;
        let mut missing = BTreeSet::new();
        let mut kept = Vec::with_capacity(questions.len());
        for &Question { complaint, caller, today } in questions {
            let version =
                seen.get(&(complaint, caller)).map(|&revision| Version { complaint, revision, today });
            let answer = version.and_then(|version| self.rendered.get(&version));
            if version.is_some() && answer.is_none() {
                missing.insert(complaint);
            }
            kept.push((version, answer));
        }
        let rows = Rows::load(tx, missing).await?;
        let found = |(question, kept): (&Question, (Option<Version>, Option<Bytes>))| match kept {
            (None, _) => Found::Nothing,
            (Some(_), Some(answer)) => Found::Rendered(answer),
            (Some(_), None) => rows.of(question.complaint),
        };
        Ok(questions.iter().zip(kept).map(found).collect())
    }
}

/// The rows of what is not remembered.
struct Rows {
    complaints: HashMap<ComplaintId, Arc<Complaint>>,
    procedures: HashMap<ProcedureId, Arc<Procedure>>,
}

impl Rows {
    async fn load(tx: &mut Tx, complaints: BTreeSet<ComplaintId>) -> Result<Self, DbError> {
        let complaints = store::complaint::find_many(tx, complaints.into_iter().collect()).await?;
        let pinned: BTreeSet<ProcedureId> = complaints.iter().filter_map(pinned).collect();
        let procedures = store::procedure::find_many(tx, pinned.into_iter().collect()).await?;
        Ok(Self {
            complaints: complaints.into_iter().map(|row| (row.id, Arc::new(row))).collect(),
            procedures: procedures.into_iter().map(|row| (row.id, Arc::new(row))).collect(),
        })
    }

    fn of(&self, complaint: ComplaintId) -> Found {
        let Some(row) = self.complaints.get(&complaint) else { return Found::Nothing };
        let procedure = pinned(row).and_then(|id| self.procedures.get(&id));
        Found::Rows(Arc::clone(row), procedure.map(Arc::clone))
    }
}

fn pinned(row: &Complaint) -> Option<ProcedureId> {
    row.state.case().map(|case| case.file.procedure.id)
}
