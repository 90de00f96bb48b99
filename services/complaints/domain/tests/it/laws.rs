//! What holds whatever anyone asks, in whatever order, on whatever day.

use complaints_domain::{
    Channel,
    complaint::{
        ClockState, CloseReason, Command, CommandKind, DraftDecision, Event, LetterFacts, LetterKind,
        Outcome, Rules, State, StepRef, Subject, WithdrawnBy, allowed, clocks, due, letter::Signpost,
        next_due,
    },
};
use jiff::{Span, civil::Date};
use proptest::prelude::*;
use redress_kernel::Decider as _;
use redress_policy::ClockKind;

use crate::fixture::{
    Desk, SAYS_ALL, SUB, atw_2024, calendars, complete, day, digest, issue, letter, one_stage, register,
};

/// One thing someone asks for: the kind, two numbers that fill it in, and the days that pass before.
type Ask = (usize, u16, u16, u8);

fn asks() -> impl Strategy<Value = Vec<Ask>> {
    prop::collection::vec((0_usize..CommandKind::ALL.len(), any::<u16>(), any::<u16>(), 0_u8..40), 1..60)
}

/// Half of the desks are worked in the usual order first, so that late stages are reached often.
fn desk(seed: u16) -> Desk {
    match seed % 6 {
        0 => Desk::jets(),
        1 => Desk::at_stage("2024-01-02"),
        2 => Desk::exhausted("2024-01-02"),
        3 => Desk::finished("2024-01-02"),
        4 => Desk::stage_answered("2024-01-02"),
        _ => {
            let mut desk = Desk::under(atw_2024(), "2023-06-05", one_stage());
            desk.on("2024-06-03").does(register("2024-06-03")).begins().completes("answer");
            desk
        }
    }
}

fn filled(kind: CommandKind, a: u16, b: u16, today: Date) -> Command {
    let back = |days: u16| today.checked_sub(Span::new().days(i64::from(days % 20) - 1)).unwrap();
    let on = back(a);
    let channel = [Channel::Post, Channel::Email, Channel::InPerson][usize::from(b % 3)];
    let step = ["call", "findings", "senior-review", "answer"][usize::from(a % 4)];
    let outcome = [Outcome::Upheld, Outcome::NotUpheld][usize::from(b % 2)];
    let text = digest(['a', 'b'][usize::from(a % 2)]);
    let name = letter(u128::from(a % 5));
    let mut response = issue(u128::from(a % 5), on);
    (response.channel, response.outcome, response.digest) = (channel, outcome, text.clone());
    match kind {
        CommandKind::Register => register(&on.to_string()),
        CommandKind::RecordReceipt => {
            Command::RecordReceipt { organisation: SUB, received_on: back(b), channel }
        }
        CommandKind::Redirect => Command::Redirect { subject: Subject::Mixed, told_on: on, channel },
        CommandKind::Acknowledge => Command::Acknowledge { acknowledged_on: on, channel },
        CommandKind::AssignHandler => Command::AssignHandler { handler: format!("officer-{}", a % 3) },
        CommandKind::CompleteStep => complete(step, on),
        CommandKind::SubmitDraft => {
            let kind = [LetterKind::FinalResponse, LetterKind::StageResponse][usize::from(b % 2)];
            Command::SubmitDraft { letter: name, kind, digest: text, outcome }
        }
        CommandKind::DecideDraft => {
            let decision = [DraftDecision::Approve, DraftDecision::Rework][usize::from(b % 2)];
            Command::DecideDraft { letter: name, digest: text, decision, commented: true }
        }
        CommandKind::IssueStageResponse => Command::IssueStageResponse(response),
        CommandKind::Escalate => Command::Escalate { requested_on: on },
        CommandKind::IssueFinalResponse => Command::IssueFinalResponse(response),
        CommandKind::IssueCorrection => Command::IssueCorrection {
            letter: letter(u128::from(b % 9)),
            corrects: name,
            digest: text,
            issued_on: on,
            channel,
        },
        CommandKind::RecordExaminerContact => Command::RecordExaminerContact {
            referred_on: on,
            notified_on: today,
            discretion: b.is_multiple_of(2),
        },
        CommandKind::ReopenSteps => Command::ReopenSteps {
            steps: vec![StepRef { stage_number: 1, id: step.to_owned() }],
            requested_on: on,
            due_on: b.is_multiple_of(2).then_some(today),
        },
        CommandKind::ReturnFromExaminer => Command::ReturnFromExaminer { returned_on: on },
        CommandKind::Withdraw => {
            Command::Withdraw { by: WithdrawnBy::Participant, withdrawn_on: on, channel, document: None }
        }
        CommandKind::Close => {
            let reasons = [
                CloseReason::Accepted,
                CloseReason::Silent,
                CloseReason::WindowPassed,
                CloseReason::ExaminerClosed,
                CloseReason::Other,
            ];
            Command::Close { reason: reasons[usize::from(b % 5)], explained: true }
        }
        CommandKind::OpenEarlyAccess => Command::OpenEarlyAccess,
        CommandKind::RecordBreach => {
            let kinds = [ClockKind::Acknowledgement, ClockKind::StageResponse, ClockKind::EightWeekRight];
            let number = u8::try_from(b % 3).unwrap();
            Command::RecordBreach {
                clock: complaints_domain::complaint::ClockKey::new(kinds[usize::from(a % 3)], number),
            }
        }
        CommandKind::CloseSilent => Command::CloseSilent,
        CommandKind::CloseWindowPassed => Command::CloseWindowPassed,
        CommandKind::RebaseClocks => Command::RebaseClocks,
        CommandKind::RepinPack => Command::RepinPack,
    }
}

