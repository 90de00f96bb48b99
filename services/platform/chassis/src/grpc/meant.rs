//! Which service of a listener a call is about, where several answer the same rpcs.

use tonic::{Request, Status};

use crate::status::Domain;

/// The header by which a caller names the service it means.
pub(crate) const SERVICE: &str = "redress-service";

/// The service that the caller means: the only one, or the one it names.
pub(crate) fn meant<'a, S, T>(
    domain: Domain,
    services: &'a [S],
    name: impl Fn(&S) -> &'static str,
    request: &Request<T>,
) -> Result<&'a S, Status> {
    if let [only] = services {
        return Ok(only);
    }
    let named = request.metadata().get(SERVICE).and_then(|name| name.to_str().ok());
    services.iter().find(|service| Some(name(service)) == named).ok_or_else(|| {
        domain.invalid_field(
            SERVICE,
            "REQUIRED",
            "several services are behind this address; name the one meant in this header",
        )
    })
}
