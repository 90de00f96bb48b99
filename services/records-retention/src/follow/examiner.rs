//! Entries of the ice-liaison service as news of examinations.

use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_proto::ice_liaison::v1 as ice;

use super::news::{is, name, read};
use crate::command::case::News;

/// What an entry tells of an examination.
pub(super) fn news(entry: &Entry) -> Result<Option<News>, HandleFault> {
    if is::<ice::ExaminationOpened>(entry) {
        let told: ice::ExaminationOpened = read(entry)?;
        return Ok(Some(News::ExaminationOpened {
            examination: name(&told.examination)?,
            complaint: name(&told.complaint)?,
            contract: name(&told.contract)?,
            organisation: name(&told.organisation)?,
        }));
    }
    if is::<ice::ExaminationClosed>(entry) {
        let told: ice::ExaminationClosed = read(entry)?;
        let (examination, complaint) = (name(&told.examination)?, name(&told.complaint)?);
        return Ok(Some(News::ExaminationEnded { examination, complaint }));
    }
    Ok(None)
}
