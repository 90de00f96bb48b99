//! Letters from ICE: each with a clock of its own, answered or late, in every stage (ICE-05, J0 7.16).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, refused};
use crate::{
    IceLetterId, Refusal,
    examination::{
        Case, CommandKind, Context, Event, IceLetter, LetterKind, NewLetter, Received, StageName, clock,
    },
    refusal::field,
};

pub(super) fn record(case: &Case, new: &NewLetter, context: &Context<'_>) -> Decided {
    let file = &case.file;
    let mut checks = Checks::default();
    checks.not_future("letter.received_on", new.received_on, context.today);
    checks.not_before(
        "letter.received_on",
        new.received_on,
        file.referred_on,
        "the day the person went to ICE",
    );
    if let Some(stated_on) = new.stated_on {
        checks.not_before("letter.stated_on", stated_on, new.received_on, "the day of receipt");
        checks.require(
            new.wants_answer,
            "letter.stated_on",
            field::NOT_ALLOWED,
            "must be left out of a letter that wants no answer",
        );
    }
    checks.done()?;
    let limit = clock::letter(
        file.division,
        (new.received_on, context.today, None),
        context.pack,
        context.calendars,
    )?;
    let stated_later =
        matches!((&limit, new.stated_on), (Some(limit), Some(stated)) if stated > limit.due_on);
    // A call for papers due later than the guidance allows is a slip: whoever records it looks again (I11).
    if stated_later && new.kind == LetterKind::EvidenceRequest {
        let mut checks = Checks::default();
        let description = "must not lie after the limit of the guidance; leave it out to take that";
        checks.require(false, "letter.stated_on", field::LATER_THAN_GUIDANCE, description);
        checks.done()?;
    }
    let computed = if new.wants_answer {
        let days = (new.received_on, context.today, new.stated_on);
        clock::letter(file.division, days, context.pack, context.calendars)?
    } else {
        None
    };
    let not_needed_yet = new.kind == LetterKind::EvidenceRequest
        && matches!(case.stage.name(), StageName::Accepted | StageName::Resolution)
        && clock::resolution_needs_no_evidence(context.pack);
    let letter = IceLetter {
        id: new.id,
        kind: new.kind,
        received_on: new.received_on,
        recorded_on: context.today,
        stated_on: new.stated_on,
        wants_answer: new.wants_answer,
        due_on: computed.as_ref().map(|computed| computed.due_on),
        stated_later,
        not_needed_yet,
        answered: None,
        overdue: false,
        lapsed: false,
    };
    let because = match &computed {
        Some(computed) => computed.citation.clone(),
        None => context.pack.stated(&context.pack.rules.ice_correspondence, "ICE-05"),
    };
    let mut citations = vec![because.with("received_on", new.received_on)];
    if not_needed_yet {
        citations.push(context.pack.stated(&context.pack.rules.ice_stages, "ICE-06"));
    }
    let mut events = vec![Event::IceLetterReceived(Box::new(Received {
        letter,
        warn_on: computed.as_ref().map(|computed| computed.warn_on),
        calendar_version: computed.map(|computed| computed.calendar_version).unwrap_or_default(),
    }))];
    // ICE-03: the question whether every step was done is the gateway.
    if new.kind == LetterKind::ProcessCheck && case.stage.name() == StageName::Referred {
        events.push(Event::GatewayCheckBegun { on: new.received_on });
        citations.push(context.pack.stated(&context.pack.rules.ice_process_check, "ICE-03"));
    }
    Ok(Decision { events, because: citations })
}

pub(super) fn answer(
    case: &Case,
    id: IceLetterId,
    answered_on: Date,
    after_noon: bool,
    context: &Context<'_>,
) -> Decided {
    let letter = find(case, id)?;
    let mut checks = Checks::default();
    checks.not_future("answered_on", answered_on, context.today);
    checks.not_before("answered_on", answered_on, letter.received_on, "the day of receipt");
    checks.done()?;
    if letter.lapsed {
        return Err(refused(case, CommandKind::AnswerLetter, &[]));
    }
    if letter.answered.is_some() {
        return Err(Refusal::AlreadyThere { name: id.name() });
    }
    let event = answered(case, letter, answered_on, after_noon, context)?;
    Ok(Decision::one(event, vec![because(answered_on, context)]))
}

/// Fired when a letter passed its day. What was answered in the meantime is not late any more.
pub(super) fn flag_overdue(case: &Case, id: IceLetterId, context: &Context<'_>) -> Decided {
    let letter = find(case, id)?;
    if letter.overdue || !letter.is_open() {
        return Ok(Decision::nothing());
    }
    match letter.due_on {
        Some(due_on) if letter.is_late(context.today) => {
            let event = Event::IceLetterOverdue { letter: id, due_on };
            Ok(Decision::one(event, vec![because(context.today, context).with("due_on", due_on)]))
        }
        due_on => Err(Refusal::NotDue { due_on }),
    }
}

/// The answer to a letter of the kind that another command gives by itself; none where no such letter waits.
pub(super) fn answers(
    case: &Case,
    kind: LetterKind,
    (on, after_noon): (Date, bool),
    context: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let waiting = case
        .file
        .letters
        .iter()
        .filter(|letter| letter.kind == kind && letter.is_open() && letter.received_on <= on);
    waiting.map(|letter| answered(case, letter, on, after_noon, context)).collect()
}

fn answered(
    case: &Case,
    letter: &IceLetter,
    answered_on: Date,
    after_noon: bool,
    context: &Context<'_>,
) -> Result<Event, Refusal> {
    // ICE-23 is ICE's side only: the provider was in time by the day it answered.
    let taken_on =
        clock::taken_by_ice(case.file.division, answered_on, after_noon, context.today, context.calendars)?;
    let late = letter.is_late(answered_on);
    Ok(Event::IceLetterAnswered { letter: letter.id, answered_on, taken_on, late })
}

fn because(on: Date, context: &Context<'_>) -> Citation {
    context.pack.stated(&context.pack.rules.ice_correspondence, "ICE-05").with("on", on)
}

fn find(case: &Case, id: IceLetterId) -> Result<&IceLetter, Refusal> {
    let found = case.file.letters.iter().find(|letter| letter.id == id);
    found.ok_or_else(|| Refusal::NotFound { name: id.name() })
}
