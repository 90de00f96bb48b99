//! Putting a document on file: described, received, looked at, durable, and only then on record.

use complaints_domain::DocumentId;
use redress_chassis::{Call, Parse};
use redress_kernel::text;
use redress_papers::{Declared, Intake, Piece, Pieces};
use redress_proto::complaints::v1::{self as proto, UploadDocumentRequest, upload_document_request};
use tonic::{Response, Status, Streaming};

use super::parent;
use crate::{
    app::{self, App, DOMAIN},
    command::document::{Parent, StoreDocument},
    convert,
    seal::{Part, seal},
    store::document::DocumentKind,
};

/// What is to come.
struct Description {
    parent: Parent,
    file_name: String,
    kind: DocumentKind,
    declared: Declared,
}

/// Takes a document in and puts it on file.
pub(super) async fn document(
    app: App,
    call: Call,
    stream: Streaming<UploadDocumentRequest>,
) -> Result<Response<proto::Document>, Status> {
    let parts = &app.desk.parts;
    let intake = Intake { domain: DOMAIN, parts, largest: app.largest_document };
    let mut pieces = Pieces::new(DOMAIN, stream, piece, &call, parts.tasks.stopping().clone());
    let description = read(&pieces.description().await?)?;
    let mut tx = app.desk.read().await?;
    let key = parent::key(&mut tx, &call, description.parent).await?;
    drop(tx);
    let key = app.desk.open_key(key).await?;
    let id: DocumentId = app.desk.fresh();
    let (stored, stage) = intake.receive(&key, id.uuid(), &description.declared, &mut pieces).await?;

    let file_name = seal(&key, Part::FileName, id.uuid(), description.file_name.as_bytes());
    let call = Intake::call(&app.fingerprints, call, &description.declared, &said(&description), &stored);
    let command = StoreDocument {
        caller: App::organisation(&call),
        uploader: call.caller.subject.clone(),
        id,
        parent: description.parent,
        kind: description.kind,
        stage,
        media_type: description.declared.media_type,
        stored,
        key: key.id().uuid(),
        file_name: file_name.map_err(app::seal)?,
    };
    let mut command = call.command(command);
    command.partition = Some(description.parent.uuid());
    let outcome = app.desk.shell().submit(command).await;
    let mut answer = intake.settle(&stored, outcome, |answer| answer.name == id.name()).await?;
    answer.file_name = description.file_name;
    Ok(Response::new(answer))
}

/// What a message of an upload brings.
fn piece(message: UploadDocumentRequest) -> Option<Piece<proto::DocumentDescription>> {
    match message.piece? {
        upload_document_request::Piece::Description(description) => Some(Piece::Description(description)),
        upload_document_request::Piece::Chunk(chunk) => {
            Some(Piece::Chunk { offset: chunk.offset, data: chunk.data })
        }
    }
}

/// What the caller said of the document beside its bytes.
fn said(description: &Description) -> [(&'static str, Vec<u8>); 3] {
    [
        ("description.parent", description.parent.name().into_bytes()),
        ("description.file_name", description.file_name.clone().into_bytes()),
        ("description.kind", convert::document::kind(description.kind).as_str_name().into()),
    ]
}

fn read(description: &proto::DocumentDescription) -> Result<Description, Status> {
    let mut parse = Parse::new();
    let request_id = parse.optional_uuid("description.request_id", &description.request_id);
    let request_id = parse.chosen("description.request_id", request_id);
    let parent = parent::parse(&mut parse, "description.parent", &description.parent);
    let kind = parse.chosen("description.kind", convert::document::read_kind(description.kind));
    let size = parse.chosen("description.size_bytes", u64::try_from(description.size_bytes).ok());
    let sha256 = Some(description.sha256.clone()).filter(|digest| !digest.is_empty());
    if sha256.as_ref().is_some_and(|digest| complaints_domain::Digest::parse(digest).is_err()) {
        parse.fault("description.sha256", "INVALID_DIGEST", "must be 64 lower-case hexadecimal digits");
    }
    let all = request_id.zip(parent).zip(kind).zip(size);
    let read = all.map(|(((request_id, parent), kind), size)| Description {
        parent,
        file_name: text::normalise(&description.file_name),
        kind,
        declared: Declared {
            request_id,
            media_type: description.media_type.to_ascii_lowercase(),
            size,
            sha256,
        },
    });
    parse.finish(read).map_err(app::invalid)
}
