//! The accept loop: so many connections in all, so many from one address.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{net::TcpListener, sync::mpsc, time::timeout};
use tokio_util::sync::CancellationToken;

use super::guard::Guarded;
use crate::{config::Limits, telemetry::Instruments};

/// How long accepting rests after the system had no descriptor left.
const REST: Duration = Duration::from_millis(100);

/// Counts connections.
#[derive(Clone)]
pub(crate) struct Gatekeeper {
    inner: Arc<Inner>,
}

struct Inner {
    open: Mutex<Open>,
    most: usize,
    most_per_address: usize,
    pub(super) first_byte: Duration,
    pub(super) silence: Duration,
    instruments: Arc<Instruments>,
}

#[derive(Default)]
struct Open {
    total: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A counted connection; it is given back when dropped.
pub(super) struct Place {
    gatekeeper: Gatekeeper,
    address: IpAddr,
}

impl Gatekeeper {
    pub(crate) fn new(limits: &Limits, instruments: Arc<Instruments>) -> Self {
        let inner = Inner {
            open: Mutex::default(),
            most: limits.connections,
            most_per_address: limits.connections_per_address,
            first_byte: limits.first_byte,
            silence: limits.silence,
            instruments,
        };
        Self { inner: Arc::new(inner) }
    }

    /// Accepts connections until told to stop. What is over the limits is closed at once.
    pub(crate) async fn run(
        self,
        listener: TcpListener,
        accepted: mpsc::Sender<io::Result<Guarded>>,
        stop: CancellationToken,
    ) {
        loop {
            let connection = tokio::select! {
                () = stop.cancelled() => return,
                connection = listener.accept() => connection,
            };
            let (stream, peer) = match connection {
                Ok(connection) => connection,
                Err(error) => {
                    // One that went away before it was accepted is of no account; a lack of descriptors passes.
                    tracing::debug!(kind = %error.kind(), "a connection could not be accepted");
                    if !matches!(
                        error.kind(),
                        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
                    ) {
                        let _ = timeout(REST, stop.cancelled()).await;
                    }
                    continue;
                }
            };
            match self.admit(peer.ip()) {
                Ok(place) => {
                    // Answers are small and whole; waiting to fill a packet would only delay them.
                    let _ = stream.set_nodelay(true);
                    let (first_byte, silence) = (self.inner.first_byte, self.inner.silence);
                    let guarded = Guarded::new(stream, place, first_byte, silence);
                    if accepted.send(Ok(guarded)).await.is_err() {
                        return;
                    }
                }
                Err(reason) => self.inner.instruments.refused(reason),
            }
        }
    }

    fn admit(&self, address: IpAddr) -> Result<Place, &'static str> {
        let address = network(address);
        let mut open = self.inner.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.total >= self.inner.most {
            return Err("total");
        }
        let from_here = open.by_address.entry(address).or_default();
        if *from_here >= self.inner.most_per_address {
            return Err("address");
        }
        *from_here += 1;
        open.total += 1;
        self.inner.instruments.connected();
        Ok(Place { gatekeeper: self.clone(), address })
    }
}

impl Place {
    /// Counts a connection that was cut because it said nothing.
    pub(super) fn silent(&self) {
        self.gatekeeper.inner.instruments.refused("silent");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let inner = &self.gatekeeper.inner;
        let mut open = inner.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.total -= 1;
        if let Some(from_here) = open.by_address.get_mut(&self.address) {
            *from_here -= 1;
            if *from_here == 0 {
                open.by_address.remove(&self.address);
            }
        }
        inner.instruments.disconnected();
    }
}

/// One household of addresses: an IPv4 address also when it comes mapped, and a /64 of IPv6, which one host may own.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_has_one_address() {
        let same = |a: &str, b: &str| network(a.parse().expect("ip")) == network(b.parse().expect("ip"));
        assert!(same("::ffff:192.0.2.1", "192.0.2.1"));
        assert!(same("2001:db8::1", "2001:db8::ffff"));
        assert!(!same("2001:db8::1", "2001:db8:0:1::1"));
        assert!(!same("192.0.2.1", "192.0.2.2"));
    }
}
