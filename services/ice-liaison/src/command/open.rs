//! Opens an examination of a complaint that the caller sees.

use ice_liaison_domain::{
    ComplaintId, ExaminationId, OrganisationId, Refusal,
    examination::{Command, State},
};
use jiff::{Timestamp, civil::Date};
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;
use redress_proto::ice_liaison::v1 as proto;
use uuid::Uuid;

use super::case::decide;
use crate::{
    render,
    store::examination::Examination,
    world::{Want, World},
};

/// Opens an examination.
#[derive(Debug)]
pub(crate) struct Open {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for it.
    pub(crate) id: ExaminationId,
    /// The complaint.
    pub(crate) complaint: ComplaintId,
    /// Day on which the person went to ICE.
    pub(crate) referred_on: Date,
    /// ICE got it after 12 noon.
    pub(crate) after_noon: bool,
    /// Day on which ICE told the provider.
    pub(crate) notified_on: Date,
    /// ICE's own reference.
    pub(crate) reference: Option<String>,
    /// Key for its texts.
    pub(crate) key: Uuid,
}

impl shell::Command<World> for Open {
    type Answer = proto::Examination;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Complaint(self.complaint));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Examination, Refusal> {
        let moment = Moment::at(now);
        let record = world
            .visible_record(self.caller, self.complaint)
            .ok_or_else(|| Refusal::NotFound { name: self.complaint.name() })?;
        let row = Examination {
            id: self.id,
            complaint: self.complaint,
            contract: record.contract,
            organisation: record.organisation,
            reference: self.reference.clone(),
            state: State::Unopened,
            key: self.key,
            version: 0,
            revision: 0,
            created_at: now,
            updated_at: now,
        };
        let command = Command::Open {
            id: self.id,
            complaint: self.complaint,
            referred_on: self.referred_on,
            after_noon: self.after_noon,
            notified_on: self.notified_on,
        };
        let moved = decide(&row, &command, world, &self.rulebook, moment)?;
        let answer = render::examination::answer(&moved, world, &self.rulebook, moment.today)?;
        moved.record(world, entries);
        Ok(answer)
    }
}
