//! Laying something by with a record: described, received, looked at, durable, and only then on record.

use records_retention_domain::{
    PartId, RecordId, Refusal, id,
    record::{Command, Content as Known, Holder, Part},
};
use redress_chassis::{Call, Parse, etag, parse::reference};
use redress_kernel::{Digest, text};
use redress_papers::{Declared, Intake, Piece, Pieces, Stage};
use redress_proto::records_retention::v1::{self as proto, UploadPartRequest, upload_part_request};
use redress_store::{DataKey, blob::Stored, sealed::seal};
use tonic::{Response, Status, Streaming};

use super::{change::keep, visible};
use crate::{
    app::{self, App, DOMAIN, FILE_NAME},
    command::{
        keep::Keep,
        laid_by::{Content, LaidBy},
    },
    store::{content::PartContent, record::Record},
};

/// What is to come.
struct Description {
    record: RecordId,
    file_name: String,
    /// The version of the record the caller last read; none takes whatever version there is.
    expected: Option<i64>,
    authority: Option<String>,
    declared: Declared,
}

/// Takes a part in and puts it on record.
pub(in super::super) async fn part(
    app: App,
    call: Call,
    stream: Streaming<UploadPartRequest>,
) -> Result<Response<proto::Record>, Status> {
    let parts = &app.desk.parts;
    let intake = Intake { domain: DOMAIN, parts, largest: app.config.largest_content };
    let mut pieces = Pieces::new(DOMAIN, stream, piece, &call, parts.tasks.stopping().clone());
    let description = describe(&pieces.description().await?)?;
    let row = open(&app, &call, &description).await?;
    let key = match row.key {
        Some(key) => app.desk.open_key(key).await?,
        None => app.desk.new_key().await?,
    };
    let id: PartId = app.desk.fresh();
    let (stored, stage) = intake.receive(&key, id.uuid(), &description.declared, &mut pieces).await?;

    let call = Intake::call(&app.uploads, call, &description.declared, &said(&description), &stored);
    let command = command(&app, &call, &row, &description, (id, &key), (&stored, stage))?;
    let mut command = call.command(command);
    command.partition = Some(description.record.uuid());
    let outcome = app.desk.shell().submit(command).await;
    let is_new = |answer: &proto::Record| answer.parts.last().is_some_and(|part| part.name == id.name());
    intake.settle(&stored, outcome, is_new).await.map(Response::new)
}

/// The record, where it takes anything. That is judged again when the bytes are there; here it saves the caller from sending them.
async fn open(app: &App, call: &Call, description: &Description) -> Result<Record, Status> {
    let mut tx = app.desk.read().await?;
    let row = visible(&mut tx, call, description.record).await?;
    drop(tx);
    if let Some(tombstone) = row.state.tombstone() {
        return Err(app::refused(Refusal::Destroyed { tombstone: Box::new(tombstone.clone()) }));
    }
    Ok(row)
}

fn command(
    app: &App,
    call: &Call,
    row: &Record,
    description: &Description,
    (id, key): (PartId, &DataKey),
    (stored, stage): (&Stored, Stage),
) -> Result<Keep, Status> {
    // Nothing has 2^63 bytes: the limit is far below.
    let size_bytes = i64::try_from(stored.length).unwrap_or(i64::MAX);
    let part = Part {
        id,
        holder: Holder::RecordsRetention,
        subject: String::new(),
        added_on: app.desk.today(),
        is_report: false,
        digest: app.fingerprint(&stored.digest),
        readmitted_of: None,
        content: Some(Known {
            media_type: description.declared.media_type.clone(),
            size_bytes,
            is_quarantined: stage != Stage::Stored,
        }),
    };
    let content = PartContent {
        part: id,
        record: row.id,
        stage,
        size_bytes,
        sha256: stored.digest.to_vec(),
        blob: stored.object,
        key: key.id().uuid(),
    };
    let file_name = seal(key, FILE_NAME, id.uuid(), description.file_name.as_bytes()).map_err(app::seal)?;
    let laid_by = LaidBy {
        content: Content::Paper { content, file_name },
        owner: row.organisation,
        authority: description.authority.clone(),
    };
    let command = keep(app, call, row.id, Command::AddPart(part));
    Ok(Keep { expected: description.expected, content: Some(laid_by), ..command })
}

/// What a message of an upload brings.
fn piece(message: UploadPartRequest) -> Option<Piece<proto::PartDescription>> {
    match message.piece? {
        upload_part_request::Piece::Description(description) => Some(Piece::Description(description)),
        upload_part_request::Piece::Chunk(chunk) => {
            Some(Piece::Chunk { offset: chunk.offset, data: chunk.data })
        }
    }
}

/// What the caller said of it beside its bytes.
fn said(description: &Description) -> [(&'static str, Vec<u8>); 4] {
    let expected = description.expected.map(etag::render).unwrap_or_default();
    [
        ("description.name", description.record.name().into_bytes()),
        ("description.file_name", description.file_name.clone().into_bytes()),
        ("description.etag", expected.into_bytes()),
        ("description.readmission_authority", description.authority.clone().unwrap_or_default().into_bytes()),
    ]
}

fn describe(description: &proto::PartDescription) -> Result<Description, Status> {
    let expected = etag::parse(DOMAIN, &description.etag)?;
    let mut parse = Parse::new();
    let request_id = parse.optional_uuid("description.request_id", &description.request_id);
    let request_id = parse.chosen("description.request_id", request_id);
    let record = parse.name::<id::Record>("description.name", &description.name);
    let size = parse.chosen("description.size_bytes", u64::try_from(description.size_bytes).ok());
    let sha256 = Some(description.sha256.clone()).filter(|digest| !digest.is_empty());
    if sha256.as_ref().is_some_and(|digest| Digest::parse(digest).is_err()) {
        parse.fault("description.sha256", "INVALID_DIGEST", "must be 64 lower-case hexadecimal digits");
    }
    let all = request_id.zip(record).zip(size);
    let read = all.map(|((request_id, record), size)| Description {
        record,
        file_name: text::normalise(&description.file_name),
        expected,
        authority: reference(&description.readmission_authority),
        declared: Declared {
            request_id,
            media_type: description.media_type.to_ascii_lowercase(),
            size,
            sha256,
        },
    });
    parse.finish(read).map_err(app::invalid)
}
