//! Putting a paper on file: described, received, looked at, durable, and only then on record.

use redress_chassis::{Call, Parse};
use redress_kernel::{Digest, text};
use redress_papers::{Declared, Intake, Piece, Pieces};
use redress_proto::routing::v1::{self as proto, UploadPaperRequest, upload_paper_request};
use routing_domain::{ContactId, PaperId, id};
use tonic::{Response, Status, Streaming};

use super::read;
use crate::{
    app::{self, App, DOMAIN},
    command::paper::StorePaper,
    seal::{Part, seal},
};

/// What is to come.
struct Description {
    contact: ContactId,
    file_name: String,
    declared: Declared,
}

/// Takes a paper in and puts it on file.
pub(super) async fn paper(
    app: App,
    call: Call,
    stream: Streaming<UploadPaperRequest>,
) -> Result<Response<proto::Paper>, Status> {
    let parts = &app.desk.parts;
    let intake = Intake { domain: DOMAIN, parts, largest: app.largest_paper };
    let mut pieces = Pieces::new(DOMAIN, stream, piece, &call, parts.tasks.stopping().clone());
    let description = describe(&pieces.description().await?)?;
    let mut tx = app.desk.read().await?;
    let key = read::key(&mut tx, &call, description.contact).await?;
    drop(tx);
    let key = app.desk.open_key(key).await?;
    let id: PaperId = app.desk.fresh();
    let (stored, stage) = intake.receive(&key, id.uuid(), &description.declared, &mut pieces).await?;

    let file_name = seal(&key, Part::FileName, id.uuid(), description.file_name.as_bytes());
    let call = Intake::call(&app.fingerprints, call, &description.declared, &said(&description), &stored);
    let command = StorePaper {
        caller: App::organisation(&call),
        uploader: call.caller.subject.clone(),
        id,
        contact: description.contact,
        stage,
        media_type: description.declared.media_type,
        stored,
        key: key.id().uuid(),
        file_name: file_name.map_err(app::seal)?,
    };
    let mut command = call.command(command);
    command.partition = Some(description.contact.uuid());
    let outcome = app.desk.shell().submit(command).await;
    let mut answer = intake.settle(&stored, outcome, |answer| answer.name == id.name()).await?;
    answer.file_name = description.file_name;
    Ok(Response::new(answer))
}

/// What a message of an upload brings.
fn piece(message: UploadPaperRequest) -> Option<Piece<proto::PaperDescription>> {
    match message.piece? {
        upload_paper_request::Piece::Description(description) => Some(Piece::Description(description)),
        upload_paper_request::Piece::Chunk(chunk) => {
            Some(Piece::Chunk { offset: chunk.offset, data: chunk.data })
        }
    }
}

/// What the caller said of the paper beside its bytes.
fn said(description: &Description) -> [(&'static str, Vec<u8>); 2] {
    [
        ("description.contact", description.contact.name().into_bytes()),
        ("description.file_name", description.file_name.clone().into_bytes()),
    ]
}

fn describe(description: &proto::PaperDescription) -> Result<Description, Status> {
    let mut parse = Parse::new();
    let request_id = parse.optional_uuid("description.request_id", &description.request_id);
    let request_id = parse.chosen("description.request_id", request_id);
    let contact = parse.name::<id::Contact>("description.contact", &description.contact);
    let size = parse.chosen("description.size_bytes", u64::try_from(description.size_bytes).ok());
    let sha256 = Some(description.sha256.clone()).filter(|digest| !digest.is_empty());
    if sha256.as_ref().is_some_and(|digest| Digest::parse(digest).is_err()) {
        parse.fault("description.sha256", "INVALID_DIGEST", "must be 64 lower-case hexadecimal digits");
    }
    let all = request_id.zip(contact).zip(size);
    let read = all.map(|((request_id, contact), size)| Description {
        contact,
        file_name: text::normalise(&description.file_name),
        declared: Declared {
            request_id,
            media_type: description.media_type.to_ascii_lowercase(),
            size,
            sha256,
        },
    });
    parse.finish(read).map_err(app::invalid)
}
