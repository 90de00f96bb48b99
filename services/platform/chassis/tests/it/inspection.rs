//! What reliability 4.1 says anyone will try, against the real contract.

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value, prost::Message as _};
use redress_proto::options::v1::{FieldRules, Format};
use tonic::Code;

use crate::{
    hardening::{field_of, filled, get, text},
    puppet::{self, ECHO, FINAL, GET, HANG, UPLOAD, framed, manager},
    wire::Wire,
};

const ID: &str = "00000000-0000-4000-8000-000000000001";

type Breaches = Vec<(String, String)>;

fn breach(field: &str, reason: &str) -> Breaches {
    vec![(field.to_owned(), reason.to_owned())]
}

/// The breaches of one request.
async fn refused(wire: &mut Wire, path: &str, payload: &[u8]) -> Breaches {
    let answer = wire.call(path, payload).await;
    assert_eq!(answer.code(), Code::InvalidArgument, "{:?}", answer.status);
    let refused = answer.refused();
    assert_eq!(refused.domain, "complaints.redress");
    assert_eq!(refused.request_id.len(), 32);
    refused.fields
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_message_are_refused_as_a_whole() {
    // G1, G2
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let deep: Vec<u8> = (0..100).fold(Vec::new(), |inner, _| {
        let mut outer = Vec::new();
        prost::encoding::bytes::encode(2, &inner, &mut outer);
        outer
    });
    for bytes in [
        &[0x80][..],                                                         // a key that does not end
        &[0x0a, 0x05, b'a'],                                                 // a length past the end
        &[0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], // a length past every end
        &[0x08, 0x01],                                                       // a number where a text belongs
        &[0x0b, 0x0c],                                                       // a group
        &[0x0e],       // a wire type that does not exist
        &[0x00, 0x00], // field number zero
        &[0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], // a number of 65 bits
        &[0x0a, 0x02, 0xc3, 0x28], // no UTF-8
        &[0x0a, 0x03, 0xed, 0xa0, 0x80], // half a surrogate pair
    ] {
        assert_eq!(
            refused(&mut wire, GET, bytes).await,
            breach("(body)", "MALFORMED_MESSAGE"),
            "{bytes:02x?}"
        );
    }
    assert!(!refused(&mut wire, ECHO, &deep).await.is_empty());
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_one_message_in_its_frame() {
    // G1, G40
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let two = [framed(&get()), framed(&get())].concat();
    let cut = framed(&get()).slice(..10);
    for body in [Vec::new(), vec![0, 0], two, cut.to_vec(), vec![7, 0, 0, 0, 0]] {
        let answer = wire.send(GET, &[], body.clone().into()).await;
        assert_eq!(answer.refused().fields, breach("(body)", "MALFORMED_MESSAGE"), "{body:02x?}");
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn compression_is_not_offered() {
    // G6
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let answer = wire.send(GET, &[("grpc-encoding", "gzip")], framed(&get())).await;
    assert_eq!(
        (answer.code(), answer.refused().reason.as_str()),
        (Code::Unimplemented, "COMPRESSION_NOT_OFFERED")
    );
    assert_eq!(answer.headers["grpc-accept-encoding"], "identity");
    let mut flagged = framed(&get()).to_vec();
    flagged[0] = 1;
    let answer = wire.send(GET, &[], flagged.into()).await;
    assert_eq!(answer.refused().fields, breach("(body)", "MALFORMED_MESSAGE"));
    assert_eq!(wire.send(GET, &[("grpc-encoding", "identity")], framed(&get())).await.code(), Code::Ok);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_breach_is_told_at_once() {
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let fields = refused(&mut wire, FINAL, &[]).await;
    for field in ["request_id", "name", "text", "outcome", "issued_on", "channel"] {
        assert!(fields.contains(&(field.to_owned(), "REQUIRED".to_owned())), "{field} in {fields:?}");
    }
    // G10: an enum of zero is as good as none.
    let outcome = field_of("redress.complaints.v1.IssueFinalResponseRequest", "outcome");
    let mut zero = filled("redress.complaints.v1.IssueFinalResponseRequest");
    prost::encoding::int32::encode(outcome, &0, &mut zero);
    assert_eq!(refused(&mut wire, FINAL, &zero).await, breach("outcome", "REQUIRED"));
    // G9
    let mut unknown = filled("redress.complaints.v1.IssueFinalResponseRequest");
    prost::encoding::int32::encode(outcome, &99, &mut unknown);
    assert_eq!(refused(&mut wire, FINAL, &unknown).await, breach("outcome", "UNKNOWN_ENUM"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_fields_are_refused_only_where_nothing_can_be_undone() {
    // G8
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let mut newer = get();
    prost::encoding::int32::encode(1000, &1, &mut newer);
    assert_eq!(wire.call(GET, &newer).await.code(), Code::Ok);
    let mut newer = filled("redress.complaints.v1.IssueFinalResponseRequest");
    prost::encoding::int32::encode(1000, &1, &mut newer);
    assert_eq!(refused(&mut wire, FINAL, &newer).await, breach("(body)", "UNKNOWN_FIELD"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_ids_have_one_form() {
    // G20, G26
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let long = format!("complaints/{}", "a".repeat(60_000));
    for name in [
        "complaints/../../etc/passwd",
        "complaints/%00",
        "complaints/' OR 1=1 --",
        "letters/00000000-0000-4000-8000-000000000001",
        "complaints/00000000-0000-4000-8000-00000000000A",
        "complaints/00000000000040008000000000000001",
        "complaints/00000000-0000-0000-0000-000000000000",
        "complaints/",
        "00000000-0000-4000-8000-000000000001",
    ] {
        assert_eq!(refused(&mut wire, GET, &text(1, name)).await, breach("name", "INVALID_NAME"), "{name}");
    }
    assert_eq!(refused(&mut wire, GET, &text(1, &long)).await, breach("name", "TOO_LONG"));
    assert_eq!(refused(&mut wire, GET, &text(1, "")).await, breach("name", "REQUIRED"));
    for id in [
        "x",
        &"7".repeat(150),
        "00000000-0000-4000-8000-00000000000A",
        "{00000000-0000-4000-8000-000000000001}",
    ] {
        let mut request = filled("redress.complaints.v1.IssueFinalResponseRequest");
        request.extend(text(1, id));
        assert_eq!(refused(&mut wire, FINAL, &request).await, breach("request_id", "INVALID_UUID"), "{id}");
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_is_refused_and_every_name_is_not() {
    // G28, G29
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let field = field_of("redress.complaints.v1.IssueFinalResponseRequest", "text");
    let request = |body: &str| {
        let mut request = filled("redress.complaints.v1.IssueFinalResponseRequest");
        request.extend(text(field, body));
        request
    };
    let marks = format!("e{}", "\u{301}".repeat(1000));
    for hostile in ["a\0b", "\u{1b}[31mred", "abc\u{202e}cba", "\u{85}", &marks, "\u{200b}\u{200d}", "  \n "]
    {
        let breaches = refused(&mut wire, FINAL, &request(hostile)).await;
        assert_eq!(breaches, breach("text", "INVALID_TEXT"), "{hostile:?}");
    }
    for sound in ["Ŵyn ŷ", "O'Brien", "Null", "李", "X", "👩🏽‍⚕️ Zoë", "נועה", "line\nline\ttab"]
    {
        assert_eq!(wire.call(FINAL, &request(sound)).await.code(), Code::Ok, "{sound}");
    }
    // Characters are counted, not bytes.
    assert_eq!(wire.call(FINAL, &request(&"ŵ".repeat(60_000))).await.code(), Code::Ok);
    let breaches = refused(&mut wire, FINAL, &request(&"ŵ".repeat(60_001))).await;
    assert_eq!(breaches, breach("text", "TOO_LONG"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_numbers_stay_out_of_references() {
    // C8
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let field = field_of("redress.complaints.v1.ListComplaintsRequest", "reference");
    for reference in ["AB123456C", "case ab 12 34 56 c", "TN123456F"] {
        let breaches = refused(&mut wire, HANG, &text(field, reference)).await;
        assert_eq!(breaches, breach("reference", "PERSONAL_DATA_NOT_ALLOWED"), "{reference}");
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_are_days_of_the_calendar_and_numbers_have_bounds() {
    // G30, G32
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let date = field_of("redress.complaints.v1.IssueFinalResponseRequest", "issued_on");
    for (year, month, day) in
        [(2026, 2, 30), (2026, 13, 1), (0, 1, 1), (9999, 12, 31), (2026, 0, 1), (2026, 1, -1)]
    {
        let mut request = filled("redress.complaints.v1.IssueFinalResponseRequest");
        prost::encoding::bytes::encode(date, &civil(year, month, day), &mut request);
        assert_eq!(
            refused(&mut wire, FINAL, &request).await,
            breach("issued_on", "INVALID_DATE"),
            "{year}-{month}-{day}"
        );
    }
    let mut request = filled("redress.complaints.v1.IssueFinalResponseRequest");
    prost::encoding::bytes::encode(date, &civil(2028, 2, 29), &mut request);
    assert_eq!(wire.call(FINAL, &request).await.code(), Code::Ok);

    let size = field_of("redress.complaints.v1.ListComplaintsRequest", "page_size");
    let mut request = Vec::new();
    prost::encoding::int32::encode(size, &-1, &mut request);
    assert_eq!(refused(&mut wire, HANG, &request).await, breach("page_size", "TOO_SMALL"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_service_sets_is_not_for_callers_to_set() {
    // threat 9
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let complaint = redress_proto::pool().get_message_by_name("redress.complaints.v1.Complaint").unwrap();
    let mut tried = 0;
    for field in complaint.fields().filter(|field| rules(field).output_only && !field.is_list()) {
        let mut inner = smallest(&complaint);
        let mut message = DynamicMessage::new(complaint.clone());
        message.set_field(&field, plain(&field));
        inner.extend(message.encode_to_vec());
        let mut request = text(1, ID);
        prost::encoding::bytes::encode(2, &inner, &mut request);
        let breaches = refused(&mut wire, ECHO, &request).await;
        let wanted = (format!("complaint.{}", field.name()), "OUTPUT_ONLY".to_owned());
        assert!(breaches.contains(&wanted), "{} in {breaches:?}", field.name());
        tried += 1;
    }
    assert!(tried > 3, "the contract has lost its output-only fields");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_tells_one_body_from_another() {
    // G21, G22
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let request = filled("redress.complaints.v1.IssueFinalResponseRequest");
    let field = field_of("redress.complaints.v1.IssueFinalResponseRequest", "text");
    let digests = |answer: String| answer.rsplit(' ').next().unwrap().to_owned();
    let first = digests(wire.call(FINAL, &request).await.text());
    assert!(first.contains("text=") && first.contains("name=") && !first.contains("request_id"), "{first}");
    assert_eq!(digests(wire.call(FINAL, &request).await.text()), first);
    let other = digests(wire.call(FINAL, &[request.clone(), text(field, "another")].concat()).await.text());
    let changed: Vec<_> = first.split(',').zip(other.split(',')).filter(|(one, two)| one != two).collect();
    assert!(matches!(changed.as_slice(), [(one, _)] if one.starts_with("text=")), "{changed:?}");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_of_a_stream_is_inspected() {
    // G40
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let answer = wire.send(UPLOAD, &[], bytes::Bytes::new()).await;
    assert_eq!(answer.refused().fields, breach("(stream)", "REQUIRED"));
    let chunk = |bytes: &[u8]| {
        let mut chunk = Vec::new();
        let data = redress_proto::pool().get_message_by_name("redress.complaints.v1.DocumentChunk").unwrap();
        let mut message = DynamicMessage::decode(data.clone(), smallest(&data).as_slice()).unwrap();
        message.set_field_by_name("data", Value::Bytes(bytes.to_vec().into()));
        prost::encoding::bytes::encode(2, &message.encode_to_vec(), &mut chunk);
        framed(&chunk)
    };
    let three = [chunk(&vec![1; 100_000]), chunk(&vec![2; 100_000]), chunk(&[3; 7])].concat();
    assert_eq!(wire.send(UPLOAD, &[], three.clone().into()).await.text(), "3");
    let spoilt = [three, framed(&[0x0b]).to_vec()].concat();
    let answer = wire.send(UPLOAD, &[], spoilt.into()).await;
    assert_eq!(answer.refused().fields, breach("(body)", "MALFORMED_MESSAGE"));
    let cut = chunk(&[1; 1000]);
    let answer = wire.send(UPLOAD, &[], cut.slice(..cut.len() - 1)).await;
    assert_eq!(answer.refused().fields, breach("(body)", "MALFORMED_MESSAGE"));
    suite.stop().await.unwrap();
}

#[test]
fn the_smallest_request_of_every_rpc_can_be_built() {
    // Rules that contradict each other would leave a request that nobody can send.
    for service in
        redress_proto::pool().services().filter(|service| service.package_name().starts_with("redress."))
    {
        for method in service.methods() {
            drop(smallest(&method.input()));
        }
    }
}

fn civil(year: i32, month: i32, day: i32) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (number, value) in [(1, year), (2, month), (3, day)] {
        prost::encoding::int32::encode(number, &value, &mut bytes);
    }
    bytes
}

/// The rules of a field.
pub(crate) fn rules(field: &FieldDescriptor) -> FieldRules {
    let extension = redress_proto::pool().get_extension_by_name("redress.options.v1.field").unwrap();
    let options = field.options();
    if !options.has_extension(&extension) {
        return FieldRules::default();
    }
    options.get_extension(&extension).as_message().unwrap().transcode_to().unwrap()
}

/// The smallest well-formed message: every required field with a plain value, and one member of each oneof of which one
/// is required.
pub(crate) fn smallest(message: &MessageDescriptor) -> Vec<u8> {
    let mut filled = DynamicMessage::new(message.clone());
    let mut chosen = Vec::new();
    for field in message.fields().filter(|field| rules(field).required && !rules(field).output_only) {
        if let Some(oneof) = field.containing_oneof() {
            if chosen.contains(&oneof.name().to_owned()) {
                continue;
            }
            chosen.push(oneof.name().to_owned());
        }
        let value = plain(&field);
        filled.set_field(&field, if field.is_list() { Value::List(vec![value]) } else { value });
    }
    filled.encode_to_vec()
}

/// A plain value of a field, well-formed by its rules.
fn plain(field: &FieldDescriptor) -> Value {
    let rules = rules(field);
    let number = rules.minimum.unwrap_or(1).max(1);
    match field.kind() {
        Kind::Message(message) if message.full_name() == "redress.type.v1.CivilDate" => {
            Value::Message(DynamicMessage::decode(message, civil(2026, 6, 15).as_slice()).unwrap())
        }
        Kind::Message(message) => {
            let inner = smallest(&message);
            Value::Message(DynamicMessage::decode(message, inner.as_slice()).unwrap())
        }
        Kind::String => Value::String(match rules.format() {
            Format::Unspecified | Format::Multiline | Format::Token | Format::Slug => "plain".to_owned(),
            Format::Uuid => ID.to_owned(),
            Format::ResourceName => format!("{}/{ID}", rules.collection),
            Format::Reference => "R-1".to_owned(),
            Format::Nino => "JX123456D".to_owned(),
            Format::MediaType => "text/plain".to_owned(),
            Format::FileName => "plain.txt".to_owned(),
            Format::Email => "someone@example.org".to_owned(),
        }),
        Kind::Bytes => Value::Bytes(vec![7; 32].into()),
        Kind::Enum(_) => Value::EnumNumber(1),
        Kind::Bool => Value::Bool(true),
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => Value::I32(i32::try_from(number).unwrap()),
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => Value::I64(number),
        Kind::Uint32 | Kind::Fixed32 => Value::U32(u32::try_from(number).unwrap()),
        Kind::Uint64 | Kind::Fixed64 => Value::U64(number.unsigned_abs()),
        Kind::Float => Value::F32(1.0),
        Kind::Double => Value::F64(1.0),
    }
}
