//! Policy, as anyone can ask for it.

use redress_proto::{
    policy::v1::{
        ChoosePackRequest, ClockKind, ExplainDeadlineRequest, GetCalendarRequest, GetPackRequest,
        ListCalendarsRequest, ListPacksRequest, Overlay, OverlayStage, PackReference, Term, TermUnit,
        ValidateOverlayRequest, policy_service_client::PolicyServiceClient,
    },
    r#type::v1::{CivilDate, Division},
};
use redress_testkit::{Bearer, Refused, Suite};
use tonic::{Code, service::interceptor::InterceptedService, transport::Channel};

use crate::puppet::{self, someone};

#[expect(clippy::unnecessary_wraps, reason = "that is how messages hold it")]
fn date(year: i32, month: i32, day: i32) -> Option<CivilDate> {
    Some(CivilDate { year, month, day })
}

async fn policy(suite: &Suite) -> PolicyServiceClient<InterceptedService<Channel, Bearer>> {
    PolicyServiceClient::new(suite.caller(&someone([], false)).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_pack_is_listed_and_says_where_its_rules_come_from() {
    let suite = puppet::suite().await;
    let mut policy = policy(&suite).await;
    let packs = policy.list_packs(ListPacksRequest::default()).await.unwrap().into_inner().packs;
    assert!(packs.len() >= 2, "both governing documents have packs");
    for pack in packs {
        let request = GetPackRequest { pack: pack.reference };
        let whole = policy.get_pack(request).await.unwrap().into_inner().pack.unwrap();
        assert!(!whole.rules.is_empty(), "{}", whole.title);
        assert!(whole.clocks.iter().all(|clock| clock.citation.is_some() && clock.kind != 0));
    }
    let unknown = PackReference { id: "no-such".to_owned(), version: "2020-01-01".to_owned() };
    let refused = policy.get_pack(GetPackRequest { pack: Some(unknown) }).await.unwrap_err();
    let refused = Refused::of(&refused);
    assert_eq!((refused.code, refused.reason.as_str()), (Code::NotFound, "UNKNOWN_PACK"));
    assert_eq!(refused.domain, "policy.redress");
    let request = ListPacksRequest { programme: "no-such".to_owned() };
    assert_eq!(policy.list_packs(request).await.unwrap_err().code(), Code::NotFound);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_eight_weeks_end_on_the_56th_day_and_open_on_the_57th() {
    // CMP-08 (J0 7.13): day 57 opens the way
    let suite = puppet::suite().await;
    let mut policy = policy(&suite).await;
    let packs = policy.list_packs(ListPacksRequest::default()).await.unwrap().into_inner().packs;
    let mut found = false;
    for pack in packs {
        let request = ExplainDeadlineRequest {
            pack: pack.reference,
            clock: ClockKind::EightWeekRight.into(),
            start_on: date(2026, 1, 5),
            ..ExplainDeadlineRequest::default()
        };
        match policy.explain_deadline(request).await {
            Ok(explained) => {
                let explained = explained.into_inner();
                assert_eq!(explained.ends_on, date(2026, 3, 2));
                assert_eq!(explained.opens_on, date(2026, 3, 3));
                let deadline = explained.deadline.unwrap();
                assert!(deadline.citations.iter().any(|citation| citation.rule == "CMP-08"));
                assert!(!deadline.derivation.is_empty());
                found = true;
            }
            // A pack whose document is silent or not known says so, and guesses nothing.
            Err(refused) => assert_eq!(refused.code(), Code::FailedPrecondition),
        }
    }
    assert!(found, "no pack has the eight-week right");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_a_date_must_make_sense() {
    let suite = puppet::suite().await;
    let mut policy = policy(&suite).await;
    let pack =
        policy.list_packs(ListPacksRequest::default()).await.unwrap().into_inner().packs.remove(0).reference;
    let term = Term { amount: 3, unit: TermUnit::WorkingDays.into() };
    let request = ExplainDeadlineRequest {
        pack,
        clock: ClockKind::StageResponse.into(),
        start_on: date(2026, 1, 5),
        ..ExplainDeadlineRequest::default()
    };
    let refused = Refused::of(&policy.explain_deadline(request.clone()).await.unwrap_err());
    assert_eq!((refused.code, refused.reason.as_str()), (Code::InvalidArgument, "PROVIDERS_OWN_LIMIT"));
    let own = ExplainDeadlineRequest { own_term: Some(term), ..request.clone() };
    let explained = policy.explain_deadline(own.clone()).await.unwrap().into_inner();
    assert_eq!(explained.ends_on, date(2026, 1, 8));
    let both =
        ExplainDeadlineRequest { division: Division::Scotland.into(), any_part_of_uk: true, ..own.clone() };
    let refused = Refused::of(&policy.explain_deadline(both).await.unwrap_err());
    assert_eq!(refused.fields, [("any_part_of_uk".to_owned(), "CONFLICTS".to_owned())]);
    let stray = ExplainDeadlineRequest { clock: ClockKind::IceWindow.into(), ..own.clone() };
    let refused = Refused::of(&policy.explain_deadline(stray).await.unwrap_err());
    assert_eq!(refused.fields, [("own_term".to_owned(), "NOT_TAKEN".to_owned())]);
    // L06: past the calendar there is a refusal, never a guess.
    let late = ExplainDeadlineRequest { start_on: date(2150, 1, 5), ..own };
    let refused = Refused::of(&policy.explain_deadline(late).await.unwrap_err());
    assert_eq!(refused.reason, "OUTSIDE_CALENDAR");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn calendars_are_shown_as_they_were_known() {
    let suite = puppet::suite().await;
    let mut policy = policy(&suite).await;
    let calendars =
        policy.list_calendars(ListCalendarsRequest::default()).await.unwrap().into_inner().calendars;
    assert_eq!(calendars.len(), 3);
    assert!(calendars.iter().all(|calendar| calendar.holidays.is_empty() && !calendar.version.is_empty()));
    let holidays = |known_on| GetCalendarRequest { division: Division::EnglandAndWales.into(), known_on };
    let known = |calendar: redress_proto::policy::v1::GetCalendarResponse| {
        calendar.calendar.unwrap().holidays.iter().any(|holiday| holiday.on == date(2022, 9, 19))
    };
    // The state funeral was announced ten days before it was held.
    let before = policy.get_calendar(holidays(date(2022, 9, 1))).await.unwrap().into_inner();
    let after = policy.get_calendar(holidays(date(2022, 9, 12))).await.unwrap().into_inner();
    assert_eq!((known(before), known(after)), (false, true));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_is_chosen_by_the_contract_and_an_overlay_may_only_tighten_it() {
    let suite = puppet::suite().await;
    let mut policy = policy(&suite).await;
    let refused = policy
        .choose_pack(ChoosePackRequest {
            programme: "no-such".to_owned(),
            contract_effective_on: date(2020, 1, 1),
            received_on: date(2026, 1, 1),
        })
        .await
        .unwrap_err();
    assert_eq!(Refused::of(&refused).reason, "UNKNOWN_PROGRAMME");
    let pack =
        policy.list_packs(ListPacksRequest::default()).await.unwrap().into_inner().packs.remove(0).reference;
    let loose = Overlay {
        draft_approval: Some(false),
        stages: vec![OverlayStage {
            respond_within: Some(Term { amount: 400, unit: TermUnit::WorkingDays.into() }),
            escalate_within: None,
        }],
        ..Overlay::default()
    };
    let request = ValidateOverlayRequest { pack, overlay: Some(loose), above: None };
    let breaches = policy.validate_overlay(request).await.unwrap().into_inner().breaches;
    assert!(!breaches.is_empty());
    assert!(
        breaches.iter().all(|breach| !breach.field.is_empty() && breach.citation.is_some()),
        "{breaches:?}"
    );
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_puts_its_own_text_in_place_of_the_stand_in() {
    let texts = tempfile::tempdir().unwrap();
    let text = "template = \"ipes-annex-1\"\n\n[[version]]\nnumber = 2\nin_force_from = \"2020-01-01\"\n\
                stand_in = false\nbody = \"\"\"\nThe words of the annex.\n\"\"\"\n";
    std::fs::write(texts.path().join("annex.toml"), text).unwrap();
    let plan = || Suite::of(puppet::MEMBERS).with("policy.texts", texts.path().display());
    plan().start().await.unwrap().stop().await.unwrap();
    // A text that no pack asks for is a mistake, and a process does not start with one.
    std::fs::write(texts.path().join("other.toml"), text.replace("ipes-annex-1", "no-such-annex")).unwrap();
    let Err(error) = plan().start().await else { panic!("it was taken") };
    assert!(format!("{error:#}").contains("other.toml"), "{error:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_bank_holidays_that_was_imported_counts_from_the_start_on() {
    // L03
    let lists = tempfile::tempdir().unwrap();
    let list = "division = \"scotland\"\nversion = \"2026-10-01\"\ncovers_from = \"2026-11-18\"\n\
                covers_until = \"2026-11-18\"\n\n[[holiday]]\non = \"2026-11-18\"\nname = \"The day\"\n";
    std::fs::write(lists.path().join("2026-10-01-scotland.toml"), list).unwrap();
    let plan = || {
        let plan = Suite::of(puppet::MEMBERS).at("2026-11-15T09:00:00Z");
        plan.with("policy.calendars", lists.path().display())
    };
    let suite = plan().start().await.unwrap();
    let request = ExplainDeadlineRequest {
        pack: Some(PackReference { id: "jets-scotland".to_owned(), version: "2022-02-25".to_owned() }),
        clock: ClockKind::IceCorrespondence.into(),
        start_on: date(2026, 11, 16),
        ..ExplainDeadlineRequest::default()
    };
    let explained = policy(&suite).await.explain_deadline(request).await.unwrap().into_inner();
    assert_eq!(explained.deadline.unwrap().due_on, date(2026, 11, 24), "the eighteenth is not worked");
    suite.stop().await.unwrap();

    let wrong = list.replace("2026-11-18", "2026-11-21");
    std::fs::write(lists.path().join("2026-10-02-scotland.toml"), wrong).unwrap();
    let Err(error) = plan().start().await else { panic!("a holiday on a Saturday was taken") };
    assert!(format!("{error:#}").contains("2026-10-02-scotland.toml"), "{error:#}");
}
