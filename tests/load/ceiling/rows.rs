//! The rows of a registration, as the server writes them, modelled on one that it wrote.

use jiff::{Timestamp, civil::Date};
use redress_store::{Batch, DbError, Document, Parameter as _, Row, Table, Tx, Value};
use redress_tests::seed::Seed;
use uuid::Uuid;

const COMPLAINTS: Table = Table::insert(
    "complaints",
    &[
        "complaint_id",
        "contract_id",
        "participant_id",
        "organisation_id",
        "case_reference",
        "reference",
        "fingerprint",
        "stage",
        "stage_number",
        "received_on",
        "next_due_kind",
        "next_due_on",
        "wake_on",
        "persons_complained_about",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
        "updated_at",
    ],
);
const PARTIES: Table = Table::insert(
    "complaint_parties",
    &["complaint_id", "organisation_id", "contract_id", "worked_by_id", "stage", "next_due_on"],
);
const SEALED: Table = Table::insert("sealed", &["subject_id", "part", "key_id", "content"]);
const JOURNAL: Table = Table::insert(
    "journal",
    &[
        "entry_id",
        "stream_kind",
        "stream_id",
        "stream_version",
        "entry_type",
        "scope_id",
        "content",
        "traceparent",
        "recorded_at",
    ],
);
const PENDING: Table = Table::insert(
    "journal_pending",
    &["entry_id", "stream_kind", "stream_id", "stream_version", "leaf", "recorded_at"],
);
const REQUESTS: Table = Table::insert(
    "requests",
    &["caller_organisation", "request_id", "method", "digests", "answer", "recorded_at"],
);

const COMPLAINT: &str = "SELECT complaint_id, contract_id, participant_id, organisation_id, stage, stage_number, received_on, \
     next_due_kind, next_due_on, wake_on, persons_complained_about, state, key_id, created_at FROM complaints \
     ORDER BY complaint_id LIMIT 1";
const PARTY: &str = "SELECT organisation_id FROM complaint_parties WHERE complaint_id = $1";
const SEAL: &str = "SELECT part, content FROM sealed WHERE subject_id = $1";
const ENTRY: &str = "SELECT stream_kind, entry_type, content, traceparent FROM journal WHERE stream_id = $1 AND stream_version = 1";
const REQUEST: &str = "SELECT method, digests, answer FROM requests WHERE method LIKE $1 LIMIT 1";
const METHOD: &str = "%RegisterComplaint%";

/// One registration that the server wrote.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    contract: Uuid,
    participant: Uuid,
    organisation: Uuid,
    stage: String,
    stage_number: i64,
    received_on: Date,
    next_due_kind: Option<String>,
    next_due_on: Option<Date>,
    wake_on: Option<Date>,
    persons: Document,
    state: Document,
    key: Uuid,
    created_at: Timestamp,
    parties: Vec<Uuid>,
    sealed: Vec<(String, Vec<u8>)>,
    entry: (String, String, Vec<u8>, String),
    request: (String, Vec<u8>, Vec<u8>),
}

impl Model {
    /// Takes the first complaint there is.
    pub(crate) async fn read(tx: &mut Tx) -> Result<Self, DbError> {
        let (id, mut model) = tx.query(COMPLAINT).one(complaint).await?;
        model.parties = tx.query(PARTY).bind(id).all(|row| row.get("organisation_id")).await?;
        model.sealed = tx.query(SEAL).bind(id).all(|row| Ok((row.get("part")?, row.get("content")?))).await?;
        model.entry = tx.query(ENTRY).bind(id).one(entry).await?;
        model.request = tx
            .query(REQUEST)
            .bind(METHOD)
            .one(|row| Ok((row.get("method")?, row.get("digests")?, row.get("answer")?)))
            .await?;
        Ok(model)
    }
}

fn complaint(row: &Row<'_>) -> Result<(Uuid, Model), DbError> {
    let model = Model {
        contract: row.get("contract_id")?,
        participant: row.get("participant_id")?,
        organisation: row.get("organisation_id")?,
        stage: row.get("stage")?,
        stage_number: row.get("stage_number")?,
        received_on: row.get("received_on")?,
        next_due_kind: row.get("next_due_kind")?,
        next_due_on: row.get("next_due_on")?,
        wake_on: row.get("wake_on")?,
        persons: row.get("persons_complained_about")?,
        state: row.get("state")?,
        key: row.get("key_id")?,
        created_at: row.get("created_at")?,
        parties: Vec::new(),
        sealed: Vec::new(),
        entry: Default::default(),
        request: Default::default(),
    };
    Ok((row.get("complaint_id")?, model))
}

