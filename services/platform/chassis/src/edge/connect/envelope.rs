//! Messages in envelopes, taken out of a body one by one.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use tonic::{Status, body::Body};

use crate::{edge::framing, status::Domain};

/// A body of messages that each have a prefix of flags and length.
pub(super) struct Envelopes {
    domain: Domain,
    body: Body,
    most: usize,
    waiting: BytesMut,
    /// What ended the body of an answer: its trailers.
    pub(super) trailers: Option<http::HeaderMap>,
}

impl Envelopes {
    /// Of `body`, with messages of at most so many bytes.
    pub(super) fn of(domain: Domain, body: Body, most: usize) -> Self {
        Self { domain, body, most, waiting: BytesMut::new(), trailers: None }
    }

    /// The next message; nothing when there is none any more.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, Status> {
        loop {
            let announced = framing::length(self.domain, &self.waiting, self.most)?;
            if let Some(whole) = announced.map(|length| framing::PREFIX + length)
                && self.waiting.len() >= whole
            {
                let message = self.waiting.split_to(whole).freeze();
                return Ok(Some(message.slice(framing::PREFIX..)));
            }
            match self.body.frame().await.transpose()? {
                Some(frame) => match frame.into_data() {
                    Ok(data) => self.waiting.extend_from_slice(&data),
                    Err(frame) => self.trailers = frame.into_trailers().ok(),
                },
                None if self.waiting.is_empty() => return Ok(None),
                None => return Err(framing::malformed(self.domain, "ends in the middle of a message")),
            }
        }
    }
}
