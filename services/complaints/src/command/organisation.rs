//! Recording an organisation.

use complaints_domain::{
    OrganisationId, Refusal,
    supply_chain::{
        OrganisationKind,
        organisation::{Command, Context, Rules, State},
    },
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::Decided;
use redress_proto::supply_chain::v1 as proto;

use crate::{
    publish, render,
    store::organisation::Organisation,
    world::{Want, World},
};

/// Records an organisation.
#[derive(Debug)]
pub(crate) struct CreateOrganisation {
    /// Id for it: its own at the identity provider, or a fresh one.
    pub(crate) id: OrganisationId,
    /// What it is.
    pub(crate) kind: OrganisationKind,
    /// Name people know it by.
    pub(crate) display_name: String,
    /// The organisation that records it.
    pub(crate) recorded_by: OrganisationId,
    /// Whether the caller sets up for the department.
    pub(crate) commissioner: bool,
}

impl shell::Command<World> for CreateOrganisation {
    type Answer = proto::Organisation;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Organisation(self.id));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Organisation, Refusal> {
        let state = world.organisations.get(self.id).map_or(State::Unrecorded, Organisation::state);
        let command = Command::Record { id: self.id, kind: self.kind };
        let decided = Decided::<Rules>::by(&state, &command, &Context { commissioner: self.commissioner })?;
        let row = Organisation {
            id: self.id,
            recorded_by: self.recorded_by,
            kind: self.kind,
            display_name: self.display_name.clone(),
            version: decided.version_after(0),
            revision: 0,
            created_at: now,
        };
        for (version, event) in decided.numbered(0) {
            entries.append(publish::organisation(&row, version, event, decided.citations.clone()));
        }
        let answer = render::supply_chain::organisation(&row);
        world.organisations.put(row.id, row);
        Ok(answer)
    }
}
