//! One connection to the suite: deadline, identity and bounded retries for every call.

use std::{path::Path, sync::Arc, time::Duration};

use redress_kernel::Ids;
use tokio::time::Instant;
use tonic::{
    Code, Request, Response, Status, Streaming,
    service::interceptor::InterceptedService,
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint},
};

use super::{Credentials, Failure, retry};

/// What the generated clients are made with.
pub type Stub = InterceptedService<Channel, Credentials>;

/// A connection to the suite. Connecting waits for the first call.
#[derive(Clone)]
pub struct Link {
    stub: Stub,
    address: String,
    timeout: Duration,
    ids: Arc<dyn Ids>,
}

/// How to reach the suite, and as whom.
#[derive(Clone, Debug)]
pub struct Target {
    /// Where it listens, such as `http://127.0.0.1:7400`.
    pub address: String,
    /// The caller's token.
    pub token: Option<String>,
    /// Authorities that may have signed its certificate, PEM.
    pub authorities: Option<std::path::PathBuf>,
    /// How long a command may take in all.
    pub timeout: Duration,
}

impl Link {
    /// A connection to `target`. `ids` also spreads the pauses between attempts.
    pub fn new(target: &Target, ids: Arc<dyn Ids>) -> Result<Self, Failure> {
        let address = target.address.clone();
        let wrong = |what: &str| Failure::Usage(format!("the address {address} {what}"));
        let mut endpoint = Endpoint::from_shared(address.clone())
            .map_err(|_| wrong("is not one such as http://127.0.0.1:7400"))?
            .connect_timeout(Duration::from_secs(5))
            .http2_keep_alive_interval(Duration::from_secs(30))
            .keep_alive_timeout(Duration::from_secs(10));
        if address.starts_with("https:") {
            let authorities =
                target.authorities.as_deref().ok_or_else(|| wrong("needs --authorities with it"))?;
            endpoint = endpoint
                .tls_config(tls(authorities)?)
                .map_err(|_| wrong("cannot be spoken to with these authorities"))?;
        } else if !address.starts_with("http:") {
            return Err(wrong("must begin with http: or https:"));
        }
        let credentials = Credentials::new(target.token.as_deref())?;
        let stub = InterceptedService::new(endpoint.connect_lazy(), credentials);
        Ok(Self { stub, address, timeout: target.timeout, ids })
    }

    /// The same connection as someone else.
    pub fn with_token(&self, target: &Target, token: &str) -> Result<Self, Failure> {
        Self::new(&Target { token: Some(token.to_owned()), ..target.clone() }, Arc::clone(&self.ids))
    }

    /// Where it leads.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the generated clients are made with, for calls that stream up.
    pub fn stub(&self) -> Stub {
        self.stub.clone()
    }

    /// Asks once and gets one answer, within the deadline. Commands carry a request id, so that an attempt may be repeated.
    pub async fn ask<Q, A>(
        &self,
        question: Q,
        send: impl AsyncFn(Stub, Request<Q>) -> Result<Response<A>, Status>,
    ) -> Result<A, Failure>
    where
        Q: Clone,
    {
        let deadline = self.deadline();
        let mut attempt = 1;
        loop {
            let mut request = Request::new(question.clone());
            request.set_timeout(left(deadline));
            let status = match send(self.stub.clone(), request).await {
                Ok(answer) => return Ok(answer.into_inner()),
                Err(status) => status,
            };
            match self.pause(attempt, &status, deadline) {
                Some(pause) => retry::wait(pause).await,
                None => return Err(Failure::of(&status, &self.address)),
            }
            attempt += 1;
        }
    }

    /// Opens a stream of answers. It has no deadline of its own, because what it carries may be long.
    pub async fn open<Q, A>(
        &self,
        question: Q,
        send: impl AsyncFn(Stub, Request<Q>) -> Result<Response<Streaming<A>>, Status>,
    ) -> Result<Streaming<A>, Status> {
        send(self.stub.clone(), Request::new(question)).await.map(Response::into_inner)
    }

    /// What `status` means for a person at this end.
    pub fn failure(&self, status: &Status) -> Failure {
        Failure::of(status, &self.address)
    }

    /// How long to wait before attempt `attempt + 1`, or `None` when there is none.
    pub fn pause(&self, attempt: u32, status: &Status, deadline: Instant) -> Option<Duration> {
        retry::pause(attempt, status.code(), retry::Pushback::read(status), self.random(), left(deadline))
    }

    /// The same where an answer said that the service is busy.
    pub fn pause_when_busy(&self, attempt: u32, deadline: Instant) -> Option<Duration> {
        retry::pause(attempt, Code::Unavailable, retry::Pushback::Silent, self.random(), left(deadline))
    }

    /// The end of the time a command may take, from now.
    pub fn deadline(&self) -> Instant {
        now() + self.timeout
    }

    /// The low half of a fresh id, which is random.
    fn random(&self) -> u64 {
        self.ids.next().as_u64_pair().1
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("address", &self.address).finish_non_exhaustive()
    }
}

#[expect(clippy::disallowed_methods, reason = "a deadline of this process is measured, not a date of a case")]
fn now() -> Instant {
    Instant::now()
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(now())
}

fn tls(authorities: &Path) -> Result<ClientTlsConfig, Failure> {
    let pem = std::fs::read(authorities).map_err(Failure::file("read", authorities))?;
    Ok(ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem)))
}
