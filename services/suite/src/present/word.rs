//! From names of the contract to words.

/// Words of a name of the contract: `STAGE_RESPONSE` and `StageResponse` are both `stage response`.
pub fn of(name: &str) -> String {
    let mut words = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        if c == '_' || c == '-' || (c.is_uppercase() && lower_before) {
            words.push(' ');
        }
        lower_before = c.is_lowercase();
        if c != '_' && c != '-' {
            words.extend(c.to_lowercase());
        }
    }
    let spoken: Vec<&str> = words.split(' ').map(spoken).collect();
    spoken.join(" ")
}

/// Words that are names keep their capitals.
fn spoken(word: &str) -> &str {
    match word {
        "ice" => "ICE",
        "jcp" => "JCP",
        "uk" => "UK",
        "jobcentre" => "Jobcentre",
        "plus" => "Plus",
        "scotland" => "Scotland",
        "england" => "England",
        "wales" => "Wales",
        "northern" => "Northern",
        "ireland" => "Ireland",
        other => other,
    }
}

/// Words of an enum value without the name of its enum: `STAGE_AT_STAGE` is `at stage`; the unset value is nothing.
pub fn of_value(name: &str, prefix: &str) -> String {
    match name.strip_prefix(prefix) {
        Some("UNSPECIFIED") => String::new(),
        Some(rest) => of(rest),
        None => of(name),
    }
}

/// The last part of a resource name, which is enough where its kind is known.
pub fn id(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// `1 step`, `2 steps`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
