//! The writing side of a connection: what is answered in one turn leaves in one write.
//!
//! HTTP/2 flushes after every frame of data that is longer than 256 bytes, so that each answer would be a system call of
//! its own, and waking its reader another. Small writes are gathered instead, and a flush that follows a write asks for
//! another turn of the connection and leaves the rest to it: other answers may have come by then, and the first flush with
//! nothing written before it sends them all. A greeting of TLS is flushed once and then waits to be answered, so a turn
//! that reads and does not flush is followed by one that sends. So nothing waits longer than for the answers that are
//! ready beside it.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, BufWriter, ReadBuf};

/// Bytes that are gathered at most. What is longer by itself, as the parts of a document are, goes out directly.
const GATHERED: usize = 8 * 1024;

/// A connection that gathers what is written to it.
pub(super) struct Outgoing<S> {
    stream: BufWriter<S>,
    held: Held,
}

/// What is to become of the bytes that are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// Nobody has asked for them to be sent.
    Written,
    /// They are sent in the turn that was asked for, at its end.
    Deferred,
    /// They are sent in the next turn, at its beginning.
    Overdue,
    /// There are none, or they are being sent.
    Nothing,
}

impl<S: AsyncWrite> Outgoing<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream: BufWriter::with_capacity(GATHERED, stream), held: Held::Nothing }
    }

    pub(super) fn stream(&self) -> &S {
        self.stream.get_ref()
    }
}

impl<S: AsyncWrite + Unpin> Outgoing<S> {
    fn send(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Outgoing<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.held {
            Held::Written | Held::Nothing => {}
            Held::Deferred => {
                self.held = Held::Overdue;
                cx.waker().wake_by_ref();
            }
            Held::Overdue => {
                if self.as_mut().send(cx)?.is_ready() {
                    self.held = Held::Nothing;
                }
            }
        }
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Outgoing<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.held = Held::Written;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.held == Held::Written && !self.stream.buffer().is_empty() {
            self.held = Held::Deferred;
            cx.waker().wake_by_ref();
            return Poll::Ready(Ok(()));
        }
        self.held = Held::Nothing;
        self.send(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.held = Held::Written;
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        task::{Wake, Waker},
    };

    use super::*;

    /// Remembers what was written, write by write.
    #[derive(Default)]
    struct Wire(Vec<Vec<u8>>);

    impl AsyncRead for Wire {
        fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    impl AsyncWrite for Wire {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            self.0.push(bytes.to_vec());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Counts how often another turn was asked for.
    #[derive(Default)]
    struct Turns(AtomicUsize);

    impl Wake for Turns {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    struct Connection {
        outgoing: Outgoing<Wire>,
        turns: Arc<Turns>,
    }

    impl Connection {
        fn new() -> Self {
            Self { outgoing: Outgoing::new(Wire::default()), turns: Arc::default() }
        }

        fn write(&mut self, bytes: &[u8]) {
            let waker = Waker::from(Arc::clone(&self.turns));
            let written = Pin::new(&mut self.outgoing).poll_write(&mut Context::from_waker(&waker), bytes);
            assert!(matches!(written, Poll::Ready(Ok(count)) if count == bytes.len()));
        }

        fn flush(&mut self) {
            let waker = Waker::from(Arc::clone(&self.turns));
            let flushed = Pin::new(&mut self.outgoing).poll_flush(&mut Context::from_waker(&waker));
            assert!(matches!(flushed, Poll::Ready(Ok(()))));
        }

        fn read(&mut self) {
            let waker = Waker::from(Arc::clone(&self.turns));
            let mut nothing = ReadBuf::new(&mut []);
            let read = Pin::new(&mut self.outgoing).poll_read(&mut Context::from_waker(&waker), &mut nothing);
            assert!(read.is_pending());
        }

        fn on_the_wire(&self) -> &[Vec<u8>] {
            &self.outgoing.stream().0
        }
    }

    #[test]
    fn answers_that_are_flushed_one_by_one_leave_together() {
        let mut connection = Connection::new();
        for answer in [b"one", b"two", b"six"] {
            connection.write(answer);
            connection.flush();
        }
        assert!(connection.on_the_wire().is_empty());
        assert!(
            connection.turns.0.load(Ordering::Relaxed) > 0,
            "whoever defers a flush asks to be called again"
        );
        connection.flush();
        assert_eq!(connection.on_the_wire(), [b"onetwosix"]);
    }

    #[test]
    fn whoever_waits_for_an_answer_has_asked_first() {
        // As in the greeting of TLS, where nobody flushes twice.
        let mut connection = Connection::new();
        connection.write(b"greeting");
        connection.read();
        assert!(connection.on_the_wire().is_empty(), "nobody has asked for it to be sent");
        connection.flush();
        connection.read();
        assert!(connection.on_the_wire().is_empty(), "answers may come in this turn");
        assert_eq!(connection.turns.0.load(Ordering::Relaxed), 2, "each turn asks for the next");
        connection.read();
        assert_eq!(connection.on_the_wire(), [b"greeting"]);
    }

    #[test]
    fn nothing_is_asked_for_while_nothing_waits() {
        let mut connection = Connection::new();
        connection.flush();
        connection.write(&[7; GATHERED]);
        connection.flush();
        assert_eq!(connection.on_the_wire().len(), 1, "what is long goes out at once");
        assert_eq!(connection.turns.0.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn no_more_is_gathered_than_fits() {
        let mut connection = Connection::new();
        for _ in 0..=GATHERED / 1000 {
            connection.write(&[7; 1000]);
            connection.flush();
        }
        assert_eq!(connection.on_the_wire().len(), 1);
    }

    #[test]
    fn the_end_of_a_connection_loses_nothing() {
        let mut connection = Connection::new();
        connection.write(b"farewell");
        connection.flush();
        let waker = Waker::from(Arc::clone(&connection.turns));
        let ended = Pin::new(&mut connection.outgoing).poll_shutdown(&mut Context::from_waker(&waker));
        assert!(matches!(ended, Poll::Ready(Ok(()))));
        assert_eq!(connection.on_the_wire(), [b"farewell"]);
    }
}
