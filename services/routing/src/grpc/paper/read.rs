//! What is known of papers.

use redress_chassis::{Call, Paging, Parse};
use redress_proto::routing::v1 as proto;
use redress_store::{Tx, sealed};
use routing_domain::{ContactId, PaperId, id};
use tonic::{Response, Status};
use uuid::Uuid;

use crate::{
    app::{self, App, DOMAIN},
    render,
    seal::{Part, open},
    store::{self, paper::Paper},
};

/// One paper, without its bytes.
pub(super) async fn paper(
    app: &App,
    call: &Call,
    request: &proto::GetPaperRequest,
) -> Result<Response<proto::Paper>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Paper>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let row = visible(app, call, id).await?;
    Ok(Response::new(described(app, call, &row).await?))
}

/// A page of the papers of one contact.
pub(super) async fn papers(
    app: &App,
    call: &Call,
    request: &proto::ListPapersRequest,
) -> Result<Response<proto::ListPapersResponse>, Status> {
    let mut parse = Parse::new();
    let contact = parse.name::<id::Contact>("contact", &request.contact);
    let contact = parse.finish(contact).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let key = key(&mut tx, call, contact).await?;
    let rows = store::paper::page(&mut tx, contact, paging.after(), paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let subjects = rows.iter().map(|row| row.id.uuid()).collect();
    let names = sealed::find_of_subjects(&mut tx, subjects, Part::FileName.as_str()).await;
    let names = names.map_err(app::database)?;
    drop(tx);

    let mut papers: Vec<proto::Paper> = rows.iter().map(render::paper::paper).collect();
    if !names.is_empty() {
        let key = app.desk.open_key(key).await?;
        for (row, paper) in rows.iter().zip(&mut papers) {
            if let Some(name) = names.iter().find(|name| name.subject == row.id.uuid()) {
                let name = open(&key, Part::FileName, name).map_err(app::database)?;
                paper.file_name = String::from_utf8_lossy(&name).into_owned();
            }
        }
        tracing::info!(subject.id = %contact, caller = %call.caller.subject, "names of files were read");
    }
    Ok(Response::new(proto::ListPapersResponse { papers, next_page_token }))
}

/// The key of a contact that the caller sees.
pub(super) async fn key(tx: &mut Tx, call: &Call, contact: ContactId) -> Result<Uuid, Status> {
    let row = store::contact::find_visible(tx, contact, App::organisation(call)).await;
    let row = row.map_err(app::database)?;
    row.map(|row| row.key).ok_or_else(|| DOMAIN.not_found("contact", &contact.name()))
}

/// A paper that the caller sees.
pub(super) async fn visible(app: &App, call: &Call, id: PaperId) -> Result<Paper, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::paper::find_visible(&mut tx, id, App::organisation(call)).await;
    row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("paper", &id.name()))
}

/// A paper with the name of its file.
pub(super) async fn described(app: &App, call: &Call, row: &Paper) -> Result<proto::Paper, Status> {
    let mut rendered = render::paper::paper(row);
    if let Some(name) = app.desk.opened(call, Part::FileName.as_str(), row.id.uuid()).await? {
        rendered.file_name = String::from_utf8_lossy(&name).into_owned();
    }
    Ok(rendered)
}
