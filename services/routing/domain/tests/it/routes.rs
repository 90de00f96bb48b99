//! The whole product of route inputs under each pack: exactly one answer each, with citations and duties that can be
//! computed, and the same whether it is recorded or only asked.

use redress_kernel::Channel;
use redress_policy::route::{Asked, CHANNELS, Matter, Matters, Writer};
use routing_domain::{
    Question,
    route::{Asks, citations, decide, duties},
};

use crate::fixture::{calendars, contract, day, library, question};

#[test]
fn every_question_has_one_answer_under_every_pack() {
    let contract = contract();
    let mut answered = 0;
    for pack in library().packs() {
        let asks = Asks {
            today: day("2026-06-02"),
            contract: &contract,
            pack,
            library: library(),
            calendars: calendars(),
            joint_reply_is_out: false,
        };
        for asked in Asked::all() {
            let matters: Vec<Matter> = asked.about.iter().collect();
            let asked_for =
                Question { channel: asked.channel, ..question(asked.writer, &matters, "2026-06-01") };
            let route = decide(&asked_for, None, &asks).unwrap();
            assert_eq!(decide(&asked_for, None, &asks).unwrap(), route, "the same again");
            let row = pack.routes.rows.iter().filter(|row| row.name == route.row).count();
            assert_eq!(row, 1, "{:?} {}", pack.reference, route.row);
            let because = citations(&route, pack, library().legislatures(), calendars()).unwrap();
            assert!(
                because.iter().all(|citation| !citation.rule.is_empty() && !citation.document.is_empty())
            );
            assert!(!because.is_empty());
            for due in duties(&route, pack, contract.division, calendars()).unwrap() {
                assert!(due.deadline.is_none() || due.starts.is_none(), "{}", due.text);
            }
            answered += 1;
        }
    }
    assert_eq!(answered, library().packs().len() * Writer::ALL.len() * 127 * CHANNELS.len());
}

#[test]
fn what_is_written_is_formal_and_what_is_said_is_not_unless_asked() {
    // Q21
    let contract = contract();
    let pack = crate::fixture::pack("jets-scotland");
    let asks = Asks {
        today: day("2024-01-02"),
        contract: &contract,
        pack: &pack,
        library: library(),
        calendars: calendars(),
        joint_reply_is_out: false,
    };
    for channel in CHANNELS {
        for asked_formal in [false, true] {
            let asked = question(Writer::Participant, &[Matter::Provider], "2024-01-02");
            let route = decide(&Question { channel, asked_formal, ..asked }, None, &asks).unwrap();
            let written = matches!(channel, Channel::Post | Channel::Email | Channel::Online);
            assert_eq!(route.formal, written || asked_formal, "{channel:?}");
        }
    }
}

#[test]
fn sets_of_matters_read_back_from_lists() {
    for about in Matters::all() {
        let list: Vec<Matter> = about.into();
        assert_eq!(Matters::from(list), about);
    }
}
