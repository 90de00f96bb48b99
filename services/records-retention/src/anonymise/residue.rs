//! What would still name a person in an anonymised form: found by its shape, and by being what was taken out elsewhere
//! (reliability D28).

use std::collections::BTreeSet;

use prost_reflect::{DynamicMessage, FieldDescriptor, Value};
use redress_kernel::text::contains_nino;

use super::{form::Form, treatment::is_free};

/// Words shorter than this are in too many texts to name anyone.
const SHORTEST: usize = 4;

/// So many digits in a row are a number of something: of an account, a telephone, a case.
const DIGITS: usize = 6;

/// The paths of fields that would still name a person; their content is nobody's business here.
pub(crate) fn residue(form: &Form) -> BTreeSet<String> {
    let named: BTreeSet<String> = form.taken.iter().flat_map(|text| words(text)).collect();
    let mut found = BTreeSet::new();
    walk(&form.message, "", &named, &mut found);
    found
}

fn walk(message: &DynamicMessage, before: &str, named: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    for (field, value) in message.fields() {
        let path =
            if before.is_empty() { field.name().to_owned() } else { format!("{before}.{}", field.name()) };
        if let Some(items) = value.as_list() {
            for item in items {
                look(&field, item, &path, named, found);
            }
        } else {
            look(&field, value, &path, named, found);
        }
    }
}

fn look(
    field: &FieldDescriptor,
    value: &Value,
    path: &str,
    named: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
) {
    if let Some(inner) = value.as_message() {
        return walk(inner, path, named, found);
    }
    let Some(text) = value.as_str() else { return };
    // An area of a postcode is a coarse place, and no free text.
    let is_area = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let says_who = contains_nino(text)
        || text.contains('@')
        || longest_number(text) >= DIGITS
        || words(text).iter().any(|word| named.contains(word))
        || (is_free(field) && !is_area);
    if says_who {
        found.insert(path.to_owned());
    }
}

/// The words of a text that could name someone.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    words.map(str::to_lowercase).collect()
}

fn longest_number(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        // People write numbers in groups.
        run = if c.is_ascii_digit() {
            run + 1
        } else if matches!(c, ' ' | '-' | '.') {
            run
        } else {
            0
        };
        longest = longest.max(run);
    }
    longest
}
