//! The bytes that are kept and hashed: those of the contract, and the same for ever.

use prost::Message as _;
use redress_journal::{
    Entry,
    entry::{Content, Instant},
    merkle::Hash,
};
use redress_proto::journal::v1::EntryContent;

fn content() -> Content {
    Content {
        entry_id: "0190c2f6-0000-7000-8000-000000000001".to_owned(),
        stream_kind: "complaints".to_owned(),
        stream_id: "0190c2f6-0000-7000-8000-000000000002".to_owned(),
        version: 3,
        entry_type: "redress.complaints.v1.Acknowledged".to_owned(),
        schema_version: 1,
        payload: vec![8, 1],
        actor_organisation: "0190c2f6-0000-7000-8000-000000000003".to_owned(),
        actor_subject: "officer-7".to_owned(),
        request_id: "0190c2f6-0000-7000-8000-000000000004".to_owned(),
        causation_id: "0190c2f6-0000-7000-8000-000000000005".to_owned(),
        scope_id: "0190c2f6-0000-7000-8000-000000000006".to_owned(),
        record_time: Some(Instant { seconds: 1_780_000_000, nanos: 123_456_000 }),
        citations: vec!["CMP-08 (J0 7.01)".to_owned(), "XCT-07".to_owned()],
    }
}

#[test]
fn the_content_is_the_message_of_the_contract_field_by_field() {
    let bytes = content().encode_to_vec();
    let message = EntryContent::decode(bytes.as_slice()).unwrap();
    // A field that the contract lacks, or numbers or types otherwise, would not come back.
    assert_eq!(message.encode_to_vec(), bytes);
    let ours = content();
    assert_eq!(message.entry_id, ours.entry_id);
    assert_eq!(message.stream_kind, ours.stream_kind);
    assert_eq!(message.stream_id, ours.stream_id);
    assert_eq!(message.version, ours.version);
    assert_eq!(message.r#type, ours.entry_type);
    assert_eq!(message.schema_version, ours.schema_version);
    assert_eq!(message.payload, ours.payload);
    assert_eq!(message.actor_organisation, ours.actor_organisation);
    assert_eq!(message.actor_subject, ours.actor_subject);
    assert_eq!(message.request_id, ours.request_id);
    assert_eq!(message.causation_id, ours.causation_id);
    assert_eq!(message.scope_id, ours.scope_id);
    assert_eq!(message.citations, ours.citations);
    let time = message.record_time.unwrap();
    assert_eq!((time.seconds, time.nanos), (1_780_000_000, 123_456_000));

    let pool = redress_proto::pool();
    let described = pool.get_message_by_name("redress.journal.v1.EntryContent").unwrap();
    assert_eq!(described.fields().len(), 14, "the contract has no field that is never written");
}

#[test]
fn what_was_hashed_once_is_hashed_the_same_for_ever() {
    // L49: if this changes, every log that was ever signed is broken.
    assert_eq!(
        Hash::leaf(&content().encode_to_vec()).to_string(),
        "k9gQIDZWduZvYQFTLh+H4y+Uabe15xA0mQqnVCGNbRY="
    );
    let entry = Entry::parse(1, content().encode_to_vec(), String::new()).unwrap();
    assert_eq!(entry.content, content());
    assert!(Entry::parse(1, vec![0xff; 7], String::new()).is_err());
}
