//! The reports of a disposal, opened: read before the command that needs them, outside of any transaction.

use std::collections::{BTreeSet, HashMap};

use records_retention_domain::{
    PartId, RecordId, Refusal,
    anonymised::Method,
    record::{Holder, Part},
};
use redress_chassis::Call;
use redress_kernel::Id;
use redress_store::sealed::{self, Sealed, seal};
use tonic::Status;
use uuid::Uuid;

use super::{
    assess::{Assessed, Opened},
    read,
};
use crate::{
    app::{self, App, CONTENT, DOMAIN},
    store::{self, record::Record},
};

/// A set that is ready to be kept: its forms as parts of a new record, sealed with a key of their own.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    /// Id for the record of the set.
    pub(crate) record: RecordId,
    /// Its forms.
    pub(crate) parts: Vec<(Part, Sealed)>,
    /// What was found of them this time.
    pub(crate) assessment: records_retention_domain::anonymised::Assessment,
}

/// The reports of these records, as far as the caller sees them. What is no longer kept is left to the rules to refuse.
pub(crate) async fn for_caller(app: &App, call: &Call, ids: &[RecordId]) -> Result<Vec<Opened>, Status> {
    let caller = App::organisation(call);
    let mut rows = Vec::with_capacity(ids.len());
    let mut tx = app.desk.read().await?;
    for id in ids {
        let found = store::record::find_visible(&mut tx, *id, caller).await.map_err(app::database)?;
        rows.push(found.ok_or_else(|| DOMAIN.not_found("record", &id.name()))?);
    }
    drop(tx);
    reports(app, &rows).await
}

/// The reports of these records, whoever sees them.
pub(crate) async fn all(app: &App, ids: &[RecordId]) -> Result<Vec<Opened>, Status> {
    let mut tx = app.desk.read().await?;
    let rows = store::record::find_many(&mut tx, ids.to_vec()).await.map_err(app::database)?;
    drop(tx);
    reports(app, &rows).await
}

/// Opens what lies with each record field by field. Other parts of a record are written freely: they go with the original.
async fn reports(app: &App, rows: &[Record]) -> Result<Vec<Opened>, Status> {
    let mut parts: HashMap<PartId, &Record> = HashMap::new();
    let mut without: BTreeSet<String> = BTreeSet::new();
    for row in rows {
        if !row.class.is_report() {
            let (record, class) = (row.id, row.class);
            return Err(app::refused(Refusal::MethodNotAllowed { record, class, method: Method::Anonymise }));
        }
        let Some(file) = row.state.file() else { continue };
        let before = parts.len();
        parts.extend(file.parts.iter().filter(|part| part.is_report).map(|part| (part.id, row)));
        if parts.len() == before {
            without.insert(format!("{}:report", row.id.name()));
        }
    }
    if !without.is_empty() {
        return Err(app::refused(Refusal::NotAnonymous { fields: without.into_iter().collect() }));
    }
    let mut tx = app.desk.read().await?;
    let subjects: Vec<Uuid> = parts.keys().map(|part| part.uuid()).collect();
    let sealed = sealed::find_of_subjects(&mut tx, subjects, CONTENT).await.map_err(app::database)?;
    drop(tx);
    let mut reports = Vec::with_capacity(sealed.len());
    for text in sealed {
        let Some(row) = parts.get(&Id::new(text.subject)) else { continue };
        let opened = app.desk.unseal(CONTENT, &text).await?;
        let report = read(&opened).ok_or_else(|| {
            app::refused(Refusal::NotAnonymous { fields: vec![format!("{}:report", row.id.name())] })
        })?;
        reports.push(Opened { record: row.id, person: row.participant, report });
    }
    reports.sort_by_key(|opened| opened.record);
    Ok(reports)
}

/// Makes a set ready to be kept.
pub(crate) async fn prepare(app: &App, assessed: Assessed) -> Result<Prepared, Status> {
    let key = app.desk.new_key().await?;
    let part = |form: &Vec<u8>| {
        let id: PartId = app.desk.fresh();
        let part = Part {
            id,
            holder: Holder::RecordsRetention,
            subject: String::new(),
            added_on: app.desk.today(),
            is_report: true,
            digest: None,
            readmitted_of: None,
            content: None,
        };
        Ok((part, seal(&key, CONTENT, id.uuid(), form).map_err(app::seal)?))
    };
    let parts = assessed.forms.iter().map(part).collect::<Result<Vec<_>, Status>>()?;
    Ok(Prepared { record: app.desk.fresh(), parts, assessment: assessed.assessment })
}

/// The least size of a group, as the practice has it that all packs share (Q46).
pub(crate) fn least_group(app: &App) -> u32 {
    let practices = app.rulebook.library.packs().iter().map(|pack| pack.practice.anonymised_group.value);
    practices.max().unwrap_or(u32::MAX)
}
