//! Values of the contract's enums as words on the command line, explained by the contract's own comments.

use clap::{
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    error::ErrorKind,
};
use prost_reflect::EnumDescriptor;

/// Takes a value of the enum `name` by its word: `CHANNEL_IN_PERSON` is `in-person`. The unset value cannot be chosen.
///
/// # Panics
///
/// Never: an enum that the contract does not have offers no values, which the test of the command line notices.
pub fn of(name: &'static str) -> impl TypedValueParser<Value = i32> {
    let choices = choices(name);
    let shown: Vec<PossibleValue> = choices
        .iter()
        .map(|choice| PossibleValue::new(choice.word.clone()).help(choice.help.clone()))
        .collect();
    PossibleValuesParser::new(shown).try_map(move |word| {
        let found = choices.iter().find(|choice| choice.word == word).map(|choice| choice.number);
        found.ok_or_else(|| clap::Error::new(ErrorKind::InvalidValue))
    })
}

/// One value of an enum.
#[derive(Clone, Debug)]
struct Choice {
    word: String,
    help: String,
    number: i32,
}

fn choices(name: &str) -> Vec<Choice> {
    let Some(descriptor) = redress_proto::pool().get_enum_by_name(name) else { return Vec::new() };
    let prefix = prefix(descriptor.name());
    let values = descriptor.values().enumerate().filter(|(_, value)| value.number() != 0);
    values
        .map(|(index, value)| Choice {
            word: value.name().trim_start_matches(prefix.as_str()).to_lowercase().replace('_', "-"),
            help: comment(&descriptor, index),
            number: value.number(),
        })
        .collect()
}

/// `CloseReason` is `CLOSE_REASON_`.
fn prefix(name: &str) -> String {
    let mut prefix = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !prefix.is_empty() {
            prefix.push('_');
        }
        prefix.extend(c.to_uppercase());
    }
    prefix.push('_');
    prefix
}

/// What the contract says of the value: its comment up to the first full stop.
fn comment(descriptor: &EnumDescriptor, value: usize) -> String {
    // Field numbers of FileDescriptorProto.enum_type and EnumDescriptorProto.value.
    let path: Option<Vec<i32>> = i32::try_from(value).ok().map(|value| {
        let mut path = descriptor.path().to_vec();
        path.extend([2, value]);
        path
    });
    let file = descriptor.parent_file();
    let locations = file.file_descriptor_proto().source_code_info.iter().flat_map(|info| &info.location);
    let text = locations
        .filter(|location| Some(&location.path) == path.as_ref())
        .find_map(|location| location.leading_comments.as_deref().map(|text| text.trim().replace('\n', " ")));
    text.unwrap_or_default().trim_end_matches('.').to_owned()
}
