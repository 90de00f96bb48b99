//! From the sensitivity that the contract declares to what becomes of a field.

use prost_reflect::{FieldDescriptor, Kind};
use redress_proto::options::v1::{FieldRules, Format, Sensitivity};

/// What becomes of a field in an anonymised form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It stays: it says nothing about a person.
    Keep,
    /// It goes, and is looked for in what stays: it names a person, or leads to another set.
    Forget,
    /// It goes: it was written freely, or opens something.
    Remove,
    /// It becomes coarser, or goes: it narrows down who a person is.
    Generalise,
    /// It stays while it tells nothing about a person by being the same for all of a group: a coded special category.
    Guard,
}

/// What becomes of a field. One that declares nothing goes.
pub(crate) fn treatment(field: &FieldDescriptor) -> Treatment {
    let rules = rules(field).unwrap_or_default();
    match rules.sensitivity() {
        Sensitivity::Operational if links(rules.format()) => Treatment::Forget,
        Sensitivity::Operational => Treatment::Keep,
        Sensitivity::QuasiIdentifier => Treatment::Generalise,
        Sensitivity::SpecialCategory if matches!(field.kind(), Kind::Enum(_)) => Treatment::Guard,
        Sensitivity::Pseudonym | Sensitivity::DirectIdentifier => Treatment::Forget,
        Sensitivity::Unspecified
        | Sensitivity::FreeText
        | Sensitivity::SpecialCategory
        | Sensitivity::Secret => Treatment::Remove,
    }
}

/// Whether what a field holds leads to something that is kept elsewhere (linkability).
const fn links(format: Format) -> bool {
    match format {
        Format::Uuid
        | Format::ResourceName
        | Format::Reference
        | Format::Nino
        | Format::Token
        | Format::FileName
        | Format::Email => true,
        Format::Unspecified | Format::Multiline | Format::Slug | Format::MediaType => false,
    }
}

/// Whether a text of this form is written freely.
pub(crate) fn is_free(field: &FieldDescriptor) -> bool {
    match rules(field).unwrap_or_default().format() {
        Format::Slug | Format::MediaType => false,
        Format::Unspecified
        | Format::Multiline
        | Format::Uuid
        | Format::ResourceName
        | Format::Reference
        | Format::Nino
        | Format::Token
        | Format::FileName
        | Format::Email => true,
    }
}

/// What the contract declares for a field.
fn rules(field: &FieldDescriptor) -> Option<FieldRules> {
    let extension = redress_proto::pool().get_extension_by_name("redress.options.v1.field")?;
    let options = field.options();
    if !options.has_extension(&extension) {
        return None;
    }
    options.get_extension(&extension).as_message()?.transcode_to().ok()
}
