//! What a change would do to everything that is kept, before anyone makes it.

use redress_proto::{complaints::v1::Complaint, records_retention::v1::SimulateScheduleRequest};

use super::super::{Example, teller::line};
use crate::{client::Failure, command::retention::simulate::summed, present::simulation};

/// Days until the contract would end, and a day by which all would be due that its guidance keeps for years after that.
const ENDS_IN: i32 = 90;
const DUE_IN: i32 = 8 * 366;
/// A longer period than the guidance has, as the parties may agree on one.
const MONTHS: i32 = 84;

/// Asks what the end of the contract would do to its records, and what a period that was agreed would.
pub(super) async fn play(example: &Example, case: &Complaint) -> Result<(), Failure> {
    let (teller, link) = (example.teller, &example.cast.records_officer);
    teller.chapter("11. What if, a shorter schedule, and reports without anyone in them");
    let end = SimulateScheduleRequest {
        contract: case.contract.clone(),
        end_on: Some(example.ago(-ENDS_IN)),
        due_by: Some(example.ago(-DUE_IN)),
        page_size: 200,
        ..SimulateScheduleRequest::default()
    };
    let told = summed(link, end.clone()).await?;
    if told.examples.is_empty() {
        return Err(Failure::Unsound("the end of the contract would set no term running".to_owned()));
    }
    teller.say(
        "Before a contract ends, anyone who may look can ask what that would do to everything kept under it. The dates are counted twice, \
         as they are and as they would be, by the function that counts the real ones; and nothing is changed:",
    );
    line(&simulation::show(teller.screen(), &told));
    teller.because(&told.examples.iter().take(1).filter_map(|moved| moved.rule.clone()).collect::<Vec<_>>());
    let told = summed(link, SimulateScheduleRequest { agreed_months: MONTHS, ..end }).await?;
    teller.say(
        "The guidance keeps records for its term \"or as long as may be agreed\". What if seven years were agreed? Every day moves, and the \
         rule behind it is another:",
    );
    line(&simulation::show(teller.screen(), &told));
    teller.because(&told.examples.iter().take(1).filter_map(|moved| moved.rule.clone()).collect::<Vec<_>>());
    Ok(())
}
