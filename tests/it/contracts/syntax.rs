//! Every field of every request against its declared rules (G9, G10, G20, G26, G28, G30, G32, threat 9): what is wrong is
//! named by path and reason, and nothing else is.

use std::sync::atomic::{AtomicUsize, Ordering};

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, Value};
use redress_proto::options::v1::{FieldRules, Format};
use redress_tests::{
    chain::Member,
    contract::{self, Rpc},
};
use tonic::Code;

use super::filled::{Names, Place, filled, places};
use crate::stand::{Stand, each_rpc, refused};

/// One wrong value of a field.
struct Wrong {
    what: &'static str,
    reason: &'static str,
    value: Value,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_refuses_what_its_rules_do_not_allow() {
    let mut stand = Stand::new(0x5a1).await;
    let names = stand.nothing();
    let tried = AtomicUsize::new(0);
    let seed = stand.seed.split();
    each_rpc(async |rpc| {
        let token = stand.token(Member::Prime, &rpc);
        let whole = filled(&rpc.method.input(), &names, &mut seed.clone());
        for place in places(&whole) {
            for wrong in wrong_values(&place) {
                let message =
                    place.changed(&whole, &|message, field| put(message, field, wrong.value.clone()));
                let refusal = refused(&rpc, wrong.what, stand.send(&rpc, &token, &message).await);
                let context = || format!("{} {} with {}: {refusal:?}", rpc.path(), place.path(), wrong.what);
                assert_eq!(refusal.code, Code::InvalidArgument, "{}", context());
                let path = place.path();
                let told = refusal.violations.iter().any(|(field, reason)| {
                    (*field == path || *field == format!("{path}[0]")) && reason == wrong.reason
                });
                assert!(told, "{}", context());
                tried.fetch_add(1, Ordering::Relaxed);
            }
        }
    })
    .await;
    let tried = tried.into_inner();
    assert!(tried > 500, "only {tried} wrong values were tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_required_field_is_missed() {
    let mut stand = Stand::new(0x5a2).await;
    let names = stand.nothing();
    let seed = stand.seed.split();
    each_rpc(async |rpc| {
        let token = stand.token(Member::Prime, &rpc);
        let whole = filled(&rpc.method.input(), &names, &mut seed.clone());
        let required: Vec<Place> = places(&whole)
            .into_iter()
            .filter(|place| place.rules().required && !place.rules().output_only)
            .collect();
        for place in &required {
            let message = place.changed(&whole, &|message, field| message.clear_field(field));
            let refusal = refused(&rpc, "nothing", stand.send(&rpc, &token, &message).await);
            let expected = (place.path(), "REQUIRED".to_owned());
            assert!(
                refusal.violations.contains(&expected),
                "{} without {}: {refusal:?}",
                rpc.path(),
                place.path()
            );
        }
        // All of them at once, up to twenty (reliability 4.0).
        let outer: Vec<&Place> = required.iter().filter(|place| place.fields.len() == 1).collect();
        if !outer.is_empty() {
            let refusal = refused(
                &rpc,
                "nothing at all",
                stand.send(&rpc, &token, &contract::empty(&rpc.method.input())).await,
            );
            for place in outer {
                assert!(
                    refusal.names(&place.path()),
                    "{} misses {} alone: {refusal:?}",
                    rpc.path(),
                    place.path()
                );
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_service_sets_cannot_be_sent() {
    let mut stand = Stand::new(0x5a3).await;
    let names = stand.nothing();
    let tried = AtomicUsize::new(0);
    let seed = stand.seed.split();
    each_rpc(async |rpc| {
        let token = stand.token(Member::Prime, &rpc);
        let whole = filled(&rpc.method.input(), &names, &mut seed.clone());
        for place in places(&whole).into_iter().filter(|place| place.rules().output_only) {
            let message = place.changed(&whole, &|message, field| put(message, field, some(field, &names)));
            let refusal = refused(&rpc, "an output field", stand.send(&rpc, &token, &message).await);
            assert!(
                refusal
                    .violations
                    .iter()
                    .any(|(field, reason)| field.starts_with(&place.path()) && reason == "OUTPUT_ONLY"),
                "{} {}: {refusal:?}",
                rpc.path(),
                place.path()
            );
            tried.fetch_add(1, Ordering::Relaxed);
        }
    })
    .await;
    let tried = tried.into_inner();
    assert!(tried > 40, "{tried}");
}

/// Any value that is not nothing.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the contract uses no other kinds; one that comes fails here"
)]
fn some(field: &FieldDescriptor, names: &Names) -> Value {
    match field.kind() {
        Kind::Message(inner) => Value::Message(filled(&inner, names, &mut redress_tests::seed::Seed::new(1))),
        Kind::Enum(_) => Value::EnumNumber(1),
        Kind::Bool => Value::Bool(true),
        Kind::Int32 => Value::I32(1),
        Kind::Int64 => Value::I64(1),
        Kind::Bytes => Value::Bytes(vec![1].into()),
        Kind::String => {
            let rules = contract::rules(field).unwrap_or_default();
            Value::String(if rules.collection.is_empty() {
                "something".to_owned()
            } else {
                names.get(&rules.collection).to_owned()
            })
        }
        other => panic!("{} is {other:?}", field.full_name()),
    }
}

fn put(message: &mut DynamicMessage, field: &FieldDescriptor, value: Value) {
    let value = if field.is_list() { Value::List(vec![value]) } else { value };
    message.set_field(field, value);
}

#[expect(clippy::wildcard_enum_match_arm, reason = "kinds without rules of their own have no wrong values")]
fn wrong_values(place: &Place) -> Vec<Wrong> {
    let (field, rules) = (place.field(), place.rules());
    if rules.output_only {
        return Vec::new();
    }
    match field.kind() {
        Kind::String => wrong_texts(&rules),
        Kind::Enum(_) => vec![Wrong {
            what: "an unknown enum number",
            reason: "UNKNOWN_ENUM",
            value: Value::EnumNumber(9_999),
        }],
        Kind::Message(inner) if inner.full_name() == "redress.type.v1.CivilDate" => wrong_dates(&inner),
        Kind::Int32 => wrong_numbers(&rules, |number| i32::try_from(number).ok().map(Value::I32)),
        Kind::Int64 => wrong_numbers(&rules, |number| Some(Value::I64(number))),
        _ => Vec::new(),
    }
}

fn wrong_numbers(rules: &FieldRules, value: impl Fn(i64) -> Option<Value>) -> Vec<Wrong> {
    // Nought is what is not set, and so missing rather than too small.
    let below = |least: i64| least.checked_sub(if least == 1 { 2 } else { 1 });
    let least = rules.minimum.and_then(below).and_then(&value);
    let most = rules.maximum.and_then(|most| most.checked_add(1)).and_then(&value);
    let small = least.map(|value| Wrong { what: "too small a number", reason: "TOO_SMALL", value });
    let large = most.map(|value| Wrong { what: "too large a number", reason: "TOO_LARGE", value });
    small.into_iter().chain(large).collect()
}

fn wrong_dates(date: &prost_reflect::MessageDescriptor) -> Vec<Wrong> {
    let dates = [
        ("30 February", 2026, 2, 30),
        ("the year 1", 1, 1, 1),
        ("the year 9999", 9999, 1, 1),
        ("month 13", 2026, 13, 1),
        ("day 0", 2026, 1, 0),
        ("29 February of a common year", 2026, 2, 29),
        ("a negative month", 2026, -1, 1),
    ];
    dates
        .into_iter()
        .map(|(what, year, month, day)| {
            let mut message = DynamicMessage::new(date.clone());
            for (name, number) in [("year", year), ("month", month), ("day", day)] {
                message.set_field_by_name(name, Value::I32(number));
            }
            Wrong { what, reason: "INVALID_DATE", value: Value::Message(message) }
        })
        .collect()
}

fn wrong_texts(rules: &FieldRules) -> Vec<Wrong> {
    let text = |what, reason, text: &str| Wrong { what, reason, value: Value::String(text.to_owned()) };
    let most = usize::try_from(if rules.max_length == 0 { 200 } else { rules.max_length }).unwrap();
    let long = "x".repeat(most + 1);
    let mut wrong = match rules.format() {
        Format::Unspecified => vec![
            text("a NUL", "INVALID_TEXT", "a\0b"),
            text("an ANSI escape", "INVALID_TEXT", "a\u{1b}[31mb"),
            text("a C1 control", "INVALID_TEXT", "a\u{9b}b"),
            text("a bidirectional override", "INVALID_TEXT", "a\u{202e}b"),
            text("two lines", "INVALID_TEXT", "a\nb"),
            text("only what cannot be seen", "INVALID_TEXT", "\u{200b}\u{200b}"),
        ],
        Format::Multiline => vec![
            text("a NUL", "INVALID_TEXT", "a\0b"),
            text("an ANSI escape", "INVALID_TEXT", "a\u{1b}[31mb"),
            text("a bidirectional override", "INVALID_TEXT", "a\u{202e}b"),
            text("only what cannot be seen", "INVALID_TEXT", "\u{200b}\u{200b}"),
        ],
        Format::Uuid => vec![
            text("words for a uuid", "INVALID_UUID", "not a uuid"),
            text("a uuid in upper case", "INVALID_UUID", "0190A3B0-1C2D-7E3F-8A4B-5C6D7E8F9A0B"),
            text("a uuid in braces", "INVALID_UUID", "{0190a3b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b}"),
            text("the nil uuid", "INVALID_UUID", "00000000-0000-0000-0000-000000000000"),
        ],
        Format::ResourceName => vec![
            text("a path upwards", "INVALID_NAME", "../../etc/passwd"),
            text("a percent-encoded NUL", "INVALID_NAME", "complaints/%00"),
            text("SQL", "INVALID_NAME", "'; DROP TABLE complaints; --"),
            text("another kind of thing", "INVALID_NAME", "robots/0190a3b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
            text("a bare uuid", "INVALID_NAME", "0190a3b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
        ],
        Format::Reference => vec![
            text("a National Insurance number", "PERSONAL_DATA_NOT_ALLOWED", "AB 12 34 56 C"),
            text("a NUL", "INVALID_TEXT", "A\0B"),
        ],
        Format::Nino => vec![
            text("no National Insurance number", "INVALID_NINO", "AB12345"),
            text("a temporary number", "INVALID_NINO", "TN123456M"),
        ],
        Format::Slug => vec![
            text("capitals", "INVALID_IDENTIFIER", "Jets Scotland"),
            text("a hyphen at the end", "INVALID_IDENTIFIER", "jets-"),
        ],
        Format::MediaType => vec![text("no media type", "INVALID_MEDIA_TYPE", "pdf")],
        Format::FileName => vec![
            text("a path", "INVALID_FILE_NAME", "../secret.txt"),
            text("a hidden file", "INVALID_FILE_NAME", ".profile"),
            text("a NUL in a file name", "INVALID_TEXT", "a\0.txt"),
        ],
        Format::Email => vec![text("no e-mail address", "INVALID_EMAIL", "sian at example")],
        Format::Token => Vec::new(),
    };
    let is_plain = matches!(rules.format(), Format::Unspecified | Format::Multiline | Format::Token);
    if is_plain {
        wrong.push(text("one character too many", "TOO_LONG", &long));
    }
    wrong
}

/// The rules of rpcs that the table above says nothing of would go untested unseen.
#[test]
fn every_form_of_text_is_tried() {
    for format in
        (0..).map_while(|number| Format::try_from(number).ok()).filter(|format| *format != Format::Token)
    {
        let rules = FieldRules { format: format.into(), ..FieldRules::default() };
        assert!(!wrong_texts(&rules).is_empty(), "{format:?}");
    }
    assert!(contract::rpcs().iter().map(Rpc::path).any(|path| path.ends_with("RegisterComplaint")));
}