fn entry(row: &Row<'_>) -> Result<(String, String, Vec<u8>, String), DbError> {
    Ok((row.get("stream_kind")?, row.get("entry_type")?, row.get("content")?, row.get("traceparent")?))
}

/// Registrations on their way into the tables.
pub(crate) struct Rows<'m> {
    model: &'m Model,
    /// In the order in which the tables refer to one another.
    batches: [Batch; 6],
}

impl<'m> Rows<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let batches = [&COMPLAINTS, &PARTIES, &SEALED, &JOURNAL, &PENDING, &REQUESTS].map(Batch::new);
        Self { model, batches }
    }

    /// Adds what is listed: the complaint and its parties.
    pub(crate) fn complaint(&mut self, seed: &mut Seed) -> Uuid {
        let model = self.model;
        let id = ordered(seed);
        let [complaints, parties, ..] = &mut self.batches;
        complaints.push([
            id.value(),
            model.contract.value(),
            model.participant.value(),
            model.organisation.value(),
            // As little in order as the server's and the callers' own, whose places in the indexes are anywhere.
            format!("B-{:016x}", seed.number()).value(),
            format!("RAW-{:016x}", seed.number()).value(),
            seed.bytes(32).value(),
            model.stage.clone().value(),
            model.stage_number.value(),
            model.received_on.value(),
            model.next_due_kind.clone().value(),
            model.next_due_on.value(),
            model.wake_on.value(),
            model.persons.clone().value(),
            model.state.clone().value(),
            model.key.value(),
            1_i64.value(),
            1_i64.value(),
            model.created_at.value(),
            model.created_at.value(),
        ]);
        for organisation in &model.parties {
            parties.push([
                id.value(),
                organisation.value(),
                model.contract.value(),
                model.organisation.value(),
                model.stage.clone().value(),
                model.next_due_on.value(),
            ]);
        }
        id
    }

    /// Adds all that a registration writes.
    pub(crate) fn registration(&mut self, seed: &mut Seed) {
        let id = self.complaint(seed);
        let (model, entry) = (self.model, ordered(seed));
        let [_, _, sealed, journal, pending, requests] = &mut self.batches;
        for (part, content) in &model.sealed {
            sealed.push([id.value(), part.clone().value(), model.key.value(), content.clone().value()]);
        }
        let (kind, of_type, content, traceparent) = &model.entry;
        journal.push([
            entry.value(),
            kind.clone().value(),
            id.value(),
            1_i64.value(),
            of_type.clone().value(),
            Some(model.contract).value(),
            content.clone().value(),
            traceparent.clone().value(),
            model.created_at.value(),
        ]);
        pending.push([
            entry.value(),
            kind.clone().value(),
            id.value(),
            1_i64.value(),
            seed.bytes(32).value(),
            model.created_at.value(),
        ]);
        let (method, digests, answer) = &model.request;
        let request: [Value; 6] = [
            model.organisation.value(),
            seed.uuid().value(),
            method.clone().value(),
            digests.clone().value(),
            answer.clone().value(),
            model.created_at.value(),
        ];
        requests.push(request);
    }

    /// Writes them.
    pub(crate) async fn flush(self, tx: &mut Tx) -> Result<(), DbError> {
        for batch in self.batches {
            if !batch.is_empty() {
                tx.flush(batch).await?;
            }
        }
        Ok(())
    }
}

/// An id of version 7 whose time goes on with every one drawn, as the server's own do.
fn ordered(seed: &mut Seed) -> Uuid {
    use std::sync::atomic::{AtomicU64, Ordering};
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let millis = 1_800_000_000_000 + DRAWN.fetch_add(1, Ordering::Relaxed);
    let random = [seed.number().to_be_bytes(), seed.number().to_be_bytes()].concat();
    let mut ten = [0; 10];
    ten.copy_from_slice(&random[..10]);
    uuid::Builder::from_unix_timestamp_millis(millis, &ten).into_uuid()
}
