//! Letters as files.

use bytes::Bytes;
use complaints_domain::{complaint::LetterStanding, id};
use futures::{StreamExt as _, stream};
use redress_chassis::{Call, Parse};
use redress_kernel::{Explanation, Kind};
use redress_proto::complaints::v1 as proto;
use tonic::{Response, Status};

use super::{
    Streamed,
    read::{letter_and_text, no_letter},
};
use crate::{
    app::{self, App, DOMAIN},
    print,
};

/// Most bytes of one message.
const CHUNK: usize = 64 * 1024;

/// An issued letter as a printable document or as text.
pub(super) async fn letter(
    app: &App,
    call: &Call,
    request: &proto::DownloadLetterRequest,
) -> Result<Response<Streamed<proto::DownloadLetterResponse>>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Letter>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let (row, text) = letter_and_text(app, call, id).await?;
    let case = row.state.case().ok_or_else(|| no_letter(id))?;
    let on_file = case.file.letter(id).ok_or_else(|| no_letter(id))?;
    let LetterStanding::Issued { on, .. } = on_file.standing else {
        let refusal =
            Explanation::new(Kind::Precondition, "NOT_ISSUED", "a draft is printed only once it is out");
        return Err(DOMAIN.explain(&refusal.with("letter", id.name())));
    };
    let people = print::people(app, call, &row).await?;
    let printed = print::Printed { row: &row, letter: on_file, issued_on: on, text: &text, people: &people };
    let (media_type, bytes) = match request.format() {
        proto::LetterFormat::Unspecified | proto::LetterFormat::Pdf => {
            ("application/pdf", print::pdf(&printed).map_err(|failure| DOMAIN.internal(&failure))?)
        }
        proto::LetterFormat::Text => ("text/plain; charset=utf-8", print::text(&printed).into_bytes()),
    };
    let bytes = Bytes::from(bytes);
    let first = proto::DownloadLetterResponse { media_type: media_type.to_owned(), chunk: Bytes::new() };
    let chunks = (0..bytes.len()).step_by(CHUNK).map(move |start| proto::DownloadLetterResponse {
        media_type: String::new(),
        chunk: bytes.slice(start..bytes.len().min(start + CHUNK)),
    });
    Ok(Response::new(stream::iter(std::iter::once(first).chain(chunks).map(Ok)).boxed()))
}
