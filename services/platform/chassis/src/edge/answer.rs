//! The body of an answer, watched to its end: what its trailers say is measured, a panic in it is caught, and a stream
//! ends when its deadline passes or the process goes away.

use std::{
    future::Future as _,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tonic::{Code, Status, body::Body};

use super::{deadline, observe::Observation, outcome, shed::Permit};
use crate::status::{Details, Domain, Reason};

/// What an answer needs on its way out.
pub(super) struct Answer {
    pub(super) deadline: Option<Instant>,
    pub(super) draining: Option<CancellationToken>,
    pub(super) permit: Option<Permit>,
    pub(super) domain: Domain,
    pub(super) observation: Observation,
}

/// A body that knows how it ends.
pub(super) struct Ending {
    inner: Body,
    deadline: Option<Pin<Box<Sleep>>>,
    draining: Option<Pin<Box<WaitForCancellationFutureOwned>>>,
    permit: Option<Permit>,
    domain: Domain,
    observation: Observation,
    over: bool,
}

impl Ending {
    pub(super) fn new(inner: Body, answer: Answer) -> Self {
        Self {
            inner,
            deadline: answer.deadline.map(|deadline| Box::pin(sleep_until(deadline))),
            draining: answer.draining.map(|token| Box::pin(token.cancelled_owned())),
            permit: answer.permit,
            domain: answer.domain,
            observation: answer.observation,
            over: false,
        }
    }

    fn end(&mut self, code: Code) {
        self.over = true;
        self.observation.end(code);
        self.permit = None;
    }

    /// Ends a stream that would go on.
    fn cut(&mut self, status: &Status) -> Frame<Bytes> {
        let mut trailers = outcome::trailers(status);
        outcome::complete(&mut trailers, status.code(), self.domain, &self.observation.trace.trace());
        self.end(status.code());
        // What still runs for this stream is dropped now, not when the caller lets go of the connection.
        self.inner = Body::empty();
        Frame::trailers(trailers)
    }

    fn interrupted(&mut self, cx: &mut Context<'_>) -> Option<Status> {
        if self.deadline.as_mut().is_some_and(|deadline| deadline.as_mut().poll(cx).is_ready()) {
            return Some(deadline::exceeded(self.domain));
        }
        if self.draining.as_mut().is_some_and(|draining| draining.as_mut().poll(cx).is_ready()) {
            return Some(
                Details::new(self.domain, Reason::Draining.code(), Reason::Draining)
                    .retry(Duration::from_millis(100))
                    .say("this instance is going away; resume the stream where it ended"),
            );
        }
        None
    }
}

impl http_body::Body for Ending {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let this = &mut *self;
        if this.over {
            return Poll::Ready(None);
        }
        // What is ready goes out before an interruption is looked at, so that a drain loses nothing it need not.
        let polled = {
            let _entered = this.observation.span.enter();
            catch_unwind(AssertUnwindSafe(|| Pin::new(&mut this.inner).poll_frame(cx)))
        };
        let Ok(polled) = polled else {
            return Poll::Ready(Some(Ok(this.cut(&this.domain.fault()))));
        };
        match polled {
            Poll::Pending => match this.interrupted(cx) {
                Some(status) => Poll::Ready(Some(Ok(this.cut(&status)))),
                None => Poll::Pending,
            },
            Poll::Ready(Some(Ok(frame))) => match frame.into_trailers() {
                Ok(mut trailers) => {
                    let code = outcome::code_in(&trailers).unwrap_or(Code::Unknown);
                    outcome::complete(&mut trailers, code, this.domain, &this.observation.trace.trace());
                    this.end(code);
                    Poll::Ready(Some(Ok(Frame::trailers(trailers))))
                }
                Err(frame) => Poll::Ready(Some(Ok(frame))),
            },
            Poll::Ready(Some(Err(status))) => {
                this.end(status.code());
                Poll::Ready(Some(Err(status)))
            }
            Poll::Ready(None) => {
                // Health and reflection answer with trailers as well; a body without them says nothing of its status.
                this.end(Code::Unknown);
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.over
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