/// What was asked and accepted, and the states before and after.
struct Turn {
    command: Command,
    before: Desk,
    after: Desk,
    events: Vec<Event>,
}

/// Plays `asks` on a desk and returns what was accepted. No ask is one too many: a desk that was refused goes on.
fn play(seed: u16, asks: &[Ask]) -> (Desk, Vec<Turn>) {
    let mut desk = desk(seed);
    let mut turns = Vec::new();
    for (kind, a, b, days) in asks {
        let next = desk.today.checked_add(Span::new().days(i64::from(*days))).unwrap();
        desk.today = next.min(day("2027-06-30"));
        desk.letter = if a.is_multiple_of(7) {
            LetterFacts { signposting: Signpost::Missing { version: 1 }, ..SAYS_ALL }
        } else {
            SAYS_ALL
        };
        let command = filled(CommandKind::ALL[*kind], *a, *b, desk.today);
        let before = desk.clone();
        if let Ok(events) = desk.asks(&command) {
            turns.push(Turn { command, before, after: desk.clone(), events });
        }
    }
    (desk, turns)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_was_done_is_done_twice(seed in any::<u16>(), asks in asks()) {
        // A command repeated at once is refused or changes nothing; none is declared an exception.
        for turn in play(seed, &asks).1.iter().filter(|turn| !turn.events.is_empty()) {
            let again = Rules::decide(&turn.after.state, &turn.command, &turn.after.context());
            prop_assert!(again.as_ref().map_or(true, |decision| decision.events.is_empty()), "{:?}: {again:?}", turn.command);
        }
    }

    #[test]
    fn only_declared_stages_take_a_command(seed in any::<u16>(), asks in asks()) {
        for turn in play(seed, &asks).1 {
            let stage = turn.before.state.stage_name();
            prop_assert!(allowed(turn.command.kind()).contains(&stage), "{} in {}", turn.command.kind().as_str(), stage.as_str());
            if stage.is_terminal() {
                let declared = [CommandKind::IssueCorrection, CommandKind::RecordExaminerContact];
                prop_assert!(declared.contains(&turn.command.kind()));
            }
        }
    }

    #[test]
    fn one_by_one_or_all_together_the_events_make_the_same_state(seed in any::<u16>(), asks in asks()) {
        let (desk, turns) = play(seed, &asks);
        let Some(first) = turns.first() else { return Ok(()) };
        let all = turns.iter().flat_map(|turn| &turn.events);
        let folded = all.fold(first.before.state.clone(), Rules::evolve);
        prop_assert_eq!(folded, desk.state);
    }

    #[test]
    fn a_state_reads_back_as_it_was_kept(seed in any::<u16>(), asks in asks()) {
        let (desk, _) = play(seed, &asks);
        let kept = serde_json::to_string(&desk.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&kept).unwrap(), desk.state);
    }

    #[test]
    fn no_limit_becomes_earlier_but_by_an_earlier_receipt(seed in any::<u16>(), asks in asks()) {
        // L07, L08, L11: whatever is drafted, approved, returned, corrected or rebased. Pinning another guidance is the
        // other thing that may change a date, and says so in the journal.
        for turn in play(seed, &asks).1 {
            if matches!(turn.command.kind(), CommandKind::RecordReceipt | CommandKind::RepinPack) {
                continue;
            }
            let at = |desk: &Desk| clocks(&desk.state, desk.pack, calendars(), turn.after.today).unwrap();
            let after = at(&turn.after);
            for clock in at(&turn.before) {
                let same = after.iter().find(|other| other.key == clock.key);
                prop_assert!(same.is_some(), "{:?} made {:?} vanish", turn.command, clock.key);
                prop_assert!(same.unwrap().deadline.due_on >= clock.deadline.due_on, "{:?}: {:?}", turn.command, clock.key);
            }
        }
    }

    #[test]
    fn an_earlier_receipt_gives_nobody_time(seed in any::<u16>(), asks in asks()) {
        // Q2
        for turn in play(seed, &asks).1.iter().filter(|turn| turn.command.kind() == CommandKind::RecordReceipt) {
            let at = |desk: &Desk| clocks(&desk.state, desk.pack, calendars(), turn.after.today).unwrap();
            let before = at(&turn.before);
            for clock in at(&turn.after) {
                let earlier = before.iter().find(|other| other.key == clock.key).unwrap();
                prop_assert!(clock.deadline.due_on <= earlier.deadline.due_on, "{:?}", clock.key);
            }
        }
    }

    #[test]
    fn each_process_run_has_at_most_one_final_response_with_every_step_done(seed in any::<u16>(), asks in asks()) {
        // CMP-05, CMP-07, Q7
        for turn in play(seed, &asks).1 {
            for event in &turn.events {
                let Event::FinalResponseIssued(issued) = event else { continue };
                let file = &turn.before.state.case().unwrap().file;
                prop_assert!(file.final_responses().all(|out| out.run != issued.run));
                let steps = complaints_domain::complaint::steps::steps(&turn.before.state);
                prop_assert!(steps.iter().all(|step| !step.is_open()));
                prop_assert!(issued.signposting_version.is_some());
            }
        }
    }

    #[test]
    fn what_is_due_is_allowed_and_then_no_longer_due(seed in any::<u16>(), asks in asks(), later in 0_i64..500) {
        let (mut desk, _) = play(seed, &asks);
        desk.today = desk.today.checked_add(Span::new().days(later)).unwrap().min(day("2027-12-31"));
        for round in 0.. {
            prop_assert!(round < 20, "time keeps asking for the same");
            let now = desk.due();
            let wake = due::wake_on(&desk.state, desk.pack, &desk.clocks()).unwrap();
            prop_assert_eq!(wake.is_some_and(|on| on <= desk.today), !now.is_empty());
            let Some(command) = now.first() else { break };
            let events = desk.asks(command);
            prop_assert!(events.as_ref().is_ok_and(|events| !events.is_empty()), "{command:?}: {events:?}");
        }
    }

    #[test]
    fn the_next_date_is_an_open_one_and_the_ended_have_none(seed in any::<u16>(), asks in asks()) {
        let (desk, _) = play(seed, &asks);
        let all = desk.clocks();
        match next_due(&desk.state, &all) {
            None => prop_assert!(desk.state.stage_name().is_terminal() || all.iter().all(|clock| !matches!(clock.state, ClockState::Running | ClockState::Breached))),
            Some(next) => prop_assert!(matches!(next.state, ClockState::Running | ClockState::Breached)),
        }
    }
}
