//! The rule of two people (reliability T21): whatever is asked, in whatever order, by whomever, nothing is ordered without two
//! distinct people over the same digest, in time, after the last day of the veto, with every record as it was read.

use proptest::prelude::*;
use records_retention_domain::{
    RecordId,
    disposal::{Command, Ending, EndingReason, Event},
};
use uuid::Uuid;

use crate::fixture::{Desk, digest, person, propose_ending, receipt};

/// One thing that happens: what, by whom, over which digest, what the records come to, and the days before it.
#[derive(Clone, Copy, Debug)]
struct Turn {
    what: u8,
    who: u8,
    over: u8,
    found: u8,
    days: u8,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = (0_u8..9, 0_u8..3, 0_u8..2, 0_u8..4, 0_u8..9);
    prop::collection::vec(
        turn.prop_map(|(what, who, over, found, days)| Turn { what, who, over, found, days }),
        1..40,
    )
}

/// What the walk remembers by itself, to judge the rules by.
#[derive(Debug, Default)]
struct Model {
    proposed_by: Option<String>,
    approved_by: Option<String>,
    over: Option<char>,
    ordered: u32,
    ending_by: Option<String>,
}

/// Two ways out of a standstill.
const ENDINGS: [(Ending, EndingReason); 2] =
    [(Ending::Resume, EndingReason::Corrected), (Ending::Abandon, EndingReason::StillNeeded)];

fn step(desk: &mut Desk, model: &mut Model, turn: Turn) -> Result<(), TestCaseError> {
    desk.today = desk.today.checked_add(jiff::Span::new().days(i64::from(turn.days))).unwrap();
    desk.actor = person(["officer-1", "officer-2", "officer-3"][usize::from(turn.who)]);
    let letter = ['a', 'b'][usize::from(turn.over)];
    desk.found = match turn.found {
        0 | 1 => Ok(digest('a')),
        2 => Ok(digest('b')),
        _ => Err(RecordId::new(Uuid::from_u128(20))),
    };
    let command = match turn.what {
        0 => Command::Propose(Box::new(desk.proposal(1))),
        1 => Command::Approve { digest: digest(letter) },
        2 => Command::Veto,
        3 => Command::Lapse,
        4 => Command::Issue,
        5 => Command::RecordReceipt(receipt(20, turn.over == 0, 1)),
        8 => Command::Execute,
        6 => propose_ending(ENDINGS[usize::from(turn.over)].0, ENDINGS[usize::from(turn.over)].1),
        _ => Command::ApproveEnding { ending: ENDINGS[usize::from(turn.over)].0 },
    };
    let approval = desk.state.approval().cloned();
    let Ok(events) = desk.asks(&command) else { return Ok(()) };
    for event in events {
        match event {
            Event::DisposalProposed(_) => model.proposed_by = Some(desk.actor.subject.clone()),
            Event::DisposalApproved { .. } => {
                model.approved_by = Some(desk.actor.subject.clone());
                model.over = Some(letter);
            }
            Event::DisposalIssued { .. } => {
                model.ordered += 1;
                prop_assert_eq!(model.ordered, 1);
                prop_assert!(model.proposed_by.is_some() && model.approved_by.is_some());
                prop_assert_ne!(&model.proposed_by, &model.approved_by);
                prop_assert_eq!(model.over, Some('a'));
                prop_assert_eq!(&desk.found, &Ok(digest('a')));
                prop_assert!(desk.today > approval.as_ref().unwrap().veto_until);
            }
            Event::DisposalVoided { .. } => prop_assert!(model.ordered == 0 || model.ending_by.is_some()),
            Event::EndingProposed(_) => model.ending_by = Some(desk.actor.subject.clone()),
            Event::DisposalResumed(_) | Event::CountsAccepted(_) | Event::DisposalAbandoned { .. } => {
                prop_assert_eq!(model.ordered, 1);
                prop_assert!(model.ending_by.is_some());
                prop_assert_ne!(model.ending_by.as_ref(), Some(&desk.actor.subject));
            }
            Event::ReceiptRecorded(_) | Event::DisposalHalted { .. } | Event::DisposalCertified { .. } => {
                prop_assert_eq!(model.ordered, 1);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_order_without_two_people(turns in turns()) {
        let mut desk = Desk::empty("2026-01-05");
        let mut model = Model::default();
        for turn in turns {
            step(&mut desk, &mut model, turn)?;
        }
    }
}

#[test]
fn every_short_walk_keeps_the_rule() {
    // Exhaustive over what matters: every command by two people over either digest, waiting long or not.
    let mut all = Vec::new();
    for what in 0..5 {
        for who in 0..2 {
            for days in [0, 4] {
                all.push(Turn { what, who, over: 0, found: 0, days });
            }
        }
    }
    let mut orders = 0_u32;
    let mut walks = vec![(Desk::empty("2026-01-05"), Vec::<Turn>::new())];
    for _ in 0..4 {
        let mut longer = Vec::new();
        for (desk, before) in &walks {
            for turn in &all {
                let mut turns = before.clone();
                turns.push(*turn);
                let (mut walked, mut model) = (Desk::empty("2026-01-05"), Model::default());
                for turn in &turns {
                    step(&mut walked, &mut model, *turn).unwrap();
                }
                orders += model.ordered;
                // Only what led somewhere else is walked further.
                if walked.state != desk.state {
                    longer.push((walked, turns));
                }
            }
        }
        walks = longer;
    }
    assert!(orders > 0, "no walk came to an order, so nothing was judged");
}
