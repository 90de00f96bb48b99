//! Messages from JSON to the wire format of protobuf and back, by their descriptors.

use bytes::{Bytes, BytesMut};
use prost::Message as _;
use prost_reflect::{DeserializeOptions, DynamicMessage, MessageDescriptor};
use tonic::Status;

use super::dialect::Codec;
use crate::{contract::Method, edge::framing, status::Domain};

/// The messages of an rpc.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// The domain of its answers.
    pub(crate) domain: Domain,
    /// What it takes.
    pub(crate) input: MessageDescriptor,
    /// What it answers.
    pub(crate) output: MessageDescriptor,
    /// Most bytes of what it takes, in the wire format.
    pub(crate) most: usize,
    /// Whether either side may send several messages.
    pub(crate) streams: bool,
}

impl Shape {
    /// The messages of `method`.
    pub(crate) fn of(method: &Method) -> Self {
        Self {
            domain: method.domain,
            input: method.input.clone(),
            output: method.output.clone(),
            most: method.max_bytes,
            streams: method.flow.streams(),
        }
    }

    /// Most bytes of a message as it is written in `codec`. Field names make JSON longer than what it stands for.
    pub(super) const fn most_written(&self, codec: Codec) -> usize {
        match codec {
            Codec::Json => self.most.saturating_mul(2),
            Codec::Protobuf => self.most,
        }
    }

    /// What a caller wrote, in the wire format.
    pub(super) fn read(&self, codec: Codec, written: Bytes) -> Result<Bytes, Status> {
        match codec {
            Codec::Protobuf => Ok(written),
            Codec::Json => {
                let mut reader = serde_json::Deserializer::from_slice(&written);
                let options = DeserializeOptions::new().deny_unknown_fields(true);
                let read =
                    DynamicMessage::deserialize_with_options(self.input.clone(), &mut reader, &options);
                let read = read.and_then(|message| reader.end().map(|()| message));
                // Where it is wrong is told, but never what stands there: it may be personal, and logs hold answers.
                let wrong = |fault: serde_json::Error| {
                    let (line, column) = (fault.line(), fault.column());
                    let why =
                        format!("is not the JSON of this rpc's message, at line {line}, column {column}");
                    framing::malformed(self.domain, &why)
                };
                Ok(read.map_err(wrong)?.encode_to_vec().into())
            }
        }
    }

    /// What the service answered, as the caller reads it.
    pub(super) fn write(&self, codec: Codec, message: Bytes) -> Result<Bytes, Status> {
        match codec {
            Codec::Protobuf => Ok(message),
            Codec::Json => {
                let read = DynamicMessage::decode(self.output.clone(), message);
                let message = read.map_err(|fault| self.domain.internal(&fault))?;
                let written = serde_json::to_vec(&message).map_err(|fault| self.domain.internal(&fault))?;
                Ok(written.into())
            }
        }
    }
}

/// A message with five bytes before it: flags and length. gRPC and Connect agree on them.
pub(super) fn framed(flags: u8, message: &[u8]) -> Bytes {
    let mut framed = BytesMut::with_capacity(framing::PREFIX + message.len());
    framed.extend_from_slice(&[flags]);
    framed.extend_from_slice(&u32::try_from(message.len()).unwrap_or(u32::MAX).to_be_bytes());
    framed.extend_from_slice(message);
    framed.freeze()
}
