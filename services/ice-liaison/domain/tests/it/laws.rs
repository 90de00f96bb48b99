//! What holds whatever anyone asks, in whatever order, on whatever day.

use ice_liaison_domain::examination::{
    ChargeStanding, Command, CommandKind, DeclineGround, Event, LetterKind, Outcome, Rules, State, allowed,
    clock, due,
};
use jiff::{Span, civil::Date};
use proptest::prelude::*;
use redress_kernel::Decider as _;

use crate::{
    fixture::{Desk, accept, advance, answer, calendars, day, letter, report, response},
    table::command,
};

/// One thing someone asks for: the kind, two numbers that fill it in, and the days that pass before.
type Ask = (usize, u16, u16, u8);

fn asks() -> impl Strategy<Value = Vec<Ask>> {
    prop::collection::vec((0_usize..CommandKind::ALL.len(), any::<u16>(), any::<u16>(), 0_u8..20), 1..50)
}

fn desk(seed: u16) -> Desk {
    match seed % 6 {
        0 => Desk::answered(),
        1 => Desk::at_gateway(),
        2 => Desk::resolution(),
        3 => Desk::settlement(),
        4 => Desk::reported(Outcome::Upheld, 2),
        _ => Desk::investigation(),
    }
}

fn filled(kind: CommandKind, a: u16, b: u16, desk: &Desk) -> Command {
    let today = desk.today;
    let on: Date = today.checked_sub(Span::new().days(i64::from(a % 7) - 1)).unwrap();
    let outcome = [Outcome::Upheld, Outcome::PartiallyUpheld, Outcome::NotUpheld][usize::from(b % 3)];
    let kinds = [LetterKind::ProcessCheck, LetterKind::EvidenceRequest, LetterKind::InformationRequest];
    match kind {
        CommandKind::RecordLetter => letter(u128::from(a % 9), kinds[usize::from(b % 3)], on, None),
        CommandKind::AnswerLetter => answer(u128::from(b % 9), on),
        CommandKind::Accept => accept(on, b.is_multiple_of(2)),
        CommandKind::Decline => {
            let ground = [DeclineGround::Premature, DeclineGround::Other][usize::from(b % 2)];
            Command::Decline { declined_on: on, ground, reasoned: a.is_multiple_of(2) }
        }
        CommandKind::IssueReport => report(on, outcome, u128::from(a % 3)),
        CommandKind::BeginResolution
        | CommandKind::RequestEvidence
        | CommandKind::Allocate
        | CommandKind::BeginInvestigation => {
            let Command::Advance { to, .. } = command(kind, desk) else { panic!("{kind:?}") };
            advance(to, on, b.is_multiple_of(3))
        }
        CommandKind::Open
        | CommandKind::ConfirmProcess
        | CommandKind::RequestRevisit
        | CommandKind::NoteFinalResponse
        | CommandKind::SendEvidence
        | CommandKind::Agree
        | CommandKind::AssignRecommendation
        | CommandKind::CompleteRecommendation
        | CommandKind::SubmitAccount
        | CommandKind::Withdraw
        | CommandKind::Close
        | CommandKind::FlagOverdue => command(kind, desk),
    }
}

struct Turn {
    command: Command,
    before: Desk,
    after: Desk,
    events: Vec<Event>,
}

