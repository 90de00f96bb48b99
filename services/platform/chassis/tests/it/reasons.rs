//! Every word that the chassis gives as a reason is documented in the contract, and no other.

use redress_chassis::{inspect::Fault, status::Reason};
use redress_kernel::text::TextFault;

fn documented(name: &str, prefix: &str) -> Vec<String> {
    let reasons = redress_proto::pool().get_enum_by_name(name).unwrap();
    reasons
        .values()
        .filter(|value| value.number() != 0)
        .map(|value| value.name().strip_prefix(prefix).unwrap().to_owned())
        .collect()
}

#[test]
fn reasons_of_calls_are_those_of_the_contract() {
    let ours: Vec<&str> = Reason::ALL.into_iter().map(Reason::word).collect();
    assert_eq!(ours, documented("redress.type.v1.CallReason", "CALL_REASON_"));
}

#[test]
fn reasons_of_fields_are_those_of_the_contract() {
    let ours = [
        Fault::Required,
        Fault::OutputOnly,
        Fault::TooLong(1),
        Fault::TooManyItems(1),
        Fault::UnknownEnum,
        Fault::TooSmall(1),
        Fault::TooLarge(1),
        Fault::Text(TextFault::Control),
        Fault::NotUuid,
        Fault::NotName,
        Fault::PersonalData,
        Fault::NotNino,
        Fault::NotSlug,
        Fault::NotMediaType,
        Fault::NotFileName,
        Fault::NotEmail,
        Fault::NotDate,
        Fault::NotInstant,
        Fault::NotDuration,
        Fault::UnknownField,
    ];
    let ours: Vec<&str> = ours.into_iter().map(Fault::reason).collect();
    assert_eq!(ours, documented("redress.type.v1.FieldReason", "FIELD_REASON_"));
}
