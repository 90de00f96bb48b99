//! Putting a document on file: described, received, looked at, durable, and only then on record.

use std::sync::Arc;

use complaints_domain::DocumentId;
use redress_chassis::{Call, Parse, RequestDigest};
use redress_journal::Failure;
use redress_kernel::{hexadecimal, text};
use redress_proto::complaints::v1::{self as proto, UploadDocumentRequest};
use redress_store::{blob::Stored, seal::DataKey};
use tonic::{Response, Status, Streaming};
use uuid::Uuid;

use super::{
    fault, parent,
    receive::{Pieces, invalid},
};
use crate::{
    app::{self, App, DOMAIN},
    command::document::{DocumentRefusal, Parent, StoreDocument},
    convert,
    screen::Screen,
    seal::{Part, seal},
    store::document::{DocumentKind, DocumentStage},
};

/// What is to come.
struct Description {
    request_id: Uuid,
    parent: Parent,
    file_name: String,
    media_type: String,
    size: u64,
    sha256: Option<String>,
    kind: DocumentKind,
}

/// Takes a document in and puts it on file.
pub(super) async fn document(
    app: App,
    call: Call,
    stream: Streaming<UploadDocumentRequest>,
) -> Result<Response<proto::Document>, Status> {
    let mut pieces = Pieces::new(stream, &call, app.desk.parts.tasks.stopping().clone());
    let description = read(&pieces.description().await?)?;
    if description.size > app.largest_document {
        return Err(DOMAIN.refuse(&DocumentRefusal::TooLarge { most: app.largest_document }));
    }
    let mut tx = app.desk.read().await?;
    let key = parent::key(&mut tx, &call, description.parent).await?;
    drop(tx);
    let key = app.desk.open_key(key).await?;
    let id: DocumentId = app.desk.fresh();
    let (stored, stage) = receive(&app, &key, id, &description, &mut pieces).await?;
    file(&app, call, &key, id, description, stored, stage).await
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
        request_id,
        parent,
        file_name: text::normalise(&description.file_name),
        media_type: description.media_type.to_ascii_lowercase(),
        size,
        sha256,
        kind,
    });
    parse.finish(read).map_err(app::invalid)
}

/// Takes the bytes in, in constant memory. When it returns they are durable; when it fails nothing of them is left.
async fn receive(
    app: &App,
    key: &DataKey,
    id: DocumentId,
    description: &Description,
    pieces: &mut Pieces,
) -> Result<(Stored, DocumentStage), Status> {
    let writer = app.desk.parts.blobs.writer(key, id.uuid(), description.size);
    let mut writer = writer.map_err(|fault| fault::blob(&fault))?;
    let mut screen = Screen::new();
    if let Err(status) = pieces.bytes(description.size, &mut writer, &mut screen).await {
        if let Err(fault) = writer.abort().await {
            tracing::warn!(%fault, "an upload could not be given up; the sweep will");
        }
        return Err(status);
    }
    let stored = writer.finish().await.map_err(|fault| fault::blob(&fault))?;
    if description.sha256.as_ref().is_some_and(|declared| *declared != hexadecimal(&stored.digest)) {
        discard(app, &stored).await;
        let said = "must be the SHA-256 of the bytes that follow";
        return Err(invalid("description.sha256", "DIGEST_MISMATCH", said));
    }
    Ok((stored, screen.verdict(&description.media_type)))
}

/// Puts on record what is durable. Where it comes to nothing, or the same upload was on file already, the bytes go again.
async fn file(
    app: &App,
    mut call: Call,
    key: &DataKey,
    id: DocumentId,
    description: Description,
    stored: Stored,
    stage: DocumentStage,
) -> Result<Response<proto::Document>, Status> {
    let file_name = description.file_name.as_bytes();
    let file_name = seal(key, Part::FileName, id.uuid(), file_name).map_err(app::seal)?;
    call.digest = Some(Arc::new(digest(app, &description, &stored)));
    let command = StoreDocument {
        caller: App::organisation(&call),
        uploader: call.caller.subject.clone(),
        id,
        parent: description.parent,
        kind: description.kind,
        stage,
        media_type: description.media_type,
        stored,
        key: key.id().uuid(),
        file_name,
    };
    let mut command = call.command(command);
    // The bytes are there; the record of them is worth more than the deadline.
    command.deadline = None;
    command.partition = Some(description.parent.uuid());
    match app.desk.shell().submit(command).await {
        Ok(mut answer) => {
            if answer.name != id.name() {
                discard(app, &stored).await;
            }
            answer.file_name = description.file_name;
            Ok(Response::new(answer))
        }
        Err(failure) => {
            match &failure {
                // There may be a row that names them.
                Failure::OutcomeUnknown => {}
                Failure::Refused(_)
                | Failure::RequestReused { .. }
                | Failure::LostRace
                | Failure::Overloaded
                | Failure::DeadlinePassed
                | Failure::Unavailable
                | Failure::StorageFull
                | Failure::Internal(_) => discard(app, &stored).await,
            }
            Err(DOMAIN.failure(&failure))
        }
    }
}

/// Removes bytes that no row will name; what fails here the sweep finds.
async fn discard(app: &App, stored: &Stored) {
    if let Err(fault) = app.desk.parts.blobs.delete(stored.object).await {
        tracing::warn!(%fault, "bytes without a document could not be removed; the sweep will");
    }
}

/// What the request id stands for: each field of the description, and the bytes. The inspector digests single messages
/// only, so a stream is digested here in the same way.
fn digest(app: &App, description: &Description, stored: &Stored) -> RequestDigest {
    let keyed = |field: &'static str, value: &[u8]| {
        let mut message = b"upload\0".to_vec();
        message.extend_from_slice(field.as_bytes());
        message.push(0);
        message.extend_from_slice(value);
        let mut short = [0; 16];
        for (to, from) in short.iter_mut().zip(app.fingerprints.of(&message)) {
            *to = from;
        }
        (field, short)
    };
    let fields = vec![
        keyed("description.parent", description.parent.name().as_bytes()),
        keyed("description.file_name", description.file_name.as_bytes()),
        keyed("description.media_type", description.media_type.as_bytes()),
        keyed("description.size_bytes", &description.size.to_be_bytes()),
        keyed("description.sha256", description.sha256.as_deref().unwrap_or_default().as_bytes()),
        keyed("description.kind", convert::document::kind(description.kind).as_str_name().as_bytes()),
        keyed("chunk", &stored.digest),
    ];
    RequestDigest { request_id: description.request_id, fields }
}