fn play(seed: u16, asks: &[Ask]) -> (Desk, Vec<Turn>) {
    let mut desk = desk(seed);
    let mut turns = Vec::new();
    for (kind, a, b, days) in asks {
        desk.today =
            desk.today.checked_add(Span::new().days(i64::from(*days))).unwrap().min(day("2027-06-30"));
        if b.is_multiple_of(11) {
            let run = desk.record.run.saturating_add(1);
            desk.record.run = run;
            desk.record.learn(response(run, &desk.today.to_string(), a.is_multiple_of(2)));
        }
        // An id is made once: a letter that is there is not recorded again under its name.
        let command = filled(CommandKind::ALL[*kind], *a, *b, &desk);
        if let Command::RecordLetter(new) = &command
            && desk
                .state
                .case()
                .is_some_and(|case| case.file.letters.iter().any(|letter| letter.id == new.id))
        {
            continue;
        }
        let before = desk.clone();
        if let Ok(events) = desk.asks(&command) {
            turns.push(Turn { command, before, after: desk.clone(), events });
        }
    }
    (desk, turns)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_was_done_is_done_twice(seed in any::<u16>(), asks in asks()) {
        // Declared exceptions: a letter is a thing of its own, whose id the service makes; it is not told from another.
        for turn in play(seed, &asks).1.iter().filter(|turn| !turn.events.is_empty()) {
            if turn.command.kind() == CommandKind::RecordLetter {
                continue;
            }
            let again = Rules::decide(&turn.after.state, &turn.command, &turn.after.context());
            prop_assert!(again.as_ref().map_or(true, |decision| decision.events.is_empty()), "{:?}: {again:?}", turn.command);
        }
    }

    #[test]
    fn only_declared_stages_take_a_command(seed in any::<u16>(), asks in asks()) {
        for turn in play(seed, &asks).1 {
            let stage = turn.before.state.stage_name();
            prop_assert!(allowed(turn.command.kind()).contains(&stage));
            if stage.is_terminal() {
                let declared = [CommandKind::RecordLetter, CommandKind::AnswerLetter, CommandKind::FlagOverdue];
                prop_assert!(declared.contains(&turn.command.kind()));
                prop_assert_eq!(turn.after.state.stage_name(), stage);
            }
        }
    }

    #[test]
    fn one_by_one_or_all_together_the_events_make_the_same_state(seed in any::<u16>(), asks in asks()) {
        let (desk, _) = play(seed, &asks);
        prop_assert_eq!(desk.events.iter().fold(Rules::initial(), Rules::evolve), desk.state);
    }

    #[test]
    fn a_state_reads_back_as_it_was_kept(seed in any::<u16>(), asks in asks()) {
        let (desk, _) = play(seed, &asks);
        let kept = serde_json::to_string(&desk.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&kept).unwrap(), desk.state);
    }

    #[test]
    fn every_letter_keeps_its_day(seed in any::<u16>(), asks in asks()) {
        // L11: what is stored is what is computed, and nothing moves it.
        let (desk, _) = play(seed, &asks);
        let Some(case) = desk.state.case() else { return Ok(()) };
        for letter in &case.file.letters {
            let computed = clock::of_letter(&case.file, letter, desk.pack, calendars()).unwrap();
            prop_assert_eq!(letter.due_on, computed.map(|computed| computed.due_on));
        }
    }

    #[test]
    fn what_was_accepted_had_a_right_or_ices_discretion(seed in any::<u16>(), asks in asks()) {
        // Domain 3.7, invariant 4
        for event in play(seed, &asks).0.events {
            if let Event::ExaminationAccepted { finding, discretion, .. } = event {
                prop_assert_eq!(finding.is_right(), !discretion);
            }
        }
    }

    #[test]
    fn a_charge_is_due_if_and_only_if_an_investigation_upheld(seed in any::<u16>(), asks in asks()) {
        // Domain 3.7, invariant 2
        let (desk, _) = play(seed, &asks);
        let Some(case) = desk.state.case() else { return Ok(()) };
        let due = case.file.report.as_ref().is_some_and(|report| report.charge == ChargeStanding::Due);
        let upheld = case.file.report.as_ref().is_some_and(|report| report.outcome == Outcome::Upheld);
        prop_assert_eq!(due, upheld);
    }

    #[test]
    fn what_is_due_is_allowed_and_then_no_longer_due(seed in any::<u16>(), asks in asks(), later in 0_i64..60) {
        let (mut desk, _) = play(seed, &asks);
        desk.today = desk.today.checked_add(Span::new().days(later)).unwrap().min(day("2027-12-31"));
        for round in 0.. {
            prop_assert!(round < 60, "time keeps asking for the same");
            let now = due::due(&desk.state, desk.today);
            prop_assert_eq!(due::wake_on(&desk.state).is_some_and(|on| on <= desk.today), !now.is_empty());
            let Some(command) = now.first() else { break };
            let events = desk.asks(command);
            prop_assert!(events.as_ref().is_ok_and(|events| !events.is_empty()), "{command:?}: {events:?}");
        }
    }
}
