//! The ways out of a standstill (RET-14, L40): two people have it go on, accept what was counted, or bring back what nobody touched.

use records_retention_domain::{
    HoldReason, RecordClass,
    disposal::{Command, Ending, EndingReason, Event, Obstacle, State},
    record,
};

use crate::fixture::{DISPOSAL, Desk, Shelf, case_hold, digest, order, propose_ending, receipt};

fn names(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

/// Every holder refused both records.
fn refused() -> Desk {
    let mut desk = Desk::ordered("2026-02-01");
    desk.does(Command::RecordReceipt(receipt(20, false, 0)));
    desk.does(Command::RecordReceipt(receipt(21, false, 0)));
    desk
}

fn agree(desk: &mut Desk, ending: Ending) -> Vec<Event> {
    desk.is("officer-2").asks(&Command::ApproveEnding { ending }).unwrap()
}

#[test]
fn nobody_ends_it_alone_or_by_another_name_or_through_a_delegate() {
    let mut desk = refused();
    let abandon = || Command::ApproveEnding { ending: Ending::Abandon };
    assert_eq!(desk.is("officer-2").refused(abandon()), "ENDING_NOT_PROPOSED");
    desk.is("officer-1").does(propose_ending(Ending::Abandon, EndingReason::StillNeeded));
    assert_eq!(desk.refused(abandon()), "SAME_PERSON");
    // Reliability D14
    assert_eq!(desk.is(" Officer-1").refused(abandon()), "NOT_INDEPENDENT");
    desk.by_delegate = true;
    assert_eq!(desk.is("officer-2").refused(abandon()), "NOT_INDEPENDENT");
    desk.by_delegate = false;
    // Somebody proposed another ending meanwhile.
    assert_eq!(desk.refused(Command::ApproveEnding { ending: Ending::Resume }), "ENDING_NOT_PROPOSED");
    assert_eq!(names(&agree(&mut desk, Ending::Abandon)), ["DisposalAbandoned", "DisposalVoided"]);
    let ended = desk.state.agreed_ending().unwrap();
    assert_eq!((ended.proposed.by.subject.as_str(), ended.by.subject.as_str()), ("officer-1", "officer-2"));
}

#[test]
fn approval_under_another_name_of_the_proposer_is_none() {
    // Reliability D14
    let mut desk = Desk::proposed("2026-01-05");
    assert_eq!(desk.is("OFFICER-1").refused(Command::Approve { digest: digest('a') }), "NOT_INDEPENDENT");
    desk.is("officer-2").by_delegate = true;
    assert_eq!(desk.refused(Command::Approve { digest: digest('a') }), "NOT_INDEPENDENT");
    desk.by_delegate = false;
    desk.does(Command::Approve { digest: digest('a') });
}

#[test]
fn what_nobody_touched_comes_back_and_what_was_destroyed_has_its_certificate() {
    let mut desk = Desk::ordered("2026-02-01");
    desk.does(Command::RecordReceipt(receipt(20, false, 0)));
    // Whether the holder of the other has destroyed it is not known yet.
    let abandon = || propose_ending(Ending::Abandon, EndingReason::Mistaken);
    assert_eq!(desk.refused(abandon()), "BEYOND_RECALL");
    desk.does(Command::RecordReceipt(receipt(21, true, 1)));
    desk.is("officer-1").does(abandon());
    assert_eq!(names(&agree(&mut desk, Ending::Abandon)), ["DisposalAbandoned", "DisposalCertified"]);
    let issued = desk.state.issued().unwrap();
    assert_eq!(issued.recalled, [issued.proposal.items[0].record]);
}

#[test]
fn nothing_is_void_of_which_something_was_destroyed() {
    let mut desk = refused();
    desk.is("officer-1").does(propose_ending(Ending::Abandon, EndingReason::StillNeeded));
    // A holder that was late does it after all, before the other person agrees.
    desk.does(Command::RecordReceipt(receipt(20, true, 1)));
    assert_eq!(names(&agree(&mut desk, Ending::Abandon)), ["DisposalAbandoned", "DisposalCertified"]);
    let mut all = refused();
    all.is("officer-1").does(propose_ending(Ending::Abandon, EndingReason::StillNeeded));
    agree(&mut all, Ending::Abandon);
    assert!(matches!(all.state, State::Void { obstacle: Obstacle::Abandoned, .. }), "{:?}", all.state);
}

#[test]
fn an_answer_to_an_earlier_telling_is_none_to_the_last() {
    let mut desk = refused();
    desk.is("officer-1").does(propose_ending(Ending::Resume, EndingReason::Corrected));
    agree(&mut desk, Ending::Resume);
    assert_eq!(desk.stage(), "ORDERED");
    // It was under way when they were told again: the holder may still do it.
    let late = records_retention_domain::disposal::Receipt {
        entry: uuid::Uuid::from_u128(1),
        ..receipt(20, false, 0)
    };
    desk.does(Command::RecordReceipt(late));
    assert_eq!(desk.stage(), "HALTED");
    assert_eq!(desk.refused(propose_ending(Ending::Abandon, EndingReason::Mistaken)), "BEYOND_RECALL");
    for record in [20, 21] {
        let again = records_retention_domain::disposal::Receipt { telling: 1, ..receipt(record, false, 0) };
        desk.does(Command::RecordReceipt(again));
    }
    desk.is("officer-1").does(propose_ending(Ending::Abandon, EndingReason::Mistaken));
}

#[test]
fn another_count_is_accepted_and_stays_on_record() {
    let mut desk = Desk::ordered("2026-02-01");
    let accept = || propose_ending(Ending::AcceptCounts, EndingReason::Explained);
    desk.does(Command::RecordReceipt(receipt(20, true, 2)));
    desk.is("officer-1").does(accept());
    // Another holder refuses: what was proposed says nothing of that.
    desk.does(Command::RecordReceipt(receipt(21, false, 0)));
    assert_eq!(
        desk.is("officer-2").refused(Command::ApproveEnding { ending: Ending::AcceptCounts }),
        "ENDING_NOT_PROPOSED"
    );
    desk.is("officer-1").does(accept());
    assert_eq!(names(&agree(&mut desk, Ending::AcceptCounts)), ["CountsAccepted"]);
    assert_eq!(desk.stage(), "HALTED");
    assert_eq!(desk.refused(accept()), "NOT_ALLOWED");
    desk.is("officer-1").does(propose_ending(Ending::Resume, EndingReason::Corrected));
    agree(&mut desk, Ending::Resume);
    assert_eq!(
        names(&desk.asks(&Command::RecordReceipt(receipt(21, true, 1))).unwrap()),
        ["ReceiptRecorded", "DisposalCertified"]
    );
    let receipts = &desk.state.issued().unwrap().receipts;
    assert!(receipts.iter().any(|receipt| receipt.accepted && receipt.parts == 2), "{receipts:?}");
}

#[test]
fn an_ending_has_its_reason_and_says_where_it_is_written_down() {
    let desk = refused();
    for (ending, reason) in [
        (Ending::Resume, EndingReason::StillNeeded),
        (Ending::Abandon, EndingReason::Corrected),
        (Ending::AcceptCounts, EndingReason::Explained),
    ] {
        assert_eq!(desk.refused(propose_ending(ending, reason)), "NOT_ALLOWED");
    }
    let bare = Command::ProposeEnding {
        ending: Ending::Resume,
        reason: EndingReason::Corrected,
        reference: String::new(),
    };
    assert_eq!(desk.refused(bare), "REQUIRED");
}

#[test]
fn a_record_that_comes_back_is_held_by_what_opened_meanwhile() {
    let mut shelf = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    shelf.does(order());
    let late = case_hold(7, HoldReason::OpenComplaint, "2026-01-05", None);
    let noted = shelf.asks(&record::Command::PlaceHold(late)).unwrap();
    assert!(matches!(noted.as_slice(), [record::Event::HoldCameLate(_)]), "{noted:?}");
    shelf.does(record::Command::Recall { disposal: DISPOSAL });
    assert_eq!(shelf.order_is(), "ON_HOLD");
    // Of what a holder has destroyed nothing is brought back.
    let mut gone = Shelf::ended(RecordClass::ComplaintFile, "2026-01-05", "2018-06-30");
    gone.does(order());
    gone.does(record::Command::RecordCarriedOut { holder: record::Holder::Complaints, on: gone.today });
    assert_eq!(gone.refused(record::Command::Recall { disposal: DISPOSAL }), "ITEM_DESTROYED");
}
