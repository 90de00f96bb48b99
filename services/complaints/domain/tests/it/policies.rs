//! What packs state, what they are silent on, and what is not known of them.

use complaints_domain::complaint::{
    Command, FlagCode, LetterFacts, Subject,
    early_access::Standing,
    letter::{Signpost, check, required},
};
use redress_kernel::Refusal as _;
use redress_policy::Division;

use crate::fixture::{
    Desk, atw_2024, atw_before_2023, calendars, day, issue, jets, library, one_stage, pack, register,
    registration,
};

fn registered(pack: &'static redress_policy::Pack, effective_on: &str, on: &str) -> Desk {
    let mut desk = Desk::under(pack, effective_on, one_stage());
    desk.on(on).does(register(on));
    desk
}

#[test]
fn silence_gives_no_early_way_and_ignorance_says_so() {
    // CMP-08: A0 has no eight weeks; of A1 that part is not known.
    let mut silent = registered(atw_before_2023(), "2022-04-01", "2023-07-03");
    silent.on("2023-12-01");
    assert_eq!(silent.early_access().standing, Standing::NotInPack);
    assert_eq!(silent.refused(Command::OpenEarlyAccess), "NO_SUCH_CLOCK");
    assert_eq!(silent.due(), []);

    let mut unknown = registered(atw_2024(), "2023-06-05", "2024-06-03");
    unknown.on("2024-12-02");
    assert_eq!(unknown.early_access().standing, Standing::Unknown);
    assert_eq!(unknown.refused(Command::OpenEarlyAccess), "VALUE_NOT_KNOWN");
    assert_eq!(
        unknown.early_access().citation.pack,
        "atw-ha-2023",
        "whoever asks is told whose silence it is"
    );
}

#[test]
fn where_no_rule_routes_a_mixed_complaint_the_provider_works_it() {
    // A0 has no routing rules; of A1 that part is not known, which is flagged.
    for (pack, effective_on, on, flags) in [
        (atw_before_2023(), "2022-04-01", "2023-07-03", vec![]),
        (atw_2024(), "2023-06-05", "2024-06-03", vec![FlagCode::RoutingNotKnown]),
    ] {
        let mut desk = Desk::under(pack, effective_on, one_stage());
        let mut registration = registration(on);
        registration.subject = Subject::Mixed;
        desk.on(on).does(Command::Register(Box::new(registration)));
        let found: Vec<FlagCode> = desk.file().flags.iter().map(|flag| flag.code).collect();
        assert_eq!(found, flags);
    }
}

#[test]
fn missing_proof_of_agreement_is_a_flag_and_never_a_refusal() {
    // CMP-15, A1 7.02; Q20
    let mut desk = Desk::under(atw_2024(), "2023-06-05", one_stage());
    desk.participant.first_contact.as_mut().unwrap().agreement_evidence = None;
    desk.on("2024-06-03").does(register("2024-06-03"));
    assert_eq!(desk.file().flags[0].code, FlagCode::AgreementEvidenceMissing);
    assert_eq!(desk.stage(), "RECEIVED");
}

#[test]
fn a_draft_needs_no_approval_where_the_guidance_asks_for_none() {
    let mut desk = Desk::exhausted("2024-01-02");
    let draft = Command::SubmitDraft {
        letter: crate::fixture::letter(5),
        kind: complaints_domain::complaint::LetterKind::FinalResponse,
        digest: crate::fixture::digest('a'),
        outcome: complaints_domain::complaint::Outcome::Upheld,
    };
    assert_eq!(desk.refused(draft), "APPROVAL_NOT_NEEDED");
    desk.finishes(2);
}

#[test]
fn what_a_pack_does_not_know_it_decides_nothing_on() {
    // The window is not known of IPES, so nobody can say what a final response must advise.
    let mut desk = Desk::under(pack("ipes", "2023-05-10"), "2023-05-10", one_stage());
    desk.on("2024-01-02").does(register("2024-01-02")).begins().completes("answer");
    let explanation = desk.refusal(Command::IssueFinalResponse(issue(1, desk.today))).explain();
    assert_eq!(explanation.reason, "VALUE_NOT_KNOWN");
    assert!(explanation.metadata.contains(&("rule", "ice_window".to_owned())));
}

