//! The other services of the suite, as this one reads from them.
//!
//! A peer in the same process is reached through the process' own edge, so that every layer runs; another one over the
//! network, on one connection that is made when it is first needed. Nothing here is part of a command: no call is made
//! while a transaction is open.

mod channel;
mod identity;

use std::{collections::BTreeMap, fmt, fs, io, sync::Arc, time::Duration};

use redress_journal::subscription::HandleFault;
use tonic::{
    Code, Request, Status,
    metadata::{Ascii, MetadataValue},
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint},
};

pub use channel::PeerChannel;

pub(crate) use channel::{Inside, Way};
pub(crate) use identity::{Identity, Issued, TokenFile};

use crate::{call::Call, config, trace_context::TraceContext};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How often a connection is looked after, also while nothing is asked, and how long its answer may take.
const PING_EVERY: Duration = Duration::from_secs(20);
const PING_ANSWER: Duration = Duration::from_secs(10);
/// How long a question may take.
const ANSWER: Duration = Duration::from_secs(10);
/// What is kept of a caller's time for its own answer.
const MARGIN: Duration = Duration::from_millis(10);

/// The other services of the suite. Clones are cheap.
#[derive(Clone)]
pub struct Peers {
    known: Arc<Known>,
    /// Who this service is to peers in the same process.
    inside: Arc<Identity>,
    /// Who it is to the others.
    outside: Arc<Identity>,
}

/// Where everyone is.
pub(crate) struct Known {
    pub(crate) edge: Inside,
    pub(crate) members: Vec<&'static str>,
    pub(crate) channels: BTreeMap<&'static str, Channel>,
}

/// A peer cannot be spoken to with these settings.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unspeakable {
    #[error("the authorities of peers cannot be read")]
    Authorities(#[source] io::Error),
    #[error("the address of {0} cannot be used")]
    Address(&'static str, #[source] tonic::transport::Error),
}

impl Known {
    pub(crate) fn new(
        config: &config::Peers,
        members: Vec<&'static str>,
        edge: Inside,
    ) -> Result<Self, Unspeakable> {
        let authorities =
            config.authorities.as_ref().map(fs::read).transpose().map_err(Unspeakable::Authorities)?;
        let mut channels = BTreeMap::new();
        for (service, address) in &config.addresses {
            let bad = |error| Unspeakable::Address(service, error);
            let mut endpoint = Endpoint::from_shared(address.clone())
                .map_err(bad)?
                .connect_timeout(CONNECT)
                .http2_keep_alive_interval(PING_EVERY)
                .keep_alive_timeout(PING_ANSWER)
                .keep_alive_while_idle(true);
            if let Some(authorities) = authorities.as_ref().filter(|_| address.starts_with("https:")) {
                let tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(authorities));
                endpoint = endpoint.tls_config(tls).map_err(bad)?;
            }
            channels.insert(*service, endpoint.connect_lazy());
        }
        Ok(Self { edge, members, channels })
    }
}

impl Peers {
    pub(crate) fn new(known: Arc<Known>, inside: Identity, outside: Identity) -> Self {
        Self { known, inside: Arc::new(inside), outside: Arc::new(outside) }
    }

    /// The service of this name. One that is nowhere answers every question with `UNAVAILABLE`.
    pub fn get(&self, service: &'static str) -> Peer {
        let (way, identity) = if self.known.members.contains(&service) {
            (Way::Inside(self.known.edge.clone()), &self.inside)
        } else if let Some(channel) = self.known.channels.get(service) {
            (Way::Outside(channel.clone()), &self.outside)
        } else {
            (Way::Nowhere, &self.outside)
        };
        Peer { channel: PeerChannel::new(service, way), identity: identity.clone() }
    }

    /// Whether the service runs in this process or has an address.
    pub fn knows(&self, service: &str) -> bool {
        self.known.members.contains(&service) || self.known.channels.contains_key(service)
    }
}

/// Another service of the suite.
#[derive(Clone)]
pub struct Peer {
    channel: PeerChannel,
    identity: Arc<Identity>,
}

impl Peer {
    /// What its generated clients are made with.
    pub fn channel(&self) -> PeerChannel {
        self.channel.clone()
    }

    /// A question that this service asks for itself: it sees what services see. For acting on events only, never on a
    /// caller's behalf.
    pub fn as_service<T>(&self, message: T) -> Request<T> {
        let mut request = self.open_ended(message);
        request.set_timeout(ANSWER);
        request
    }

    /// A question on behalf of a caller, who is asked for its own token: what the answer holds is what the caller may
    /// see. Its deadline and its trace go with it.
    pub fn on_behalf<T>(&self, call: &Call, message: T) -> Request<T> {
        let mut request = Request::new(message);
        if let Ok(token) = MetadataValue::try_from(call.authorization.as_bytes()) {
            authorize(&mut request, token);
        }
        trace(&mut request, Some(call.trace));
        let left = call.remaining().map_or(ANSWER, |left| left.saturating_sub(MARGIN).min(ANSWER));
        request.set_timeout(left);
        request
    }

    /// As [`Peer::as_service`], for a stream that stays open.
    pub(crate) fn open_ended<T>(&self, message: T) -> Request<T> {
        let mut request = Request::new(message);
        if let Some(token) = self.identity.token() {
            authorize(&mut request, token);
        }
        trace(&mut request, TraceContext::current());
        request
    }

    /// What a failed question means to whoever prepares to act on an entry: not now, or never.
    pub fn fault(status: &Status) -> HandleFault {
        match status.code() {
            // The weather, or an identity that was not renewed in time; neither is the entry's doing.
            Code::Unavailable
            | Code::DeadlineExceeded
            | Code::Cancelled
            | Code::ResourceExhausted
            | Code::Aborted
            | Code::Unknown
            | Code::Unauthenticated
            | Code::PermissionDenied => HandleFault::Unavailable,
            code @ (Code::Ok
            | Code::InvalidArgument
            | Code::NotFound
            | Code::AlreadyExists
            | Code::FailedPrecondition
            | Code::OutOfRange
            | Code::Unimplemented
            | Code::Internal
            | Code::DataLoss) => HandleFault::Poison(format!("a peer answers {code:?}")),
        }
    }
}

fn authorize<T>(request: &mut Request<T>, mut token: MetadataValue<Ascii>) {
    token.set_sensitive(true);
    request.metadata_mut().insert("authorization", token);
}

fn trace<T>(request: &mut Request<T>, context: Option<TraceContext>) {
    if let Some(value) = context.and_then(|context| context.to_string().parse().ok()) {
        request.metadata_mut().insert("traceparent", value);
    }
}

impl fmt::Debug for Peers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peers").field("members", &self.known.members).finish_non_exhaustive()
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("channel", &self.channel).finish_non_exhaustive()
    }
}
