//! The forms a string can be declared to have.

use redress_kernel::text;
use redress_proto::options::v1::Format;
use uuid::Uuid;

use super::{fault::Fault, schema::Field};

/// Checks a text that is not empty.
pub(super) fn check(field: &Field, value: &str) -> Option<Fault> {
    // A character takes at most four bytes: only texts near the limit need counting.
    if value.len() > field.max_length as usize && value.chars().count() > field.max_length as usize {
        return Some(Fault::TooLong(field.max_length));
    }
    let form = match field.format {
        Format::Unspecified => text::check(value, false).map_err(Fault::Text),
        Format::Multiline => text::check(value, true).map_err(Fault::Text),
        Format::Uuid => is_uuid(value).then_some(()).ok_or(Fault::NotUuid),
        Format::ResourceName => is_name(&field.collection, value).then_some(()).ok_or(Fault::NotName),
        Format::Reference => reference(value),
        Format::Nino => text::is_nino(&text::canonical_reference(value)).then_some(()).ok_or(Fault::NotNino),
        Format::Slug => is_slug(value).then_some(()).ok_or(Fault::NotSlug),
        Format::Token => Ok(()),
        Format::MediaType => is_media_type(value).then_some(()).ok_or(Fault::NotMediaType),
        Format::FileName => file_name(value),
        Format::Email => is_email(value).then_some(()).ok_or(Fault::NotEmail),
    };
    form.err()
}

fn is_uuid(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
        && Uuid::parse_str(value).is_ok_and(|uuid| !uuid.is_nil())
}

fn is_name(collection: &str, value: &str) -> bool {
    value.strip_prefix(collection).and_then(|rest| rest.strip_prefix('/')).is_some_and(is_uuid)
}

fn reference(value: &str) -> Result<(), Fault> {
    text::check(value, false).map_err(Fault::Text)?;
    if text::contains_nino(value) { Err(Fault::PersonalData) } else { Ok(()) }
}

fn is_slug(value: &str) -> bool {
    let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    edge(value.as_bytes().first())
        && edge(value.as_bytes().last())
        && value.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
}

/// A type and a subtype of RFC 6838 names; parameters have no use here and would only hide things.
fn is_media_type(value: &str) -> bool {
    let name = |part: &str| {
        part.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    value.split_once('/').is_some_and(|(kind, subtype)| name(kind) && name(subtype))
}

fn file_name(value: &str) -> Result<(), Fault> {
    text::check(value, false).map_err(Fault::Text)?;
    let sound = !value.starts_with('.')
        && !value.ends_with(['.', ' '])
        && !value.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
        && !is_device(value);
    if sound { Ok(()) } else { Err(Fault::NotFileName) }
}

/// Names that mean a device, not a file, to the machine that opens the download.
fn is_device(value: &str) -> bool {
    let stem = value.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// Enough to tell an address from a slip of the hand; whether it exists only a message can tell.
fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.len() <= 253
        && domain.split('.').all(label)
}
