//! Change proposals.

use std::collections::BTreeMap;

use complaints_domain::{ChangeProposalId, id, improvement::change_proposal::Verdict};
use jiff::civil::Date;
use redress_chassis::{Call, Paging, Parse, etag, parse::optional_text, parse::reference};
use redress_kernel::text;
use redress_proto::complaints::v1 as proto;
use redress_store::sealed::{self, Sealed};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::proposal::{CreateChangeProposal, MoveChangeProposal, Step},
    convert, render,
    seal::{Part, seal},
    store::{self, improvement::ChangeProposal},
};

/// Drafts a proposal.
pub(super) async fn create(
    app: &App,
    call: &Call,
    request: &proto::CreateChangeProposalRequest,
) -> Result<Response<proto::ChangeProposal>, Status> {
    let mut parse = Parse::new();
    let proposal = parse.message("change_proposal", request.change_proposal.as_ref());
    let read = proposal.and_then(|proposal| {
        let contract = parse.name::<id::Contract>("change_proposal.contract", &proposal.contract);
        let category = convert::improvement::read_category(proposal.category);
        let category = parse.chosen("change_proposal.category", category);
        Some((proposal, contract?, category?))
    });
    let (proposal, contract, category) = parse.finish(read).map_err(app::invalid)?;

    let id: ChangeProposalId = app.desk.fresh();
    let key = app.desk.new_key().await?;
    let words = text::normalise(&proposal.text);
    let words = seal(&key, Part::ProposalText, id.uuid(), words.as_bytes()).map_err(app::seal)?;
    let command = CreateChangeProposal {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        id,
        contract,
        title: text::normalise(&proposal.title),
        category,
        performance_manager: text::normalise(&proposal.performance_manager),
        key: key.id().uuid(),
        text: words,
    };
    app.desk.submit(call, None, command).await
}

/// Moves a proposal on the provider's side.
pub(super) async fn advance(
    app: &App,
    call: &Call,
    request: &proto::MoveChangeProposalRequest,
) -> Result<Response<proto::ChangeProposal>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let proposal = parse.name::<id::ChangeProposal>("name", &request.name);
    let on = parse.date("on", request.on.as_ref());
    let step = on.and_then(|on| parse.chosen("move", step(request.r#move(), on)));
    let (proposal, step) = parse.finish(proposal.zip(step)).map_err(app::invalid)?;
    submit(app, call, proposal, step, None, expected).await
}

/// Decides on a proposal.
pub(super) async fn decide(
    app: &App,
    call: &Call,
    request: &proto::DecideChangeProposalRequest,
) -> Result<Response<proto::ChangeProposal>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let proposal = parse.name::<id::ChangeProposal>("name", &request.name);
    let verdict = parse.chosen("decision", convert::improvement::read_verdict(request.decision));
    let on = parse.date("decided_on", request.decided_on.as_ref());
    let read = proposal.zip(verdict).zip(on);
    let ((proposal, verdict), on): ((ChangeProposalId, Verdict), Date) =
        parse.finish(read).map_err(app::invalid)?;
    let comment = match optional_text(&request.comment) {
        Some(comment) => Some(sealed_comment(app, call, proposal, &comment).await?),
        None => None,
    };
    let step = Step::Decide { verdict, on, reference: reference(&request.decision_reference) };
    submit(app, call, proposal, step, comment, expected).await
}

async fn submit(
    app: &App,
    call: &Call,
    proposal: ChangeProposalId,
    step: Step,
    comment: Option<Sealed>,
    expected: Option<i64>,
) -> Result<Response<proto::ChangeProposal>, Status> {
    let command = MoveChangeProposal {
        rulebook: app.rulebook.clone(),
        actor: App::actor(call),
        caller: App::organisation(call),
        proposal,
        step,
        comment,
        expected,
    };
    app.desk.submit(call, Some(proposal.uuid()), command).await
}

/// One proposal, with its text and with what was said to its decisions.
pub(super) async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetChangeProposalRequest,
) -> Result<Response<proto::ChangeProposal>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::ChangeProposal>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let row = visible(app, call, id).await?;
    let comments = comments(app, call, &row).await?;
    let mut rendered = render::improvement::proposal(&row);
    if let Some(words) = app.desk.opened(call, Part::ProposalText.as_str(), id.uuid()).await? {
        rendered.text = String::from_utf8_lossy(&words).into_owned();
    }
    // Every move is a version of the proposal, and a comment is kept under the version that it came with.
    for (version, step) in (1..).zip(&mut rendered.history) {
        if let Some(comment) = comments.get(&Part::Comment.at(version)) {
            step.comment = String::from_utf8_lossy(comment).into_owned();
        }
    }
    Ok(Response::new(rendered))
}

/// What the Performance Manager said to a proposal the caller may see, each under its part.
async fn comments(app: &App, call: &Call, row: &ChangeProposal) -> Result<BTreeMap<String, Vec<u8>>, Status> {
    let parts = (1..=row.version).map(|version| Part::Comment.at(version)).collect();
    let mut tx = app.desk.read().await?;
    let sealed = sealed::find_many(&mut tx, row.id.uuid(), parts).await.map_err(app::database)?;
    drop(tx);
    let mut comments = BTreeMap::new();
    for text in sealed {
        let words = app.desk.unseal(Part::Comment.as_str(), &text).await?;
        tracing::info!(change_proposal.id = %row.id, caller = %call.caller.subject, "a comment was read");
        comments.insert(text.part, words);
    }
    Ok(comments)
}

/// A page of proposals.
pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListChangeProposalsRequest,
) -> Result<Response<proto::ListChangeProposalsResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let contract = parse.finish(Some(contract)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows =
        store::improvement::proposal_page(&mut tx, paging.before(), caller, contract, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let change_proposals = rows.iter().map(render::improvement::proposal).collect();
    Ok(Response::new(proto::ListChangeProposalsResponse { change_proposals, next_page_token }))
}

const fn step(action: proto::ChangeMove, on: Date) -> Option<Step> {
    match action {
        proto::ChangeMove::Unspecified => None,
        proto::ChangeMove::Submit => Some(Step::Submit { on }),
        proto::ChangeMove::Implement => Some(Step::Implement { on }),
        proto::ChangeMove::Review => Some(Step::Review { on }),
        proto::ChangeMove::Withdraw => Some(Step::Withdraw { on }),
    }
}

/// The Performance Manager's words, under the key of the proposal.
async fn sealed_comment(
    app: &App,
    call: &Call,
    id: ChangeProposalId,
    comment: &str,
) -> Result<Sealed, Status> {
    let row = visible(app, call, id).await?;
    let key = app.desk.open_key(row.key).await?;
    seal(&key, Part::Comment, id.uuid(), comment.as_bytes()).map_err(app::seal)
}

async fn visible(app: &App, call: &Call, id: ChangeProposalId) -> Result<ChangeProposal, Status> {
    let mut tx = app.desk.read().await?;
    let row = store::improvement::find_visible_proposal(&mut tx, id, App::organisation(call)).await;
    row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("changeProposal", &id.name()))
}
