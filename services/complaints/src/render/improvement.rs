//! Issues and change proposals as callers see them, without what is sealed.

use complaints_domain::improvement::{change_proposal::Move, issue};
use redress_chassis::{etag, wire};
use redress_kernel::Id;
use redress_proto::{complaints::v1 as proto, supply_chain::v1 as chain};

use super::complaint::render_actor;
use crate::{
    convert,
    store::improvement::{ChangeProposal, Issue},
};

/// An issue, without its description.
pub(crate) fn issue(row: &Issue) -> proto::Issue {
    let (known, resolved_on, change_proposal) = match &row.state {
        issue::State::Unreported => (None, None, None),
        issue::State::Open(issue) => (Some(issue), None, None),
        issue::State::Resolved { issue, resolved_on, change_proposal } => {
            (Some(issue), Some(*resolved_on), *change_proposal)
        }
    };
    proto::Issue {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        title: row.title.clone(),
        description: String::new(),
        found_on: known.map(|issue| wire::date(issue.found_on)),
        stage: convert::improvement::issue_stage(&row.state).into(),
        resolved_on: resolved_on.map(wire::date),
        changes_access: known.is_some_and(|issue| issue.changes_access),
        change_proposal: change_proposal.map(Id::name).unwrap_or_default(),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
    }
}

/// A change proposal, without its text and without what was said to it.
pub(crate) fn proposal(row: &ChangeProposal) -> proto::ChangeProposal {
    let known = row.state.proposal();
    let step = |step: &Move| proto::ChangeStep {
        stage: convert::improvement::change_stage(step.stage).into(),
        on: Some(wire::date(step.on)),
        actor: Some(render_actor(&step.by)),
        comment: String::new(),
    };
    proto::ChangeProposal {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        title: row.title.clone(),
        text: String::new(),
        category: known.map_or(0, |known| convert::improvement::category(known.category).into()),
        stage: convert::improvement::change_stage(row.state.stage_name()).into(),
        performance_manager: known.map(|known| known.performance_manager.clone()).unwrap_or_default(),
        decision_reference: row.decision_reference.clone().unwrap_or_default(),
        pack: row
            .state
            .pack()
            .map(|pack| chain::PackReference { id: pack.id.clone(), version: pack.version.clone() }),
        history: known.map(|known| known.history.iter().map(step).collect()).unwrap_or_default(),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
    }
}
