//! Problems the provider found, and changes it proposes.

use redress_proto::complaints::v1::{ChangeProposal, Issue};

use super::{Fields, Grid, Screen, Tone, date, word};

/// Problems, newest first.
pub fn issues(screen: Screen, issues: &[Issue]) -> String {
    let mut grid = Grid::new(screen, &["problem", "title", "found", "state", "put right"]).whole(0);
    for issue in issues {
        grid.row([
            (Tone::Plain, word::id(&issue.name).to_owned()),
            (Tone::Strong, issue.title.clone()),
            (Tone::Plain, date::shown(issue.found_on.as_ref())),
            (Tone::Plain, word::of_value(issue.stage().as_str_name(), "ISSUE_STAGE_")),
            (Tone::Plain, date::shown(issue.resolved_on.as_ref())),
        ]);
    }
    if grid.is_empty() { "no problems".to_owned() } else { grid.text() }
}

/// One problem.
pub fn issue(screen: Screen, issue: &Issue) -> String {
    let mut fields = Fields::new(screen);
    let access = if issue.changes_access { "changes how services are reached (ISS-03)" } else { "" };
    fields
        .add("problem", &issue.name)
        .add_toned(Tone::Strong, "title", &issue.title)
        .add("contract", &issue.contract)
        .add("found", date::shown(issue.found_on.as_ref()))
        .add("by", &issue.organisation)
        .add("state", word::of_value(issue.stage().as_str_name(), "ISSUE_STAGE_"))
        .add("put right", date::shown(issue.resolved_on.as_ref()))
        .add("access", access)
        .add("proposal", &issue.change_proposal)
        .add("etag", &issue.etag);
    with_text(screen, &mut fields, &issue.description)
}

/// Proposals, newest first.
pub fn proposals(screen: Screen, proposals: &[ChangeProposal]) -> String {
    let mut grid = Grid::new(screen, &["proposal", "title", "kind", "state", "since"]).whole(0);
    for proposal in proposals {
        let since = proposal.history.last().and_then(|step| step.on.as_ref());
        grid.row([
            (Tone::Plain, word::id(&proposal.name).to_owned()),
            (Tone::Strong, proposal.title.clone()),
            (Tone::Plain, word::of_value(proposal.category().as_str_name(), "CHANGE_CATEGORY_")),
            (Tone::Plain, word::of_value(proposal.stage().as_str_name(), "CHANGE_STAGE_")),
            (Tone::Plain, date::shown(since)),
        ]);
    }
    if grid.is_empty() { "no proposals".to_owned() } else { grid.text() }
}

/// One proposal.
pub fn proposal(screen: Screen, proposal: &ChangeProposal) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("proposal", &proposal.name)
        .add_toned(Tone::Strong, "title", &proposal.title)
        .add("contract", &proposal.contract)
        .add("by", &proposal.organisation)
        .add("kind", word::of_value(proposal.category().as_str_name(), "CHANGE_CATEGORY_"))
        .add("state", word::of_value(proposal.stage().as_str_name(), "CHANGE_STAGE_"))
        .add("addressed to", &proposal.performance_manager)
        .add("decision", &proposal.decision_reference);
    for step in &proposal.history {
        let stage = word::of_value(step.stage().as_str_name(), "CHANGE_STAGE_");
        let said = if step.comment.is_empty() { String::new() } else { format!(": “{}”", step.comment) };
        fields.add(&stage, format!("{}{said}", date::shown(step.on.as_ref())));
    }
    fields.add("etag", &proposal.etag);
    with_text(screen, &mut fields, &proposal.text)
}

fn with_text(screen: Screen, fields: &mut Fields, text: &str) -> String {
    if text.is_empty() { fields.text() } else { format!("{}\n\n{}", fields.text(), screen.wrap(text, 1)) }
}
