//! Problems that a provider finds in its own services, and puts right (ISS-01).

use complaints_domain::{
    ChangeProposalId, ContractId, IssueId, OrganisationId, Refusal,
    improvement::issue::{self, Command, Context, Rules, State},
};
use jiff::{Timestamp, civil::Date};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, london_date};
use redress_policy::Rulebook;
use redress_proto::complaints::v1 as proto;
use redress_store::sealed::Sealed;
use uuid::Uuid;

use super::{
    contract::{binding, visible},
    expect,
};
use crate::{
    publish, render,
    store::improvement::Issue,
    world::{Want, World},
};

/// Reports an issue, what is wrong sealed.
#[derive(Debug)]
pub(crate) struct ReportIssue {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for it.
    pub(crate) id: IssueId,
    /// Contract whose services it concerns.
    pub(crate) contract: ContractId,
    /// Title; nothing personal.
    pub(crate) title: String,
    /// Day on which it was found.
    pub(crate) found_on: Date,
    /// Whether putting it right changes how the services are reached.
    pub(crate) changes_access: bool,
    /// Key of the description.
    pub(crate) key: Uuid,
    /// What is wrong, under seal.
    pub(crate) description: Sealed,
}

/// Records that an issue was put right.
#[derive(Debug)]
pub(crate) struct ResolveIssue {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Which one.
    pub(crate) issue: IssueId,
    /// Day on which it was.
    pub(crate) resolved_on: Date,
    /// The proposal through which it was.
    pub(crate) change_proposal: Option<ChangeProposalId>,
    /// The version last read.
    pub(crate) expected: Option<i64>,
}

impl shell::Command<World> for ReportIssue {
    type Answer = proto::Issue;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Issue, Refusal> {
        let contract = visible(world, self.caller, self.contract)?;
        let today = london_date(now);
        let pack = binding(&self.rulebook, &contract.state.contract, today)?;
        let command = Command::Report(issue::Issue {
            id: self.id,
            contract: self.contract,
            organisation: self.caller,
            found_on: self.found_on,
            changes_access: self.changes_access,
        });
        let context = Context { today, pack, proposal: None };
        let decided = Decided::<Rules>::by(&State::Unreported, &command, &context)?;
        let row = Issue {
            id: self.id,
            contract: self.contract,
            organisation: self.caller,
            title: self.title.clone(),
            state: decided.state.clone(),
            key: self.key,
            version: 0,
            revision: 0,
            created_at: now,
        };
        world.add_sealed(self.description.clone());
        Ok(record(&row, &decided, world, entries))
    }
}

impl shell::Command<World> for ResolveIssue {
    type Answer = proto::Issue;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Issue(self.issue));
        wants.extend(self.change_proposal.map(Want::ChangeProposal));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Issue, Refusal> {
        let found = world.issues.get(self.issue);
        let found = found.filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let row = found.ok_or_else(|| Refusal::NotFound { name: self.issue.name() })?;
        expect(self.expected, row.version, || row.id.name())?;
        let proposal = self.change_proposal.and_then(|named| world.proposals.get(named));
        let proposal = proposal.filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let contract = visible(world, self.caller, row.contract)?;
        let today = london_date(now);
        let context = Context {
            today,
            pack: binding(&self.rulebook, &contract.state.contract, today)?,
            proposal: proposal.map(|row| &row.state),
        };
        let command =
            Command::Resolve { resolved_on: self.resolved_on, change_proposal: self.change_proposal };
        let decided = Decided::<Rules>::by(&row.state, &command, &context)?;
        let moved = Issue { state: decided.state.clone(), ..row.clone() };
        Ok(record(&moved, &decided, world, entries))
    }
}

/// Writes a row of the version before, and what happened to it.
fn record(
    row: &Issue,
    decided: &Decided<Rules>,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> proto::Issue {
    let moved = Issue { version: decided.version_after(row.version), ..row.clone() };
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::issue(&moved, version, event, decided.citations.clone()));
    }
    let answer = render::improvement::issue(&moved);
    if moved.version > row.version {
        world.issues.put(moved.id, moved);
    }
    answer
}
