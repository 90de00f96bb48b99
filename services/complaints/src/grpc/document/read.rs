//! What is known of documents.

use complaints_domain::{DocumentId, id};
use redress_chassis::{Call, Paging, Parse};
use redress_proto::complaints::v1 as proto;
use redress_store::sealed;
use tonic::{Response, Status};

use super::parent;
use crate::{
    app::{self, App, DOMAIN},
    render,
    seal::{Part, open},
    store::{self, document::Document},
};

/// One document, without its bytes.
pub(super) async fn document(
    app: &App,
    call: &Call,
    request: &proto::GetDocumentRequest,
) -> Result<Response<proto::Document>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Document>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let row = visible(app, call, id).await?;
    Ok(Response::new(described(app, call, &row).await?))
}

/// A page of the documents of one parent.
pub(super) async fn documents(
    app: &App,
    call: &Call,
    request: &proto::ListDocumentsRequest,
) -> Result<Response<proto::ListDocumentsResponse>, Status> {
    let mut parse = Parse::new();
    let parent = parent::parse(&mut parse, "parent", &request.parent);
    let parent = parse.finish(parent).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let key = parent::key(&mut tx, call, parent).await?;
    let rows = store::document::page(&mut tx, parent.uuid(), paging.after(), paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let subjects = rows.iter().map(|row| row.id.uuid()).collect();
    let names = sealed::find_of_subjects(&mut tx, subjects, Part::FileName.as_str()).await;
    let names = names.map_err(app::database)?;
    drop(tx);

    let mut documents: Vec<proto::Document> = rows.iter().map(render::document::document).collect();
    if !names.is_empty() {
        let key = app.desk.open_key(key).await?;
        for (row, document) in rows.iter().zip(&mut documents) {
            if let Some(name) = names.iter().find(|name| name.subject == row.id.uuid()) {
                let name = open(&key, Part::FileName, name).map_err(app::database)?;
                document.file_name = String::from_utf8_lossy(&name).into_owned();
            }
        }
        tracing::info!(subject.id = %parent.uuid(), caller = %call.caller.subject, "names of files were read");
    }
    Ok(Response::new(proto::ListDocumentsResponse { documents, next_page_token }))
}

/// A document that the caller sees.
pub(super) async fn visible(app: &App, call: &Call, id: DocumentId) -> Result<Document, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::document::find_visible(&mut tx, id, App::organisation(call)).await;
    row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("document", &id.name()))
}

/// A document with the name of its file.
pub(super) async fn described(app: &App, call: &Call, row: &Document) -> Result<proto::Document, Status> {
    let mut rendered = render::document::document(row);
    if let Some(name) = app.desk.opened(call, Part::FileName.as_str(), row.id.uuid()).await? {
        rendered.file_name = String::from_utf8_lossy(&name).into_owned();
    }
    Ok(rendered)
}
