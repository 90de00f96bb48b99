//! Issues.

use complaints_domain::{IssueId, id};
use redress_chassis::{Call, Paging, Parse, etag};
use redress_kernel::text;
use redress_proto::complaints::v1 as proto;
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::issue::{ReportIssue, ResolveIssue},
    render,
    seal::{Part, seal},
    store,
};

/// Reports an issue.
pub(super) async fn report(
    app: &App,
    call: &Call,
    request: &proto::ReportIssueRequest,
) -> Result<Response<proto::Issue>, Status> {
    let mut parse = Parse::new();
    let issue = parse.message("issue", request.issue.as_ref());
    let read = issue.and_then(|issue| {
        let contract = parse.name::<id::Contract>("issue.contract", &issue.contract);
        let found_on = parse.date("issue.found_on", issue.found_on.as_ref());
        if !issue.change_proposal.is_empty() {
            parse.fault("issue.change_proposal", "NOT_ALLOWED", "must be named when the issue is resolved");
        }
        Some((issue, contract?, found_on?))
    });
    let (issue, contract, found_on) = parse.finish(read).map_err(app::invalid)?;

    let id: IssueId = app.desk.fresh();
    let key = app.desk.new_key().await?;
    let description = text::normalise(&issue.description);
    let description = seal(&key, Part::Description, id.uuid(), description.as_bytes()).map_err(app::seal)?;
    let command = ReportIssue {
        rulebook: app.rulebook.clone(),
        caller: App::organisation(call),
        id,
        contract,
        title: text::normalise(&issue.title),
        found_on,
        changes_access: issue.changes_access,
        key: key.id().uuid(),
        description,
    };
    app.desk.submit(call, None, command).await
}

/// Records that an issue was put right.
pub(super) async fn resolve(
    app: &App,
    call: &Call,
    request: &proto::ResolveIssueRequest,
) -> Result<Response<proto::Issue>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let issue = parse.name::<id::Issue>("name", &request.name);
    let resolved_on = parse.date("resolved_on", request.resolved_on.as_ref());
    let change_proposal = parse.optional_name("change_proposal", &request.change_proposal);
    let (issue, resolved_on) = parse.finish(issue.zip(resolved_on)).map_err(app::invalid)?;
    let command = ResolveIssue {
        rulebook: app.rulebook.clone(),
        caller: App::organisation(call),
        issue,
        resolved_on,
        change_proposal,
        expected,
    };
    app.desk.submit(call, Some(issue.uuid()), command).await
}

/// One issue, with its description.
pub(super) async fn get(
    app: &App,
    call: &Call,
    request: &proto::GetIssueRequest,
) -> Result<Response<proto::Issue>, Status> {
    let mut parse = Parse::new();
    let id = parse.name::<id::Issue>("name", &request.name);
    let id = parse.finish(id).map_err(app::invalid)?;
    let mut tx = app.desk.read().await?;
    let row = store::improvement::find_visible_issue(&mut tx, id, App::organisation(call)).await;
    let row = row.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found("issue", &id.name()))?;
    drop(tx);
    let mut rendered = render::improvement::issue(&row);
    if let Some(description) = app.desk.opened(call, Part::Description.as_str(), id.uuid()).await? {
        rendered.description = String::from_utf8_lossy(&description).into_owned();
    }
    Ok(Response::new(rendered))
}

/// A page of issues.
pub(super) async fn list(
    app: &App,
    call: &Call,
    request: &proto::ListIssuesRequest,
) -> Result<Response<proto::ListIssuesResponse>, Status> {
    let mut parse = Parse::new();
    let contract = parse.optional_name::<id::Contract>("contract", &request.contract);
    let contract = parse.finish(Some(contract)).map_err(app::invalid)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let mut tx = app.desk.read().await?;
    let caller = App::organisation(call);
    let rows =
        store::improvement::issue_page(&mut tx, paging.before(), caller, contract, paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let issues = rows.iter().map(render::improvement::issue).collect();
    Ok(Response::new(proto::ListIssuesResponse { issues, next_page_token }))
}
