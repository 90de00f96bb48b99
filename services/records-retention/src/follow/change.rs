//! Changes of schedules that took effect, so that the records of their contracts are counted anew.

use records_retention_domain::{ContractId, id};
use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_proto::records_retention::v1 as proto;

use super::news::{is, name, read};

/// The contract whose records hang on something else from now on.
pub(super) fn moved(entry: &Entry) -> Result<Option<ContractId>, HandleFault> {
    let contract = if is::<proto::ScheduleChangeMade>(entry) {
        read::<proto::ScheduleChangeMade>(entry)?.contract
    } else if is::<proto::ScheduleChangeApplied>(entry) {
        read::<proto::ScheduleChangeApplied>(entry)?.contract
    } else {
        return Ok(None);
    };
    name::<id::Contract>(&contract).map(Some)
}
