//! Reading letters.

use redress_chassis::{Call, Paging, Parse, wire::Telling};
use redress_proto::routing::v1 as proto;
use routing_domain::{id, letter::StageName};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    convert, render,
    seal::{self, Part},
    store::{
        self,
        letter::Letter,
        list::{self, Filter},
    },
};

/// One letter; with what is personal when that was asked for.
pub(super) async fn one(
    app: &App,
    call: &Call,
    request: &proto::GetMemberLetterRequest,
) -> Result<Response<proto::MemberLetter>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::MemberLetter>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::letter::find_visible(&mut tx, id, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("letter", &id.name()))?;
    drop(tx);
    let mut rendered =
        render::letter::letter(&row, &app.rulebook, Telling::Derivation).map_err(app::refused)?;
    if request.view() == proto::MemberLetterView::Full {
        add_texts(app, call, &row, &mut rendered).await?;
    }
    Ok(Response::new(rendered))
}

async fn add_texts(
    app: &App,
    call: &Call,
    row: &Letter,
    rendered: &mut proto::MemberLetter,
) -> Result<(), Status> {
    let member = seal::message::<proto::Member>(app, call, Part::Member, row.contact.uuid()).await?;
    if let Some(member) = member {
        rendered.member = Some(proto::Member { title: row.title.clone(), ..member });
    }
    if let Some(version) = row.texts.reply {
        rendered.reply = seal::text(app, call, Part::Reply, row.id.uuid(), version).await?;
    }
    if let Some(version) = row.texts.holding {
        rendered.holding_reply = seal::text(app, call, Part::HoldingReply, row.id.uuid(), version).await?;
    }
    Ok(())
}

/// A page of letters.
pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListMemberLettersRequest,
) -> Result<Response<proto::ListMemberLettersResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    parse.finish(Some(())).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let stages = StageName::ALL.into_iter().filter(|stage| *stage != StageName::Unlogged);
    let stage = stages.into_iter().find(|stage| convert::letter_stage(*stage) == request.stage());
    let filter = Filter {
        caller: App::organisation(call),
        stage: stage.map(StageName::as_str),
        outcome: None,
        contract,
        before: paging.before::<id::MemberLetter>().uuid(),
        limit: paging.limit(),
    };
    let mut tx = app.desk.read().await?;
    let mut rows = list::letters(&mut tx, filter).await.map_err(app::database)?;
    drop(tx);
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let member_letters = rows.iter().map(render::letter::row).collect();
    Ok(Response::new(proto::ListMemberLettersResponse { member_letters, next_page_token }))
}
