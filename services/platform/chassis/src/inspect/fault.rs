//! What can be wrong with a field, in words a caller can act on.

use redress_kernel::{Violation, text::TextFault};

/// A breach of the contract's declared syntax, documented in `redress.type.v1.FieldReason`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The field must be set.
    Required,
    /// The field is the service's to set.
    OutputOnly,
    /// More characters, or bytes, than the field takes.
    TooLong(u32),
    /// More items than the field takes.
    TooManyItems(u32),
    /// A number the enum does not have.
    UnknownEnum,
    /// Less than the field takes.
    TooSmall(i64),
    /// More than the field takes.
    TooLarge(i64),
    /// Text that cannot be kept.
    Text(TextFault),
    /// Not a UUID in its one form.
    NotUuid,
    /// Not the name of a resource of the right kind.
    NotName,
    /// A National Insurance number where none belongs.
    PersonalData,
    /// Not a National Insurance number.
    NotNino,
    /// Not an identifier.
    NotSlug,
    /// Not a media type.
    NotMediaType,
    /// Not a file name.
    NotFileName,
    /// Not an e-mail address.
    NotEmail,
    /// Not a day of the calendar.
    NotDate,
    /// Not an instant between 1900 and 2200.
    NotInstant,
    /// Not a length of time.
    NotDuration,
    /// A field this version does not know, on an rpc that cannot be undone.
    UnknownField,
}

impl Fault {
    /// The word on the wire.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Required => "REQUIRED",
            Self::OutputOnly => "OUTPUT_ONLY",
            Self::TooLong(_) => "TOO_LONG",
            Self::TooManyItems(_) => "TOO_MANY_ITEMS",
            Self::UnknownEnum => "UNKNOWN_ENUM",
            Self::TooSmall(_) => "TOO_SMALL",
            Self::TooLarge(_) => "TOO_LARGE",
            Self::Text(_) => "INVALID_TEXT",
            Self::NotUuid => "INVALID_UUID",
            Self::NotName => "INVALID_NAME",
            Self::PersonalData => "PERSONAL_DATA_NOT_ALLOWED",
            Self::NotNino => "INVALID_NINO",
            Self::NotSlug => "INVALID_IDENTIFIER",
            Self::NotMediaType => "INVALID_MEDIA_TYPE",
            Self::NotFileName => "INVALID_FILE_NAME",
            Self::NotEmail => "INVALID_EMAIL",
            Self::NotDate => "INVALID_DATE",
            Self::NotInstant => "OUT_OF_RANGE_TIME",
            Self::NotDuration => "INVALID_DURATION",
            Self::UnknownField => "UNKNOWN_FIELD",
        }
    }

    /// What to do about it; `unit` is what lengths count, `collection` whose names are wanted.
    fn advice(self, unit: &str, collection: &str) -> String {
        match self {
            Self::Required => "must be set".to_owned(),
            Self::OutputOnly => "is set by the service; leave it out".to_owned(),
            Self::TooLong(most) => format!("must not be longer than {most} {unit}"),
            Self::TooManyItems(most) => format!("must not have more than {most} items"),
            Self::UnknownEnum => "must be a value that this version of the contract knows".to_owned(),
            Self::TooSmall(least) => format!("must be at least {least}"),
            Self::TooLarge(most) => format!("must be at most {most}"),
            Self::Text(fault) => fault.to_string(),
            Self::NotUuid => "must be a uuid in lower case with hyphens, and not the nil one".to_owned(),
            Self::NotName => format!("must be of the form {collection}/{{uuid}}, the uuid in lower case"),
            Self::PersonalData => "must not contain a National Insurance number".to_owned(),
            Self::NotNino => "must be a National Insurance number as issued, such as two letters, six digits and a letter".to_owned(),
            Self::NotSlug => "must consist of lower-case letters, digits, dots and hyphens, a letter or digit at either end".to_owned(),
            Self::NotMediaType => "must be a media type such as application/pdf".to_owned(),
            Self::NotFileName => "must be a file name without path separators, leading dot or control characters".to_owned(),
            Self::NotEmail => "must be an e-mail address".to_owned(),
            Self::NotDate => "must be a day of the calendar from 1900 to 2200, with year, month and day".to_owned(),
            Self::NotInstant => "must lie between the years 1900 and 2200, its nanoseconds between 0 and 999,999,999".to_owned(),
            Self::NotDuration => "must be a length of time of at most 10,000 years, its parts of one sign".to_owned(),
            Self::UnknownField => {
                "has a field that this version does not know; an rpc that cannot be undone takes none".to_owned()
            }
        }
    }

    pub(super) fn at(self, path: String, unit: &str, collection: &str) -> Violation {
        Violation::new(path, self.reason(), self.advice(unit, collection))
    }
}
