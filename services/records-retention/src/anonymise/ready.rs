//! The set of an approved disposal, made ready for its order. Reports are opened, and a key is taken, only once the order would be given: a disposal
//! that waits, because somebody stopped it, the date is in doubt or enough was ordered today, is looked at twice a minute.

use records_retention_domain::{RecordId, disposal::State};
use redress_journal::shell::{Command, World as _};
use tonic::{Code, Status};

use super::{
    assess::assess,
    collect::{self, Prepared},
};
use crate::{
    app::{self, App},
    command::order::MoveOn,
    store,
    world::World,
};

/// The step with the set that it makes, where it makes one; `before` is what was made ready for it before, and was not used. What cannot be
/// anonymised any more, or is no longer what two people agreed on, is left out, so that the disposal comes to nothing.
///
/// # Errors
/// What keeps the order from being given, and passes.
pub(crate) async fn make_ready(
    app: &App,
    mut step: MoveOn,
    before: Option<Prepared>,
) -> Result<MoveOn, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::disposal::find_many(&mut tx, vec![step.disposal]).await.map_err(app::database)?.pop();
    let proposal = row.as_ref().filter(|row| matches!(row.state, State::Approved { .. }));
    let proposal = proposal.and_then(|row| row.state.proposal());
    let Some((proposal, agreed)) = proposal.and_then(|it| Some((it, it.assessment.as_ref()?))) else {
        return Ok(step);
    };
    let (mut world, mut wants) = (World::new(), Vec::new());
    Command::<World>::wants(&step, &mut wants);
    world.load(&mut tx, &wants).await.map_err(app::database)?;
    drop(tx);
    if !step.would_order(&world, app.desk.parts.clock.now()).map_err(app::refused)? {
        return Ok(step);
    }
    let records: Vec<RecordId> = proposal.items.iter().map(|item| item.record).collect();
    let reports = match collect::all(app, &records).await {
        Ok(reports) => reports,
        Err(status) if status.code() == Code::FailedPrecondition => return Ok(step),
        Err(status) => return Err(status),
    };
    let assessed = assess(&reports, agreed.least_group);
    let Some(assessed) = assessed.ok().filter(|assessed| assessed.assessment == *agreed) else {
        return Ok(step);
    };
    step.prepared = Some(match before.filter(|before| before.assessment == *agreed) {
        Some(before) => before,
        None => collect::prepare(app, assessed).await?,
    });
    Ok(step)
}
