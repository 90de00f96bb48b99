//! A relay in front of a service, which a test turns to another process, or has cut the line at any byte.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, copy},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinSet,
};

/// What stands for never in [`State::left`].
const NEVER: i64 = -1;

/// Passes bytes on between callers and a service. It ends when it is dropped.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    state: Arc<State>,
    /// Takes connections; dropped with the relay.
    _work: JoinSet<()>,
}

#[derive(Debug)]
struct State {
    target: Mutex<SocketAddr>,
    /// Bytes of the service's that are still passed on before the line is cut.
    left: AtomicI64,
    cuts: AtomicU64,
    passed: AtomicU64,
}

impl Relay {
    /// A relay to the service at `target`.
    pub async fn to(target: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            target: Mutex::new(target),
            left: AtomicI64::new(NEVER),
            cuts: AtomicU64::new(0),
            passed: AtomicU64::new(0),
        });
        let mut work = JoinSet::new();
        work.spawn(accept(listener, state.clone()));
        Ok(Self { address, state, _work: work })
    }

    /// Where it is called.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads new connections to another process.
    pub fn turn_to(&self, target: SocketAddr) {
        *self.state.target.lock().unwrap_or_else(PoisonError::into_inner) = target;
    }

    /// Cuts the line once after so many more bytes of the service's.
    pub fn cut_after(&self, bytes: u32) {
        self.state.left.store(i64::from(bytes), Ordering::SeqCst);
    }

    /// How often the line was cut.
    pub fn cuts(&self) -> u64 {
        self.state.cuts.load(Ordering::SeqCst)
    }

    /// How many bytes of the service's were passed on.
    pub fn passed(&self) -> u64 {
        self.state.passed.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut lines = JoinSet::new();
    while let Ok((caller, _)) = listener.accept().await {
        lines.spawn(line(caller, state.clone()));
        while lines.try_join_next().is_some() {}
    }
}

/// One connection, until either end or the scissors end it.
async fn line(caller: TcpStream, state: Arc<State>) {
    let target = *state.target.lock().unwrap_or_else(PoisonError::into_inner);
    // A service that is not there hangs up, as it does without a relay.
    let Ok(service) = TcpStream::connect(target).await else { return };
    let (mut from_caller, to_caller) = caller.into_split();
    let (from_service, mut to_service) = service.into_split();
    tokio::select! {
        _ = copy(&mut from_caller, &mut to_service) => {}
        () = answers(from_service, to_caller, &state) => {}
    }
}

async fn answers(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, state: &State) {
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        let (passed, cut) = state.scissors(read);
        if to.write_all(&buffer[..passed]).await.is_err() || cut {
            return;
        }
    }
}

impl State {
    /// How many of these bytes are passed on, and whether the line is cut after them.
    fn scissors(&self, read: usize) -> (usize, bool) {
        let left = self.left.load(Ordering::SeqCst);
        let (passed, cut) = match usize::try_from(left) {
            Ok(left) if left <= read => {
                self.left.store(NEVER, Ordering::SeqCst);
                self.cuts.fetch_add(1, Ordering::SeqCst);
                (left, true)
            }
            Ok(_) => {
                self.left.fetch_sub(i64::try_from(read).unwrap_or(0), Ordering::SeqCst);
                (read, false)
            }
            Err(_) => (read, false),
        };
        self.passed.fetch_add(passed as u64, Ordering::SeqCst);
        (passed, cut)
    }
}
