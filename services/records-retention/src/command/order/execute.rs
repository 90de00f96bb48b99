//! A person has an approved disposal carried out at once: the same step that time takes, with an answer.

use jiff::Timestamp;
use records_retention_domain::{OrganisationId, Refusal};
use redress_journal::{append::Entries, shell};
use redress_proto::records_retention::v1 as proto;

use super::MoveOn;
use crate::{
    render,
    world::{Want, World},
};

/// Has a disposal carried out that the caller sees.
#[derive(Debug)]
pub(crate) struct Execute {
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// The step.
    pub(crate) step: MoveOn,
}

impl shell::Command<World> for Execute {
    type Answer = proto::Disposal;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        <MoveOn as shell::Command<World>>::wants(&self.step, wants);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Disposal, Refusal> {
        let name = || Refusal::NotFound { name: self.step.disposal.name() };
        let found = world.disposals.get(self.step.disposal);
        found.filter(|row| world.sees(self.caller, row.contract, row.organisation)).ok_or_else(name)?;
        <MoveOn as shell::Command<World>>::run(&self.step, world, entries, now)?;
        world.disposals.get(self.step.disposal).map(render::disposal::answer).ok_or_else(name)
    }
}
