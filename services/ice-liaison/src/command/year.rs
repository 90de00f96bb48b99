//! Closes a year of the ledger for good.

use ice_liaison_domain::{IceYear, Refusal, ledger};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_proto::ice_liaison::v1 as proto;
use uuid::Uuid;

use crate::{
    publish,
    world::{Want, World},
};
use redress_chassis::wire;

/// Closes a year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CloseYear {
    /// Id of its entry's stream.
    pub(crate) stream: Uuid,
    /// The year.
    pub(crate) year: IceYear,
}

impl shell::Command<World> for CloseYear {
    type Answer = proto::CloseLedgerYearResponse;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Years);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::CloseLedgerYearResponse, Refusal> {
        let today = Moment::at(now).today;
        let closed = world.closed_years(self.year.first_day().map_or(1, jiff::civil::Date::month));
        ledger::close(self.year, &closed, today)?;
        entries.append(publish::year(self.stream, self.year, today));
        world.close_year(self.year.begins().into(), today);
        Ok(proto::CloseLedgerYearResponse { year: self.year.to_string(), closed_on: Some(wire::date(today)) })
    }
}
