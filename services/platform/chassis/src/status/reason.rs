//! Why the chassis itself says no, whatever the service.

use tonic::Code;

/// Reasons of the chassis, as they stand in `ErrorInfo.reason` and are documented in `redress.type.v1.CallReason`. A
/// service has its own beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Several fields are wrong for different reasons; each violation has its own.
    InvalidRequest,
    /// The body is not a message of the rpc's type.
    MalformedMessage,
    /// The message is longer than the rpc takes; the limit is in the metadata.
    MessageTooLarge,
    /// The body is compressed in a way the service does not offer.
    CompressionNotOffered,
    /// `grpc-timeout` cannot be read.
    InvalidTimeout,
    /// There is no such rpc, or it is not offered here.
    UnknownMethod,
    /// No identity was given.
    TokenMissing,
    /// The token is not one that this service trusts.
    TokenInvalid,
    /// The token is no longer valid.
    TokenExpired,
    /// The token is not valid yet.
    TokenNotYetValid,
    /// The token is longer than any that is issued.
    TokenTooLarge,
    /// The identity holds none of the roles that may call this rpc.
    RoleMissing,
    /// Only a natural person may call this rpc.
    NaturalPersonRequired,
    /// The rpc declares no access and is therefore closed to all.
    AccessNotDeclared,
    /// The deadline passed; whether something was done is known by repeating the same request id.
    DeadlineExceeded,
    /// The service has as many calls as it can carry.
    Overloaded,
    /// The service is going away; another instance answers.
    Draining,
    /// The resource is not there, or not for this caller.
    NotFound,
    /// The thing was changed by someone else; read again.
    LostRace,
    /// The database or another thing the service needs does not answer.
    Unavailable,
    /// There is no space left to keep anything.
    StorageFull,
    /// A fault of the service.
    Internal,
    /// The service was restored, and what was erased since the backup is not erased again yet.
    RestoreInProgress,
    /// The call is the word of the second of two people, and no service can give it.
    NotIndependent,
}

impl Reason {
    /// All of them, for the documentation and its test.
    pub const ALL: [Self; 24] = [
        Self::InvalidRequest,
        Self::MalformedMessage,
        Self::MessageTooLarge,
        Self::CompressionNotOffered,
        Self::InvalidTimeout,
        Self::UnknownMethod,
        Self::TokenMissing,
        Self::TokenInvalid,
        Self::TokenExpired,
        Self::TokenNotYetValid,
        Self::TokenTooLarge,
        Self::RoleMissing,
        Self::NaturalPersonRequired,
        Self::AccessNotDeclared,
        Self::DeadlineExceeded,
        Self::Overloaded,
        Self::Draining,
        Self::NotFound,
        Self::LostRace,
        Self::Unavailable,
        Self::StorageFull,
        Self::Internal,
        Self::RestoreInProgress,
        Self::NotIndependent,
    ];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InvalidRequest => "INVALID_REQUEST",
            Self::MalformedMessage => "MALFORMED_MESSAGE",
            Self::MessageTooLarge => "MESSAGE_TOO_LARGE",
            Self::CompressionNotOffered => "COMPRESSION_NOT_OFFERED",
            Self::InvalidTimeout => "INVALID_TIMEOUT",
            Self::UnknownMethod => "UNKNOWN_METHOD",
            Self::TokenMissing => "TOKEN_MISSING",
            Self::TokenInvalid => "TOKEN_INVALID",
            Self::TokenExpired => "TOKEN_EXPIRED",
            Self::TokenNotYetValid => "TOKEN_NOT_YET_VALID",
            Self::TokenTooLarge => "TOKEN_TOO_LARGE",
            Self::RoleMissing => "ROLE_MISSING",
            Self::NaturalPersonRequired => "NATURAL_PERSON_REQUIRED",
            Self::AccessNotDeclared => "ACCESS_NOT_DECLARED",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::Overloaded => "OVERLOADED",
            Self::Draining => "DRAINING",
            Self::NotFound => "NOT_FOUND",
            Self::LostRace => "LOST_RACE",
            Self::Unavailable => "UNAVAILABLE",
            Self::StorageFull => "STORAGE_FULL",
            Self::Internal => "INTERNAL",
            Self::RestoreInProgress => "RESTORE_IN_PROGRESS",
            Self::NotIndependent => "NOT_INDEPENDENT",
        }
    }

    /// The code it is answered with.
    pub const fn code(self) -> Code {
        match self {
            Self::InvalidRequest | Self::MalformedMessage | Self::InvalidTimeout => Code::InvalidArgument,
            Self::MessageTooLarge | Self::TokenTooLarge | Self::Overloaded | Self::StorageFull => {
                Code::ResourceExhausted
            }
            Self::CompressionNotOffered | Self::UnknownMethod => Code::Unimplemented,
            Self::TokenMissing | Self::TokenInvalid | Self::TokenExpired | Self::TokenNotYetValid => {
                Code::Unauthenticated
            }
            Self::RoleMissing
            | Self::NaturalPersonRequired
            | Self::NotIndependent
            | Self::AccessNotDeclared => Code::PermissionDenied,
            Self::DeadlineExceeded => Code::DeadlineExceeded,
            Self::Draining | Self::Unavailable => Code::Unavailable,
            Self::NotFound => Code::NotFound,
            Self::LostRace => Code::Aborted,
            Self::Internal => Code::Internal,
            Self::RestoreInProgress => Code::FailedPrecondition,
        }
    }
}
