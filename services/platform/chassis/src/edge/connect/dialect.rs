//! How a caller of Connect writes its messages.

use super::transcode::Shape;
use http::{HeaderMap, HeaderValue, Method, Request, header::CONTENT_TYPE};

/// The form of messages, and whether there may be several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// How a message is written.
    pub(super) codec: Codec,
    /// Whether messages come in envelopes.
    pub(super) streams: bool,
}

/// How a message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    /// The canonical JSON of protobuf.
    Json,
    /// The wire format of protobuf.
    Protobuf,
}

impl Dialect {
    const ALL: [(&'static str, Self); 4] = [
        ("application/json", Self { codec: Codec::Json, streams: false }),
        ("application/proto", Self { codec: Codec::Protobuf, streams: false }),
        ("application/connect+json", Self { codec: Codec::Json, streams: true }),
        ("application/connect+proto", Self { codec: Codec::Protobuf, streams: true }),
    ];

    /// The dialect of a request; nothing when it is no call of Connect.
    pub(crate) fn of<B>(request: &Request<B>) -> Option<Self> {
        let kind = media_type(request.headers());
        let found = Self::ALL.into_iter().find(|(name, _)| kind.eq_ignore_ascii_case(name));
        found.map(|(_, dialect)| dialect).filter(|_| request.method() == Method::POST)
    }

    /// Whether an rpc with these messages is called in it: several messages in envelopes, one without.
    pub(crate) fn fits(self, shape: &Shape) -> bool {
        self.streams == shape.streams
    }

    /// The media type in which it is answered.
    pub(super) fn content_type(self) -> HeaderValue {
        let found = Self::ALL.into_iter().find(|(_, dialect)| *dialect == self);
        HeaderValue::from_static(found.map_or("application/json", |(name, _)| name))
    }
}

/// The media type without its parameters; the only one there is says UTF-8, which JSON is anyway.
fn media_type(headers: &HeaderMap) -> &str {
    let whole = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    whole.split(';').next().unwrap_or_default().trim()
}
