//! Events of issues and change proposals.

use complaints_domain::{
    Actor,
    improvement::{change_proposal, issue},
};
use jiff::civil::Date;
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_proto::{complaints::v1 as proto, r#type::v1 as common};

use super::complaint::pack;
use crate::{
    convert,
    render::complaint::render_actor,
    store::improvement::{ChangeProposal, Issue},
};

/// An event of an issue.
pub(crate) fn issue(row: &Issue, version: i64, event: &issue::Event, citations: Vec<String>) -> Draft {
    let about = About { kind: "issues", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        issue::Event::IssueReported(it) => {
            let message = proto::IssueReported {
                issue: it.id.name(),
                contract: it.contract.name(),
                organisation: it.organisation.name(),
                found_on: Some(wire::date(it.found_on)),
                changes_access: it.changes_access,
            };
            entry(about, &message, citations)
        }
        issue::Event::IssueResolved { resolved_on, change_proposal } => {
            let message = proto::IssueResolved {
                resolved_on: Some(wire::date(*resolved_on)),
                change_proposal: change_proposal.map(Id::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
    }
}

/// An event of a change proposal.
pub(crate) fn proposal(
    row: &ChangeProposal,
    version: i64,
    event: &change_proposal::Event,
    citations: Vec<String>,
) -> Draft {
    use change_proposal::Event;
    let about =
        About { kind: "changeProposals", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::ChangeProposalDrafted {
            id,
            contract,
            organisation,
            category,
            performance_manager,
            on,
            by,
        } => {
            let (on, by) = moved(*on, by);
            let message = proto::ChangeProposalDrafted {
                change_proposal: id.name(),
                contract: contract.name(),
                organisation: organisation.name(),
                category: convert::improvement::category(*category).into(),
                performance_manager: performance_manager.clone(),
                on,
                by,
            };
            entry(about, &message, citations)
        }
        Event::ChangeProposalSubmitted { on, by, pack: under } => {
            let (on, by) = moved(*on, by);
            entry(about, &proto::ChangeProposalSubmitted { on, by, pack: Some(pack(under)) }, citations)
        }
        Event::ChangeProposalReturned { on, by } => {
            let (on, by) = moved(*on, by);
            entry(about, &proto::ChangeProposalReturned { on, by }, citations)
        }
        Event::ChangeProposalApproved { on, by } => {
            let (on, by) = moved(*on, by);
            entry(about, &proto::ChangeProposalApproved { on, by }, citations)
        }
        Event::ChangeProposalRejected { on, by } => {
            let (on, by) = moved(*on, by);
            entry(about, &proto::ChangeProposalRejected { on, by }, citations)
        }
        Event::ChangeProposalImplemented { on, by } => {
            let (on, by) = moved(*on, by);
            entry(about, &proto::ChangeProposalImplemented { on, by }, citations)
        }
        Event::ChangeProposalReviewed { on, by } => {
            let (on, by) = moved(*on, by);
            entry(about, &proto::ChangeProposalReviewed { on, by }, citations)
        }
        Event::ChangeProposalWithdrawn { on, by } => {
            let (on, by) = moved(*on, by);
            entry(about, &proto::ChangeProposalWithdrawn { on, by }, citations)
        }
        Event::ChangeApprovalExpired { on, approved_under, now_under } => {
            let message = proto::ChangeApprovalExpired {
                on: Some(wire::date(*on)),
                approved_under: Some(pack(approved_under)),
                now_under: Some(pack(now_under)),
            };
            entry(about, &message, citations)
        }
    }
}

fn moved(on: Date, by: &Actor) -> (Option<common::CivilDate>, Option<common::Actor>) {
    (Some(wire::date(on)), Some(render_actor(by)))
}
