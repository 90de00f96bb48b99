//! What the person says: how it is kept, and how a second copy of it is known.

use complaints_domain::complaint::Register;
use prost::Message as _;
use redress_kernel::text;
use redress_proto::complaints::v1 as proto;
use redress_store::keyring::Mac;

/// The bytes to seal: the message, its texts in their one form.
pub(crate) fn encode(statement: &proto::Statement) -> Vec<u8> {
    let normal = proto::Statement {
        narrative: text::normalise(&statement.narrative),
        desired_outcome: text::normalise(&statement.desired_outcome),
        representative: text::normalise(&statement.representative),
    };
    normal.encode_to_vec()
}

/// The message that was sealed; none for bytes that are no such message.
pub(crate) fn decode(bytes: &[u8]) -> Option<proto::Statement> {
    proto::Statement::decode(bytes).ok()
}

/// A keyed digest of the words, for the participant, the contract and the day of receipt: the same for the same complaint
/// sent twice, and nothing to anyone without the key. Case and white space make no second complaint (L29).
pub(crate) fn fingerprint(mac: &Mac, register: &Register, statement: &proto::Statement) -> Vec<u8> {
    let mut message = Vec::new();
    message.extend_from_slice(register.participant.uuid().as_bytes());
    message.extend_from_slice(register.contract.uuid().as_bytes());
    message.extend_from_slice(register.received_on.to_string().as_bytes());
    message.push(0);
    message.extend_from_slice(text::canonical_reference(&statement.narrative).as_bytes());
    mac.of(&message)
}
