//! The switch.

use redress_chassis::Call;
use redress_proto::records_retention::v1 as proto;
use tonic::{Response, Status};

use crate::{
    app::{self, App},
    command::{
        control::{Turn, TurnSwitch},
        propose::control_of,
    },
    marks, render,
    store::{self, control::Control},
};

/// Turns the switch of the caller's organisation.
pub(super) async fn turn(
    app: &App,
    call: &Call,
    turn: Turn,
) -> Result<Response<proto::DisposalControl>, Status> {
    let control = control_of(App::organisation(call));
    let command = TurnSwitch { actor: App::actor(call), control, turn, most_a_day: most_a_day(app) };
    app.desk.submit(call, Some(control.uuid()), command).await
}

/// How it stands.
pub(super) async fn get(app: &App, call: &Call) -> Result<Response<proto::DisposalControl>, Status> {
    let id = control_of(App::organisation(call));
    let mut tx = app.desk.read().await?;
    let row = store::control::find_many(&mut tx, vec![id]).await.map_err(app::database)?.pop();
    let doubt = marks::doubt(&mut tx).await.map_err(app::database)?;
    drop(tx);
    let row = row.unwrap_or_else(|| Control::new(id));
    let control = render::control::control(&row, doubt.is_some(), most_a_day(app), app.desk.today());
    Ok(Response::new(control))
}

/// The most records a day, as the practice has it that all packs share (Q45).
fn most_a_day(app: &App) -> u32 {
    let practices = app.rulebook.library.packs().iter().map(|pack| pack.practice.disposals_a_day.value);
    practices.min().unwrap_or_default()
}
