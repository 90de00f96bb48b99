//! Exit codes.

use redress::exit::{Exit, HELP};
use tonic::Code;

#[test]
fn every_code_ends_as_the_help_says() {
    for (code, exit) in [
        (Code::Ok, 0),
        (Code::FailedPrecondition, 1),
        (Code::InvalidArgument, 3),
        (Code::OutOfRange, 3),
        (Code::NotFound, 4),
        (Code::PermissionDenied, 5),
        (Code::Unauthenticated, 5),
        (Code::Unavailable, 6),
        (Code::ResourceExhausted, 6),
        (Code::DeadlineExceeded, 6),
        (Code::Cancelled, 6),
        (Code::Aborted, 7),
        (Code::AlreadyExists, 7),
        (Code::Internal, 70),
        (Code::Unknown, 70),
        (Code::Unimplemented, 70),
        (Code::DataLoss, 70),
    ] {
        let ended = Exit::of_code(code) as u8;
        assert_eq!(ended, exit, "{code:?}");
        assert!(
            HELP.lines().any(|line| line.trim_start().starts_with(&format!("{ended} "))),
            "{ended} is not in the help"
        );
    }
}
