//! A connection that must say something: its first bytes soon, and something now and then after that. HTTP/2 pings count,
//! so an honest idle client is never cut.

use std::{
    future::Future as _,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};
use tonic::transport::server::{Connected, TcpConnectInfo};

use super::{accept::Place, outgoing::Outgoing};
use crate::stopwatch::instant;

/// Bytes that a client sends first: the preface of HTTP/2, or the head of a TLS greeting.
const GREETING: usize = 24;

/// A guarded connection.
pub(crate) struct Guarded {
    stream: Outgoing<TcpStream>,
    place: Place,
    heard: usize,
    last: Instant,
    silence: Duration,
    alarm: Pin<Box<Sleep>>,
}

impl Guarded {
    pub(super) fn new(stream: TcpStream, place: Place, first_byte: Duration, silence: Duration) -> Self {
        let now = instant();
        Self {
            stream: Outgoing::new(stream),
            place,
            heard: 0,
            last: now,
            silence,
            alarm: Box::pin(sleep_until(now + first_byte)),
        }
    }

    /// Whether the connection has been silent for too long. The alarm is only moved when it goes off, not at each read.
    fn overdue(&mut self, cx: &mut Context<'_>) -> bool {
        while self.alarm.as_mut().poll(cx).is_ready() {
            let until = self.last + self.silence;
            if self.heard < GREETING || until <= instant() {
                return true;
            }
            self.alarm.as_mut().reset(until);
        }
        false
    }
}

impl AsyncRead for Guarded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(cx, buffer) {
            Poll::Pending if this.overdue(cx) => {
                this.place.silent();
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Pending => Poll::Pending,
            Poll::Ready(read) => {
                this.heard = this.heard.saturating_add(buffer.filled().len() - before);
                this.last = instant();
                Poll::Ready(read)
            }
        }
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

impl Connected for Guarded {
    type ConnectInfo = TcpConnectInfo;

    fn connect_info(&self) -> TcpConnectInfo {
        self.stream.stream().connect_info()
    }
}
