//! The version of a resource as an etag: opaque to callers, the aggregate's version to us.

use tonic::Status;

use crate::status::Domain;

/// The etag of a resource at `version`.
pub fn render(version: i64) -> String {
    format!("\"{version}\"")
}

/// The version that `etag` stands for; `None` when the caller did not send one and takes whatever version there is.
///
/// # Errors
/// `INVALID_ARGUMENT` when it is not one of ours.
pub fn parse(domain: Domain, etag: &str) -> Result<Option<i64>, Status> {
    if etag.is_empty() {
        return Ok(None);
    }
    let version = etag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|digits| {
        let canonical = digits == "0" || !digits.starts_with(['0', '+', '-']);
        digits.parse().ok().filter(|_| canonical)
    });
    let wrong =
        || domain.invalid_field("etag", "INVALID_ETAG", "must be the etag of the resource as it was read");
    version.map(Some).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_etag_reads_back() {
        for version in [0, 1, 17, i64::MAX] {
            assert_eq!(parse(Domain::CHASSIS, &render(version)).ok(), Some(Some(version)));
        }
        assert_eq!(parse(Domain::CHASSIS, "").ok(), Some(None));
    }

    #[test]
    fn what_is_no_etag_of_ours_is_refused() {
        for wrong in ["7", "\"07\"", "\"-7\"", "\"+7\"", "\"\"", "W/\"7\"", "\"99999999999999999999\"", "\""]
        {
            let status = parse(Domain::CHASSIS, wrong).expect_err(wrong);
            assert_eq!(status.code(), tonic::Code::InvalidArgument);
        }
    }
}
