//! Reading complaints, many at a time (ADR 0012).
//!
//! Every read asks the database, together with its group, whether the caller may see the complaint and at which
//! revision it is. Only what is made of a row of that revision is taken from memory, and never anything personal.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use bytes::Bytes;
use complaints_domain::{ComplaintId, OrganisationId, ProcedureId};
use jiff::civil::Date;
use redress_chassis::{Rendered, wire::Telling};
use redress_store::{DbError, Glance, Query, Reading, Tx};

use crate::store::{
    self,
    complaint::{Complaint, SELECT_REVISIONS},
    procedure::Procedure,
};

/// How many bytes of answers are kept: about two thousand complaints, which is more than a desk looks at in a day.
const KEPT: usize = 8 << 20;

/// What an answer was made of, beside the guidance, which does not change while the process runs. A procedure's titles never
/// change either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Version {
    complaint: ComplaintId,
    revision: i64,
    today: Date,
    telling: Telling,
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
    /// How much of its dates.
    pub(crate) telling: Telling,
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

    /// Remembers what `row` looks like to whoever asked `question`, without its statement.
    pub(crate) fn remember(&self, row: &Complaint, question: Question, answer: Bytes) {
        let Question { complaint, today, telling, caller: _ } = question;
        self.rendered.put(Version { complaint, revision: row.revision, today, telling }, answer);
    }
}

impl Reading for Complaints {
    type Question = Question;
    type Answer = Found;

    async fn at_hand(
        &self,
        glance: &mut Glance,
        questions: &[Question],
    ) -> Result<Vec<Option<Found>>, DbError> {
        let kept = self.kept(glance.query(SELECT_REVISIONS), questions).await?;
        let found = |kept| match kept {
            Kept::Nothing => Some(Found::Nothing),
            Kept::Rendered(answer) => Some(Found::Rendered(answer)),
            Kept::Not => None,
        };
        Ok(kept.into_iter().map(found).collect())
    }

    async fn answer(&self, tx: &mut Tx, questions: &[Question]) -> Result<Vec<Found>, DbError> {
        let kept = self.kept(tx.query(SELECT_REVISIONS), questions).await?;
        let missing = |(question, kept): (&Question, &Kept)| match kept {
            Kept::Nothing | Kept::Rendered(_) => None,
            Kept::Not => Some(question.complaint),
        };
        let missing = questions.iter().zip(&kept).filter_map(missing).collect();
        let rows = Rows::load(tx, missing).await?;
        let found = |(question, kept): (&Question, Kept)| match kept {
            Kept::Nothing => Found::Nothing,
            Kept::Rendered(answer) => Found::Rendered(answer),
            Kept::Not => rows.of(question.complaint),
        };
        Ok(questions.iter().zip(kept).map(found).collect())
    }
}

/// What there is in memory for a question.
enum Kept {
    /// There is no such complaint for this caller.
    Nothing,
    /// Its answer.
    Rendered(Bytes),
    /// Nothing of this revision, on this day.
    Not,
}

impl Complaints {
    /// Asks which complaints the callers may see, and at which revision each is, and looks these up.
    async fn kept(&self, query: Query<'_>, questions: &[Question]) -> Result<Vec<Kept>, DbError> {
        let asked = questions.iter().map(|question| (question.complaint, question.caller)).collect();
        let seen = store::complaint::find_revisions(query, asked).await?;
        let kept = |&Question { complaint, caller, today, telling }: &Question| {
            let Some(&revision) = seen.get(&(complaint, caller)) else { return Kept::Nothing };
            self.rendered
                .get(&Version { complaint, revision, today, telling })
                .map_or(Kept::Not, Kept::Rendered)
        };
        Ok(questions.iter().map(kept).collect())
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
