//! What holds whatever anyone asks, in whatever order, on whatever day.

use jiff::ToSpan as _;
use proptest::prelude::*;
use routing_domain::{contact, letter, mixed};

use crate::{
    fixture::{JCP, PRIME},
    table::{contact_commands, contacts, letter_commands, letters, mixed as mixes, mixed_commands},
};

fn asks() -> impl Strategy<Value = Vec<(usize, u8, bool)>> {
    prop::collection::vec((any::<usize>(), 0_u8..9, any::<bool>()), 1..40)
}

proptest! {
    #[test]
    fn a_contact_is_decided_without_a_panic_and_reads_back(start in any::<usize>(), asked in asks()) {
        let desks = contacts();
        let mut desk = desks[start % desks.len()].1.clone();
        for (which, days, _) in asked {
            let commands = contact_commands();
            let before = desk.state.clone();
            desk.today = desk.today.checked_add(i64::from(days).days()).unwrap();
            let changed = desk.asks(&commands[which % commands.len()]).is_ok_and(|events| !events.is_empty());
            prop_assert_eq!(changed, before != desk.state);
            let kept = serde_json::to_string(&desk.state).unwrap();
            let read: contact::State = serde_json::from_str(&kept).unwrap();
            prop_assert_eq!(&read, &desk.state);
        }
    }

    #[test]
    fn a_mixed_complaint_is_decided_without_a_panic_and_reads_back(start in any::<usize>(), asked in asks()) {
        let desks = mixes();
        let mut desk = desks[start % desks.len()].1.clone();
        for (which, days, provider) in asked {
            let commands = mixed_commands(&desk);
            let before = desk.state.clone();
            desk.today = desk.today.checked_add(i64::from(days).days()).unwrap();
            desk.by(if provider { PRIME } else { JCP });
            let answer = desk.asks(&commands[which % commands.len()]);
            if answer.is_err() {
                prop_assert_eq!(&before, &desk.state);
            }
            // The joint reply that is out stays out, and is the one agreed to.
            if before.joint_reply_is_out() {
                let issued = |state: &mixed::State| state.mixed().and_then(|mixed| mixed.issued.clone());
                prop_assert_eq!(issued(&before), issued(&desk.state));
            }
            let kept = serde_json::to_string(&desk.state).unwrap();
            let read: mixed::State = serde_json::from_str(&kept).unwrap();
            prop_assert_eq!(&read, &desk.state);
        }
    }

    #[test]
    fn a_letter_is_decided_without_a_panic_and_reads_back(start in any::<usize>(), asked in asks()) {
        let desks = letters();
        let mut desk = desks[start % desks.len()].1.clone();
        for (which, days, _) in asked {
            let commands = letter_commands();
            let before = desk.state.clone();
            desk.today = desk.today.checked_add(i64::from(days).days()).unwrap();
            if desk.asks(&commands[which % commands.len()]).is_err() {
                prop_assert_eq!(&before, &desk.state);
            }
            let kept = serde_json::to_string(&desk.state).unwrap();
            let read: letter::State = serde_json::from_str(&kept).unwrap();
            prop_assert_eq!(&read, &desk.state);
        }
    }
}
