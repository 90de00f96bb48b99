//! Recording a version of a procedure, and reviews of it (CMP-05, CMP-06, CMP-10).

use complaints_domain::{
    Actor, ContractId, OrganisationId, ProcedureId, Refusal,
    complaint::ProcedureSnapshot,
    procedure::{Command, Context, Rules, State},
};
use jiff::{Timestamp, civil::Date};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, london_date};
use redress_policy::Rulebook;
use redress_proto::complaints::v1 as proto;

use super::contract::{binding, visible};
use crate::{
    publish, render,
    store::procedure::{Procedure, Titles},
    world::{Want, World},
};

/// Records a version of a procedure.
#[derive(Debug)]
pub(crate) struct CreateProcedure {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Contract it applies to.
    pub(crate) contract: ContractId,
    /// Whose it is.
    pub(crate) organisation: OrganisationId,
    /// First day on which complaints received are worked by it.
    pub(crate) effective_on: Date,
    /// What it says; its id is the procedure's own.
    pub(crate) body: ProcedureSnapshot,
    /// What people call it and its parts.
    pub(crate) titles: Titles,
}

/// Records a review of a procedure.
#[derive(Debug)]
pub(crate) struct ReviewProcedure {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who reviews.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Which version.
    pub(crate) procedure: ProcedureId,
    /// Day of the review.
    pub(crate) reviewed_on: Date,
    /// Documents consulted, by the keys of the pack.
    pub(crate) documents: Vec<String>,
}

impl shell::Command<World> for CreateProcedure {
    type Answer = proto::Procedure;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
        wants.push(Want::Procedures(self.contract));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Procedure, Refusal> {
        let contract = visible(world, self.caller, self.contract)?;
        let today = london_date(now);
        let series = world.procedures.iter().map(|(_, row)| row);
        let series =
            series.filter(|row| row.contract == self.contract && row.organisation == self.organisation);
        let latest = series.max_by_key(|row| row.series_version);
        let mut context = Context {
            today,
            actor: &self.actor,
            pack: binding(&self.rulebook, &contract.state.contract, today)?,
            chain: Some(&contract.state.chain),
            upper: None,
            latest: latest.and_then(|row| Some((u32::try_from(row.series_version).ok()?, row.effective_on))),
        };
        let command = Command::Record {
            contract: self.contract,
            organisation: self.organisation,
            effective_on: self.effective_on,
            body: self.body.clone(),
        };
        let mut decided = Decided::<Rules>::by(&State::Unrecorded, &command, &context)?;
        // Looser than none of those above: what binds the prime binds the whole chain through it (XCT-06).
        for above in contract.state.chain.at(self.effective_on).ancestors(self.organisation) {
            let upper = in_force(world, self.contract, above, self.effective_on);
            if let Some(upper) = upper.and_then(snapshot) {
                context.upper = Some(upper);
                decided = Decided::<Rules>::by(&State::Unrecorded, &command, &context)?;
            }
        }
        let recorded = decided.state.procedure().ok_or_else(|| not_found(self.body.id))?;
        let row = Procedure {
            id: self.body.id,
            contract: self.contract,
            organisation: self.organisation,
            series_version: recorded.version.into(),
            effective_on: self.effective_on,
            state: decided.state.clone(),
            titles: self.titles.clone(),
            version: 0,
            revision: 0,
            created_at: now,
        };
        Ok(record(&row, &decided, world, entries))
    }
}

impl shell::Command<World> for ReviewProcedure {
    type Answer = proto::Procedure;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Procedure(self.procedure));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Procedure, Refusal> {
        let found = world.procedures.get(self.procedure);
        let found = found.filter(|row| world.is_member(self.caller, row.contract));
        let row = found.ok_or_else(|| not_found(self.procedure))?;
        // Those below may read a procedure that binds them; it is not theirs to review.
        if !world.sees(self.caller, row.contract, row.organisation) {
            let chain = world.contracts.get(row.contract).map(|contract| &contract.state.chain);
            let binds =
                chain.is_some_and(|chain| chain.links.iter().any(|link| link.subcontractor == self.caller));
            return Err(if binds { Refusal::NotAboveInChain } else { not_found(self.procedure) });
        }
        let contract = visible(world, self.caller, row.contract)?;
        let today = london_date(now);
        let context = Context {
            today,
            actor: &self.actor,
            pack: binding(&self.rulebook, &contract.state.contract, today)?,
            chain: Some(&contract.state.chain),
            upper: None,
            latest: None,
        };
        let command = Command::Review { reviewed_on: self.reviewed_on, documents: self.documents.clone() };
        let decided = Decided::<Rules>::by(&row.state, &command, &context)?;
        let moved = Procedure { state: decided.state.clone(), ..row.clone() };
        Ok(record(&moved, &decided, world, entries))
    }
}

/// Writes a row of the version before, and what happened to it.
fn record(
    row: &Procedure,
    decided: &Decided<Rules>,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> proto::Procedure {
    let moved = Procedure { version: decided.version_after(row.version), ..row.clone() };
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::procedure(&moved, version, event, decided.citations.clone()));
    }
    let answer = render::procedure::procedure(&moved);
    if moved.version > row.version {
        world.procedures.put(moved.id, moved);
    }
    answer
}

/// The procedure of an organisation that is in force on a day.
fn in_force(
    world: &World,
    contract: ContractId,
    organisation: OrganisationId,
    on: Date,
) -> Option<&Procedure> {
    let rows = world.procedures.iter().map(|(_, row)| row);
    rows.filter(|row| row.contract == contract && row.organisation == organisation && row.effective_on <= on)
        .max_by_key(|row| (row.effective_on, row.series_version))
}

fn snapshot(row: &Procedure) -> Option<&ProcedureSnapshot> {
    row.state.procedure().map(|procedure| &procedure.body)
}

fn not_found(procedure: ProcedureId) -> Refusal {
    Refusal::NotFound { name: procedure.name() }
}
