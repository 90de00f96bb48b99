//! Changes of schedules as callers see them.

use records_retention_domain::change::{Amendment, State};
use redress_chassis::{etag, wire};
use redress_policy::Computed;
use redress_proto::{records_retention::v1 as proto, supply_chain::v1 as chain};

use super::disposal::actor;
use crate::{convert::change as convert, store::change::Change};

/// A change as a command answers it, and as lists have it.
pub(crate) fn answer(row: &Change) -> proto::ScheduleChange {
    let base = proto::ScheduleChange {
        name: row.id.name(),
        contract: row.contract.name(),
        stage: convert::stage(row.state.stage_name()).into(),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        ..proto::ScheduleChange::default()
    };
    let Some(proposal) = row.state.proposal() else { return base };
    let approval = row.state.approval();
    let (agreed_retention, end_on) = match &proposal.amendment {
        Amendment::Period(agreed) => {
            let agreed = chain::AgreedRetention {
                months: agreed.months.into(),
                agreement_reference: agreed.reference.clone(),
                agreed_on: Some(wire::date(agreed.agreed_on)),
            };
            (Some(agreed), None)
        }
        Amendment::ContractEnd { end_on, .. } => (None, Some(wire::date(*end_on))),
    };
    let (applied_on, obstacle) = match &row.state {
        State::Applied { applied_on, .. } => (Some(*applied_on), None),
        State::Void { obstacle, .. } => (None, Some(*obstacle)),
        State::Unproposed | State::Proposed(_) | State::Approved { .. } => (None, None),
    };
    proto::ScheduleChange {
        kind: convert::kind(&proposal.amendment).into(),
        agreed_retention,
        end_on,
        reason: convert::reason(proposal.reason).into(),
        reference: proposal.reference.clone(),
        digest: proposal.digest.as_str().to_owned(),
        proposed_by: Some(actor(&proposal.proposed_by)),
        proposed_on: Some(wire::date(proposal.proposed_on)),
        // What one person made at once waited for nobody.
        approve_until: match (&row.state, approval) {
            (State::Applied { .. }, None) => None,
            (
                State::Unproposed
                | State::Proposed(_)
                | State::Approved { .. }
                | State::Applied { .. }
                | State::Void { .. },
                _,
            ) => Some(wire::date(proposal.approve_until)),
        },
        approved_by: approval.map(|approval| actor(&approval.by)),
        approved_on: approval.map(|approval| wire::date(approval.on)),
        applied_on: applied_on.map(wire::date),
        obstacle: obstacle.map_or(0, |obstacle| convert::obstacle(obstacle).into()),
        ..base
    }
}

/// A change whole, with how its cooling period was counted.
pub(crate) fn whole(row: &Change, cooling: Option<&Computed>) -> proto::ScheduleChange {
    let cooling = cooling.map(|cooling| wire::deadline(cooling, wire::Telling::Derivation));
    proto::ScheduleChange { cooling, ..answer(row) }
}
