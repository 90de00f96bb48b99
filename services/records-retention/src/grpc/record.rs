//! `RecordService`.

pub(super) mod change;
pub(super) mod download;
pub(super) mod hold;
pub(super) mod list;
pub(super) mod read;
pub(super) mod simulate;
pub(super) mod upload;

use records_retention_domain::{ParticipantId, RecordId};
use redress_chassis::Call;
use redress_kernel::Moment;
use redress_store::Tx;
use tonic::Status;

use crate::{
    app::{self, App, DOMAIN},
    command::record::{Basis, basis},
    store::{self, record::Record},
};

/// A record that the caller sees.
async fn visible(tx: &mut Tx, call: &Call, id: RecordId) -> Result<Record, Status> {
    let found = store::record::find_visible(tx, id, App::organisation(call)).await.map_err(app::database)?;
    found.ok_or_else(|| DOMAIN.not_found("record", &id.name()))
}

/// What the dates of a record hang on, as it is read.
async fn basis_of<'a>(app: &'a App, tx: &mut Tx, row: &Record) -> Result<Basis<'a>, Status> {
    let mut found = redress_chain::find_contracts(tx, vec![row.contract]).await.map_err(app::database)?;
    let contract = found.pop().ok_or_else(|| DOMAIN.not_found("contract", &row.contract.name()))?;
    let about: Vec<ParticipantId> = row.participant.into_iter().collect();
    let person = store::person::find_many(tx, about.clone()).await.map_err(app::database)?.pop();
    let held = person.map(|person| person.held).unwrap_or_default();
    let asked = store::erasure::find_of_persons(tx, about).await.map_err(app::database)?;
    let granted = asked.first().and_then(|asked| asked.state.granted());
    let promised = store::promise::find_many(tx, vec![row.contract]).await.map_err(app::database)?;
    let basis = basis(&contract, promised.first(), &app.rulebook).map_err(app::refused)?;
    Ok(Basis { granted, held, ..basis })
}

/// The moment of a read.
fn moment(app: &App) -> Moment {
    Moment::at(app.desk.parts.clock.now())
}
