//! The canonical JSON of proto3, for programs.

use prost::{Message, Name};
use prost_reflect::{DynamicMessage, SerializeOptions};
use serde_json::Value;

use crate::client::Failure;

/// `message` in the canonical JSON of proto3.
pub fn of<M: Message + Name>(message: &M) -> Result<Value, Failure> {
    let unknown = || Failure::Fault(format!("{} is not part of the contract", M::full_name()));
    let descriptor = redress_proto::pool().get_message_by_name(&M::full_name()).ok_or_else(unknown)?;
    let dynamic =
        DynamicMessage::decode(descriptor, message.encode_to_vec().as_slice()).map_err(|_| unknown())?;
    dynamic
        .serialize_with_options(serde_json::value::Serializer, &SerializeOptions::new())
        .map_err(|error| Failure::Fault(format!("{} cannot be written as JSON: {error}", M::full_name())))
}

/// Reads a message from its JSON; what is wrong with it is said with its place.
pub fn read<M: Message + Name + Default>(text: &str) -> Result<M, Failure> {
    let unknown = || Failure::Fault(format!("{} is not part of the contract", M::full_name()));
    let descriptor = redress_proto::pool().get_message_by_name(&M::full_name()).ok_or_else(unknown)?;
    let mut input = serde_json::Deserializer::from_str(text);
    let wrong =
        |error: serde_json::Error| Failure::Invalid(format!("not the JSON of {}: {error}", M::full_name()));
    let dynamic = DynamicMessage::deserialize(descriptor, &mut input).map_err(wrong)?;
    input.end().map_err(wrong)?;
    M::decode(dynamic.encode_to_vec().as_slice()).map_err(|_| unknown())
}