#[test]
fn a_text_is_searched_word_for_word_whatever_its_white_space() {
    // CMP-07, CMP-09, J0 7.04, 7.15
    let mut desk = Desk::exhausted("2023-08-31");
    let on = day("2023-08-31");
    let needs = required(&desk.state, jets(), library(), calendars(), on).unwrap();
    let (text, advice) = (needs.signposting.clone().unwrap(), needs.window_advice.clone().unwrap());
    assert!(advice.contains("6 months") && advice.contains("29 February 2024"), "{advice}");
    assert!(text.stand_in);

    let find = |letter: &str| check(letter, &needs, jets(), library(), on).unwrap();
    let whole = format!("Dear you,\n{}\n\n{}\nYours", text.words.replace(' ', "\n  "), advice);
    assert_eq!(find(&whole).signposting, Signpost::Present { version: text.version });
    assert!(find(&whole).window_advised);

    let garbled = whole.replacen("Independent", "Dependent", 1);
    assert_eq!(find(&garbled).signposting, Signpost::Missing { version: text.version });
    let other_day = whole.replace("29 February 2024", "28 February 2024");
    assert!(!find(&other_day).window_advised);
    assert_eq!(
        find(""),
        LetterFacts { signposting: Signpost::Missing { version: text.version }, window_advised: false }
    );

    desk.letter = find(&whole);
    desk.finishes(2);
}

#[test]
fn where_the_guidance_has_no_window_no_advice_is_asked_for() {
    // A0 7.04
    let desk = registered(atw_before_2023(), "2022-04-01", "2023-07-03");
    let needs = required(&desk.state, atw_before_2023(), library(), calendars(), day("2023-07-10")).unwrap();
    assert!(needs.signposting.is_some() && needs.window_advice.is_none());
}

#[test]
fn another_version_of_the_guidance_is_pinned_only_by_a_recorded_event() {
    // Q19, XCT-01; C31
    let earlier = pack("atw-ha-2023", "2023-06-05");
    let mut desk = Desk::under(earlier, "2023-06-05", one_stage());
    desk.on("2023-07-03").does(register("2023-07-03"));
    assert_eq!(desk.asks(&Command::RepinPack).unwrap(), [], "it is pinned already");
    desk.pack = jets();
    assert_eq!(desk.refused(Command::RepinPack), "OTHER_PROGRAMME");
    desk.pack = atw_2024();
    desk.does(Command::RepinPack);
    assert_eq!(desk.file().pack.version, "2024-05-01");

    // XCT-02: nor one that does not apply where the complaint is.
    let mut elsewhere = Desk::under(earlier, "2023-06-05", one_stage());
    elsewhere.contract.division = Some(Division::NorthernIreland);
    elsewhere.on("2023-07-03").does(register("2023-07-03"));
    elsewhere.pack = atw_2024();
    assert_eq!(elsewhere.refused(Command::RepinPack), "DIVISION_LOCKED");
}

#[test]
fn the_contract_chooses_the_guidance_and_the_receipt_its_version() {
    // XCT-01, Q19
    let choose = |effective_on: &str, received_on: &str| {
        let mut contract = Desk::under(atw_2024(), "2023-06-05", one_stage()).contract;
        contract.effective_on = day(effective_on);
        let choice = complaints_domain::complaint::pack_for(library(), &contract, day(received_on));
        choice.map(|choice| (choice.pack.reference.id.clone(), choice.pack.reference.version.clone()))
    };
    let named = |id: &str, version: &str| (id.to_owned(), version.to_owned());
    assert_eq!(choose("2023-06-04", "2023-08-18").unwrap(), named("atw-ha-pre-2023", "2023-06-05"));
    assert_eq!(choose("2023-06-05", "2023-08-18").unwrap(), named("atw-ha-2023", "2023-06-05"));
    assert_eq!(choose("2023-06-05", "2024-04-11").unwrap(), named("atw-ha-2023", "2024-05-01"));
    assert_eq!(choose("2023-06-05", "2023-06-04").unwrap_err().reason(), "GUIDANCE_NOT_KNOWN");
}
