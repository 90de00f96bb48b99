//! Entries of the complaints service as news of contracts and cases.

use prost::{Message, Name};
use records_retention_domain::id;
use redress_chassis::wire;
use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_kernel::{Id, id::Noun};
use redress_proto::{complaints::v1 as complaints, supply_chain::v1 as chain, r#type::v1::Channel};

use crate::command::{case::News, ended::TakeEnd};

/// The last day of a contract, where an entry tells it.
pub(super) fn end(entry: &Entry) -> Result<Option<TakeEnd>, HandleFault> {
    let (previous, end_on) = if is::<chain::ContractEnded>(entry) {
        let told: chain::ContractEnded = read(entry)?;
        (told.previous, told.end_on)
    } else if is::<chain::ContractRecorded>(entry) {
        (None, read::<chain::ContractRecorded>(entry)?.end_on)
    } else {
        return Ok(None);
    };
    let day = |day: Option<&_>| day.and_then(wire::read_date);
    let Some(end_on) = day(end_on.as_ref()) else { return Ok(None) };
    let (contract, version) = (stream(entry)?, entry.content.version);
    Ok(Some(TakeEnd { contract, version, previous: day(previous.as_ref()), end_on }))
}

/// What an entry tells of a case or person.
pub(super) fn case(entry: &Entry) -> Result<Option<News>, HandleFault> {
    if is::<complaints::ParticipantRecorded>(entry) {
        let told: complaints::ParticipantRecorded = read(entry)?;
        return Ok(Some(News::PersonRecorded {
            participant: name::<id::Participant>(&told.participant)?,
            contract: name::<id::Contract>(&told.contract)?,
            organisation: name::<id::Organisation>(&told.organisation)?,
        }));
    }
    if is::<complaints::ComplaintRegistered>(entry) {
        let told: complaints::ComplaintRegistered = read(entry)?;
        return Ok(Some(News::Opened {
            complaint: name::<id::Complaint>(&told.complaint)?,
            participant: name::<id::Participant>(&told.participant)?,
            contract: name::<id::Contract>(&told.contract)?,
            organisation: name::<id::Organisation>(&told.organisation)?,
        }));
    }
    if is::<complaints::FinalResponseIssued>(entry) {
        let told: complaints::FinalResponseIssued = read(entry)?;
        let issued_on = told.issued_on.as_ref().and_then(wire::read_date);
        return Ok(Some(News::Answered {
            complaint: stream(entry)?,
            issued_on: issued_on.ok_or_else(|| unread(entry))?,
            by_post: told.channel == i32::from(Channel::Post),
        }));
    }
    if is::<complaints::ExaminerContactRecorded>(entry) {
        return Ok(Some(News::Reopened { complaint: stream(entry)? }));
    }
    let ended = is::<complaints::ComplaintClosed>(entry)
        || is::<complaints::ComplaintWithdrawn>(entry)
        || is::<complaints::ComplaintRedirected>(entry);
    if ended { Ok(Some(News::Ended { complaint: stream(entry)? })) } else { Ok(None) }
}

/// Whether an entry is of a message.
pub(crate) fn is<M: Name>(entry: &Entry) -> bool {
    entry.content.entry_type == M::full_name()
}

/// The message in an entry.
pub(super) fn read<M: Message + Default>(entry: &Entry) -> Result<M, HandleFault> {
    M::decode(entry.content.payload.as_slice()).map_err(|_| unread(entry))
}

/// The id in a name.
pub(super) fn name<K: Noun>(name: &str) -> Result<Id<K>, HandleFault> {
    Id::parse_name(name).map_err(|_| HandleFault::Poison("a name of another form".to_owned()))
}

/// The thing that an entry is about.
pub(crate) fn stream<K>(entry: &Entry) -> Result<Id<K>, HandleFault> {
    entry.content.stream_id.parse().map(Id::new).map_err(|_| unread(entry))
}

/// An entry whose payload is not what its type says.
pub(crate) fn unread(entry: &Entry) -> HandleFault {
    HandleFault::Poison(format!("{} cannot be read", entry.content.entry_type))
}
