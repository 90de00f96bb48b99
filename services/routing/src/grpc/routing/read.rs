//! Reading one contact.

use redress_chassis::{Call, Parse, Roles, wire::Telling};
use redress_policy::Rulebook;
use redress_proto::{complaints::v1 as complaints, options::v1::Role, routing::v1 as proto};
use redress_store::Tx;
use routing_domain::{ContactId, id};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    chain, render,
    seal::{self, Part},
    store::{self, contact::Contact},
};

/// One contact; with what is personal when that was asked for.
pub(super) async fn contact(
    app: &App,
    call: &Call,
    request: &proto::GetContactRequest,
) -> Result<Response<proto::Contact>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Contact>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = visible(&mut tx, call, id).await?;
    let division = division(&mut tx, &row, &app.rulebook).await?;
    drop(tx);
    let mut rendered =
        render::contact::contact(&row, division, &app.rulebook, Telling::Derivation).map_err(app::refused)?;
    if request.view() == proto::ContactView::Full {
        let subject = id.uuid();
        rendered.person = seal::message::<complaints::Person>(app, call, Part::Person, subject).await?;
        rendered.statement =
            seal::message::<complaints::Statement>(app, call, Part::Statement, subject).await?;
        rendered.member = seal::message::<proto::Member>(app, call, Part::Member, subject).await?;
    }
    Ok(Response::new(rendered))
}

/// A contact that the caller may see; the suite's own services see every one, because what is handed over to them they must
/// read.
async fn visible(tx: &mut Tx, call: &Call, id: ContactId) -> Result<Contact, Status> {
    let service = call.caller.roles.overlaps([Role::Service].into_iter().collect::<Roles>());
    let found = if service {
        store::contact::find_many(tx, vec![id]).await.map(|rows| rows.into_iter().next())
    } else {
        store::contact::find_visible(tx, id, App::organisation(call)).await
    };
    found.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("contact", &id.name()))
}

/// Whose bank holidays count for a contact.
async fn division(
    tx: &mut Tx,
    row: &Contact,
    rulebook: &Rulebook,
) -> Result<redress_policy::Division, Status> {
    let missing = || DOMAIN.not_found("contact", &row.id.name());
    let known = redress_chain::find_contracts(tx, vec![row.contract]).await.map_err(app::database)?;
    let known = known.into_iter().next().ok_or_else(missing)?;
    let contact = row.state.contact().ok_or_else(missing)?;
    let contract = chain::on(&known, contact.route.question.received_on, rulebook);
    Ok(contract.map_err(app::refused)?.division)
}
