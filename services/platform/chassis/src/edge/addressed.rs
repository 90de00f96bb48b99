//! Whether a call came to whom it was meant for. Addresses are given away: where one service ended another may begin, and whoever
//! stands between goes on sending calls there for a while. Every service answers for its journal, so that a follower which read
//! the wrong one would take its source for one that lives another life.

use std::time::Duration;

use http::HeaderMap;
use tonic::Status;

use crate::{
    grpc::SERVICE,
    status::{Details, Domain, Reason},
};

/// When a call that went astray may be sent anew.
const LATER: Duration = Duration::from_secs(1);

/// Refuses a call that names a service which is not here. One that names none is meant for whoever answers.
pub(super) fn check(domain: Domain, services: &[&'static str], headers: &HeaderMap) -> Result<(), Status> {
    let Some(named) = headers.get(SERVICE) else { return Ok(()) };
    if services.iter().any(|service| named.as_bytes() == service.as_bytes()) {
        return Ok(());
    }
    let away = Details::new(domain, Reason::Unavailable.code(), Reason::Unavailable).retry(LATER);
    Err(away.say("the service that the header redress-service names is not here; the way to it led astray"))
}
