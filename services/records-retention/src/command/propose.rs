//! Proposes to destroy records that are due. One that may not be destroyed, and nothing is proposed.

use jiff::Timestamp;
use records_retention_domain::{
    Actor, DisposalControlId, DisposalId, OrganisationId, RecordId, Refusal,
    anonymised::{Assessment, Method},
    disposal::{self, Command, Context, Proposal, State},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Id, Moment};
use redress_policy::Rulebook;
use redress_proto::records_retention::v1 as proto;

use super::{manifest, record, settle};
use crate::{
    render,
    store::disposal::Disposal,
    world::{Want, World},
};

/// Proposes a disposal.
#[derive(Debug)]
pub(crate) struct Propose {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for it.
    pub(crate) id: DisposalId,
    /// The records.
    pub(crate) records: Vec<RecordId>,
    /// How they are to end.
    pub(crate) method: Method,
    /// What was found of the anonymised set that they make, where they make one.
    pub(crate) assessment: Option<Assessment>,
}

impl shell::Command<World> for Propose {
    type Answer = proto::Disposal;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend(self.records.iter().map(|record| Want::Record(*record)));
        wants.push(Want::Control(control_of(self.caller)));
        wants.push(Want::Date);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Disposal, Refusal> {
        let moment = Moment::at(now);
        // One of another tenant, and the whole proposal is not there (reliability D11).
        let mut rows = self.records.iter().map(|id| record::visible(world, self.caller, *id));
        let first = match rows.next() {
            Some(first) => first?.clone(),
            None => return Err(Refusal::NotFound { name: "records".to_owned() }),
        };
        for row in rows {
            if row?.contract != first.contract {
                return Err(Refusal::SeveralContracts);
            }
        }
        settle::not_stopped(world, control_of(self.caller))?;
        let mut records = self.records.clone();
        records.sort_unstable();
        records.dedup();
        let way = (self.method, self.assessment.as_ref());
        let manifest = manifest::judge(&records, way, world, &self.rulebook, moment);
        let manifest = manifest.map_err(|(_, refusal)| refusal)?;
        let basis = record::basis_of(&first, world, &self.rulebook)?;
        let until = disposal::approve_until(basis.pack, &self.rulebook.calendars, moment.today)?;
        let proposal = Proposal {
            id: self.id,
            contract: first.contract,
            organisation: self.caller,
            items: manifest.items,
            method: self.method,
            assessment: self.assessment.clone(),
            digest: manifest.digest.clone(),
            proposed_by: self.actor.clone(),
            proposed_on: moment.today,
            approve_until: until,
        };
        let found = Ok(manifest.digest);
        let context = Context {
            today: moment.today,
            actor: &self.actor,
            pack: basis.pack,
            calendars: &self.rulebook.calendars,
            by_delegate: false,
            found: Some(&found),
        };
        let row = Disposal {
            id: self.id,
            contract: first.contract,
            organisation: self.caller,
            state: State::Unproposed,
            act_on: None,
            since: None,
            version: 0,
            revision: 0,
            created_at: now,
        };
        let (moved, _) =
            settle::apply(&row, &Command::Propose(Box::new(proposal)), &context, world, entries)?;
        Ok(render::disposal::answer(&moved))
    }
}

/// The switch of an organisation has the organisation's own id.
pub(crate) fn control_of(organisation: OrganisationId) -> DisposalControlId {
    Id::new(organisation.uuid())
}
