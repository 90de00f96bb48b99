//! Letters from ICE.

use std::collections::HashMap;

use ice_liaison_domain::{
    IceLetterId,
    examination::{Command, NewLetter},
    id,
};
use redress_chassis::{Call, Parse, etag, wire::Telling};
use redress_proto::ice_liaison::v1 as proto;
use tonic::{Response, Status};

use super::page::Page;
use crate::{
    app::{self, App, DOMAIN},
    command::act::{Act, OnLetter},
    convert,
    grpc::sealing,
    part::Part,
    render,
    store::{self, index::NEVER},
};

pub(super) async fn record(
    app: &App,
    call: &Call,
    request: &proto::RecordIceLetterRequest,
) -> Result<Response<proto::IceLetter>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let id: IceLetterId = app.desk.fresh();
    let mut parse = Parse::new();
    let examination = parse.name::<id::Examination>("examination", &request.examination);
    let letter = parse.message("letter", request.letter.as_ref());
    let new = letter.and_then(|letter| {
        let kind = parse.chosen("letter.kind", convert::read_letter_kind(letter.kind));
        let received_on = parse.date("letter.received_on", letter.received_on.as_ref());
        let stated_on = parse.optional_date("letter.stated_on", letter.stated_on.as_ref());
        let wants_answer = letter.wants_answer;
        Some((
            NewLetter { id, kind: kind?, received_on: received_on?, stated_on, wants_answer },
            &letter.body,
        ))
    });
    let (examination, (new, body)) = parse.finish(examination.zip(new)).map_err(app::invalid)?;
    let body = sealing::of_case(app, call, examination, (Part::LetterBody, id.uuid()), body).await?;
    let act = Act {
        rulebook: app.rulebook.clone(),
        caller: Some(App::organisation(call)),
        examination,
        expected,
        command: Command::RecordLetter(new),
        texts: body.into_iter().collect(),
        note: None,
    };
    app.desk.submit(call, Some(examination.uuid()), OnLetter { act, letter: id }).await
}

pub(super) async fn answer(
    app: &App,
    call: &Call,
    request: &proto::AnswerIceLetterRequest,
) -> Result<Response<proto::IceLetter>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let letter = parse.name::<id::IceLetter>("name", &request.name);
    let answered_on = parse.date("answered_on", request.answered_on.as_ref());
    let (letter, answered_on) = parse.finish(letter.zip(answered_on)).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let found = store::index::find_letter(&mut tx, letter, App::organisation(call)).await;
    drop(tx);
    let found = found.map_err(app::database)?;
    let examination = found.ok_or_else(|| DOMAIN.not_found("ICE letter", &letter.name()))?;
    let act = Act {
        rulebook: app.rulebook.clone(),
        caller: Some(App::organisation(call)),
        examination,
        expected,
        command: Command::AnswerLetter { letter, answered_on, after_noon: request.after_noon },
        texts: Vec::new(),
        note: None,
    };
    app.desk.submit(call, Some(examination.uuid()), OnLetter { act, letter }).await
}

pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListIceLettersRequest,
) -> Result<Response<proto::ListIceLettersResponse>, Status> {
    let mut parse = Parse::new();
    let due_by = parse.optional_date("due_by", request.due_by.as_ref());
    let due_by = parse.finish(Some(due_by)).map_err(app::invalid)?;
    let page = Page::of(app, call, request)?;
    let mut tx = app.desk.read().await?;
    let asked = page.asked(request.open_only, due_by.unwrap_or(NEVER));
    let mut rows = store::index::letters(&mut tx, asked).await.map_err(app::database)?;
    let next_page_token = page.cut(&mut rows);
    let ids = rows.iter().map(|row| row.examination).collect();
    let cases = store::examination::find_many(&mut tx, ids).await.map_err(app::database)?;
    drop(tx);
    let cases: HashMap<_, _> = cases.into_iter().map(|row| (row.id, row)).collect();
    let today = app.desk.today();
    let mut letters = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(case) = cases.get(&row.examination).and_then(|row| row.state.case()) else { continue };
        let Some(letter) = case.file.letters.iter().find(|letter| letter.id.uuid() == row.thing) else {
            continue;
        };
        let rendered = render::letter::letter(case, letter, &app.rulebook, today, Telling::Dates);
        letters.push(rendered.map_err(app::refused)?);
    }
    Ok(Response::new(proto::ListIceLettersResponse { letters, next_page_token }))
}
