//! Which clocks a case has, what starts each and what meets it.

use jiff::civil::{Date, date};
use redress_policy::{Clock, ClockKind, Pack, Refusal as PolicyRefusal};

use super::ClockKey;
use crate::{
    Channel, Refusal,
    complaint::{File, LetterKind, Reopening, StepRef, Subject, file::Response},
};

/// The statutory track for complaints about data protection begins on this day (CMP-29, DPA 2018 s.164A).
const DATA_PROTECTION_IN_FORCE: Date = date(2026, 6, 19);

/// A clock before it is counted.
pub(super) struct Setting {
    pub(super) key: ClockKey,
    pub(super) clock: Clock,
    /// The day from which is counted; not counted itself (XCT-07).
    pub(super) start_on: Date,
    /// The date the examiner stated, where it did.
    pub(super) stated_on: Option<Date>,
    /// The day on which the start was recorded: its calendar counts.
    pub(super) set_on: Date,
    pub(super) met_on: Option<Date>,
    /// The case went on without the person using this time.
    pub(super) over: bool,
    pub(super) holder: Holder,
}

/// Whose time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// A limit on the provider.
    Provider,
    /// A window of the person.
    Person,
}

pub(super) fn settings(file: &File, pack: &Pack) -> Result<Vec<Setting>, Refusal> {
    let mut settings = Vec::new();
    settings.extend(acknowledgement(file, pack));
    settings.extend(data_protection(file, pack)?);
    stages(file, pack, &mut settings);
    settings.extend(eight_weeks(file, pack)?);
    for response in file.final_responses() {
        settings.extend(window(file, pack, response)?);
    }
    for reopening in &file.reopenings {
        settings.extend(reopened(file, pack, reopening)?);
    }
    Ok(settings)
}

fn acknowledgement(file: &File, pack: &Pack) -> Option<Setting> {
    let clock = pack.own_clock(ClockKind::Acknowledgement, file.procedure.acknowledgement_limit?);
    Some(Setting { met_on: file.acknowledged_on, ..from_receipt(file, clock) })
}

fn data_protection(file: &File, pack: &Pack) -> Result<Option<Setting>, Refusal> {
    if file.subject != Subject::DataProtection || file.received_on < DATA_PROTECTION_IN_FORCE {
        return Ok(None);
    }
    let clock = stated(pack, ClockKind::DataProtectionAcknowledgement)?;
    Ok(clock.map(|clock| Setting { met_on: file.acknowledged_on, ..from_receipt(file, clock) }))
}

/// The limit of each stage's response from the day the stage began, and the person's time to go further (CMP-06).
fn stages(file: &File, pack: &Pack, settings: &mut Vec<Setting>) {
    let entry = (file.entry_stage, file.received_on, file.registered_on);
    let later = file.escalations.iter().map(|to| (to.to_stage, to.requested_on, to.recorded_on));
    let first_final = file.final_responses().next();
    for (number, start_on, set_on) in [entry].into_iter().chain(later) {
        let Some(stage) = file.procedure.stage(number) else { continue };
        let response =
            file.responses(LetterKind::StageResponse).find(|response| response.stage_number == number);
        if let Some(limit) = stage.response_limit {
            let answered = response.or(first_final).map(|response| response.issued_on);
            settings.push(Setting {
                key: ClockKey::new(ClockKind::StageResponse, number),
                clock: pack.own_clock(ClockKind::StageResponse, limit),
                start_on,
                stated_on: None,
                set_on,
                met_on: answered,
                over: false,
                holder: Holder::Provider,
            });
        }
        if let (Some(limit), Some(response)) = (stage.escalation_limit, response) {
            let escalated = file.escalations.iter().find(|to| to.to_stage > number);
            settings.push(Setting {
                key: ClockKey::new(ClockKind::Escalation, number),
                clock: pack.own_clock(ClockKind::Escalation, limit),
                start_on: response.issued_on,
                stated_on: None,
                set_on: response.recorded_on,
                met_on: escalated.map(|to| to.requested_on),
                over: first_final.is_some(),
                holder: Holder::Person,
            });
        }
    }
}

/// An answer within eight weeks of receipt, where the pack has the rule (CMP-08, J0 7.01).
fn eight_weeks(file: &File, pack: &Pack) -> Result<Option<Setting>, Refusal> {
    let clock = stated(pack, ClockKind::EightWeekRight)?;
    let answered = file.final_responses().next().map(|response| response.issued_on);
    Ok(clock.map(|clock| Setting { met_on: answered, ..from_receipt(file, clock) }))
}

/// The way to the examiner after a final response, longer where it went by post (CMP-09, Q6).
fn window(file: &File, pack: &Pack, response: Response) -> Result<Option<Setting>, Refusal> {
    let kind = match response.channel {
        Channel::Post => ClockKind::IceWindowByPost,
        Channel::InPerson | Channel::Telephone | Channel::Email | Channel::Online => ClockKind::IceWindow,
    };
    let referred = file.examiner_contacts.iter().map(|contact| contact.referred_on);
    let superseded = file.final_responses().any(|other| other.run > response.run);
    Ok(stated(pack, kind)?.map(|clock| Setting {
        key: ClockKey::new(kind, response.run),
        clock,
        start_on: response.issued_on,
        stated_on: None,
        set_on: response.recorded_on,
        met_on: referred.filter(|referred| *referred >= response.issued_on).min(),
        // Q7: a reopened process ends in a new final response with a window of its own.
        over: superseded,
        holder: Holder::Person,
    }))
}

/// The steps that the examiner wants done again, by the day it stated or the pack's own limit (CMP-14, J0 7.16).
fn reopened(file: &File, pack: &Pack, reopening: &Reopening) -> Result<Option<Setting>, Refusal> {
    let again = file.done.iter().filter(|done| done.run == reopening.run);
    let done_on = |step: &StepRef| again.clone().filter(|done| done.step == *step).map(|done| done.on).max();
    let done: Option<Vec<Date>> = reopening.steps.iter().map(done_on).collect();
    Ok(stated(pack, ClockKind::ReopenedSteps)?.map(|clock| Setting {
        key: ClockKey::new(ClockKind::ReopenedSteps, reopening.run),
        clock,
        start_on: reopening.requested_on,
        stated_on: reopening.stated_due_on,
        set_on: reopening.recorded_on,
        met_on: done.and_then(|days| days.into_iter().max()),
        over: false,
        holder: Holder::Provider,
    }))
}

fn from_receipt(file: &File, clock: Clock) -> Setting {
    Setting {
        key: ClockKey::new(clock.kind, 1),
        clock,
        start_on: file.received_on,
        stated_on: None,
        set_on: file.registered_on,
        met_on: None,
        over: false,
        holder: Holder::Provider,
    }
}

/// The pack's clock; none where its guidance is silent or not known. What is not known is said where it is asked for.
fn stated(pack: &Pack, kind: ClockKind) -> Result<Option<Clock>, Refusal> {
    match pack.clock(kind) {
        Ok(clock) => Ok(Some(clock)),
        Err(PolicyRefusal::NoSuchClock { .. } | PolicyRefusal::ValueNotKnown { .. }) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}
