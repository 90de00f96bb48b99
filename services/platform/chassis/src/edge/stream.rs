//! Inspects messages, one by one as they arrive where the request streams.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use aws_lc_rs::hmac;
use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use tokio_util::task::TaskTracker;
use tonic::{Status, body::Body};

use super::{
    framing::{self, PREFIX, malformed},
    rest,
    rows::Verdicts,
};
use crate::{
    contract::Method,
    inspect::{self, Refused, RequestDigest, Schema},
    status::{Details, Reason},
};

/// Most messages of one request stream; uploads of any allowed size need fewer.
const MOST_MESSAGES: u32 = 65_536;

/// Holds one message against the contract.
pub(super) fn inspect(schema: &Schema, method: &Method, payload: &[u8]) -> Result<(), Status> {
    inspect::inspect(schema, method.request, payload, method.irreversible).map_err(|refused| match refused {
        Refused::Malformed(why) => malformed(method.domain, why),
        Refused::Fields(violations) => method.domain.invalid(violations),
    })
}

/// Digests a mutating request.
pub(super) fn digest(
    key: &hmac::Key,
    schema: &'static Schema,
    method: &'static Method,
    payload: &[u8],
) -> Option<Arc<RequestDigest>> {
    let name = |number| schema.name_of(method.request, number);
    inspect::compute(key, &method.name, method.request_id?, name, payload).map(Arc::new)
}

/// A request body whose messages are inspected before the decoder sees them.
pub(super) struct Inspected {
    inner: Body,
    schema: &'static Schema,
    method: &'static Method,
    buffer: BytesMut,
    messages: u32,
    ended: bool,
    /// Where bad messages are noted instead of ending the stream.
    verdicts: Option<Verdicts>,
    /// Counts whoever reads what the handler did not.
    calls: TaskTracker,
}

impl Drop for Inspected {
    fn drop(&mut self) {
        rest::read(std::mem::take(&mut self.inner), &self.calls);
    }
}

impl Inspected {
    pub(super) fn new(
        inner: Body,
        schema: &'static Schema,
        method: &'static Method,
        verdicts: Option<Verdicts>,
        calls: TaskTracker,
    ) -> Self {
        Self { inner, schema, method, buffer: BytesMut::new(), messages: 0, ended: false, verdicts, calls }
    }

    /// The first whole message of the buffer.
    fn next(&mut self) -> Result<Option<Bytes>, Status> {
        let domain = self.method.domain;
        let Some(length) = framing::length(domain, &self.buffer, self.method.max_bytes)? else {
            return Ok(None);
        };
        if self.buffer.len() < PREFIX + length {
            self.buffer.reserve(PREFIX + length - self.buffer.len());
            return Ok(None);
        }
        self.messages += 1;
        if self.messages > MOST_MESSAGES {
            return Err(Details::new(domain, Reason::MessageTooLarge.code(), Reason::MessageTooLarge)
                .with("limit_messages", MOST_MESSAGES)
                .quota("messages", "a stream has at most 65,536 messages")
                .say("the stream has too many messages"));
        }
        let message = self.buffer.split_to(PREFIX + length).freeze();
        match &self.verdicts {
            Some(verdicts) => self.judge(verdicts, message).map(Some),
            None => inspect(self.schema, self.method, &message[PREFIX..]).map(|()| Some(message)),
        }
    }

    /// The message, or an empty one in the place of a message that breaks the rules, with a note of what was wrong. What is
    /// no message at all ends the stream all the same: nothing after it can be trusted either.
    fn judge(&self, verdicts: &Verdicts, message: Bytes) -> Result<Bytes, Status> {
        let method = self.method;
        match inspect::inspect(self.schema, method.request, &message[PREFIX..], method.irreversible) {
            Ok(()) => Ok(message),
            Err(Refused::Malformed(why)) => Err(malformed(method.domain, why)),
            Err(Refused::Fields(violations)) => {
                verdicts.put(self.messages.into(), violations);
                Ok(Bytes::from_static(&[0; PREFIX]))
            }
        }
    }

    /// What there is to say at the end of the stream.
    fn end(&self) -> Option<Status> {
        if !self.buffer.is_empty() {
            Some(malformed(self.method.domain, "ends in the middle of a message"))
        } else if self.messages == 0 {
            Some(self.method.domain.invalid_field("(stream)", "REQUIRED", "must have at least one message"))
        } else {
            None
        }
    }
}

impl http_body::Body for Inspected {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = &mut *self;
        loop {
            if this.ended {
                return Poll::Ready(None);
            }
            match this.next() {
                Ok(Some(message)) => return Poll::Ready(Some(Ok(Frame::data(message)))),
                Ok(None) => {}
                Err(status) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(status)));
                }
            }
            match ready!(Pin::new(&mut this.inner).poll_frame(cx)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        this.buffer.extend_from_slice(&data);
                    }
                }
                Some(Err(status)) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(status)));
                }
                None => {
                    this.ended = true;
                    return Poll::Ready(this.end().map(Err));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.ended
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
