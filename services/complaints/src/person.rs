//! Who a person is: how it is kept.

use prost::Message as _;
use redress_kernel::text;
use redress_proto::complaints::v1 as proto;

/// The bytes to seal: the message, its texts in their one form.
pub(crate) fn encode(person: &proto::Person) -> Vec<u8> {
    let normal = proto::Person {
        full_name: text::normalise(&person.full_name),
        postal_address: text::normalise(&person.postal_address),
        email: text::normalise(&person.email),
        telephone: text::normalise(&person.telephone),
        national_insurance_number: text::canonical_reference(&person.national_insurance_number),
        adjustments: text::normalise(&person.adjustments),
    };
    normal.encode_to_vec()
}
