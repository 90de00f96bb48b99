//! Contacts of another system from a file of its own: one in each line as JSON, or a table.

use redress_proto::{
    complaints::v1::{Person, Statement},
    routing::v1::{Contact, Matter, RouteInput, Writer},
    r#type::v1::{Channel, CivilDate},
};

use super::table;
use crate::{client::Failure, present::json};

/// The columns that a table may have; the first four must be there.
const COLUMNS: [&str; 14] = [
    "reference",
    "received_on",
    "channel",
    "about",
    "contract",
    "respondents",
    "participant_reference",
    "full_name",
    "postal_address",
    "email",
    "telephone",
    "narrative",
    "desired_outcome",
    "representative",
];

/// The contacts of a file, each with what is wrong with it where it cannot be read. What is wrong with its content the
/// service says.
pub fn read(text: &str, contract: &str) -> Result<Vec<Contact>, Failure> {
    let mut contacts = if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        lines(text)?
    } else {
        cells(text)?
    };
    for contact in &mut contacts {
        let input = contact.input.get_or_insert_with(RouteInput::default);
        if input.contract.is_empty() && input.contract_reference.is_empty() {
            contract.clone_into(&mut input.contract_reference);
        }
        if input.writer() == Writer::Unspecified {
            input.writer = Writer::JobcentrePlus.into();
        }
    }
    Ok(contacts)
}

fn lines(text: &str) -> Result<Vec<Contact>, Failure> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            json::read(line).map_err(|failure| Failure::Invalid(format!("line {}: {failure}", number + 1)))
        })
        .collect()
}

fn cells(text: &str) -> Result<Vec<Contact>, Failure> {
    let broken = || Failure::Invalid("a quote in the table never ends".to_owned());
    let mut rows = table::rows(text).ok_or_else(broken)?.into_iter();
    let columns = rows.next().unwrap_or_default();
    if let Some(unknown) = columns.iter().find(|column| !COLUMNS.contains(&column.as_str())) {
        let known = COLUMNS.join(", ");
        return Err(Failure::Invalid(format!("the table has a column {unknown:?}; it may have {known}")));
    }
    if let Some(missing) = COLUMNS[..4].iter().find(|column| !columns.iter().any(|there| there == *column)) {
        return Err(Failure::Invalid(format!("the table has no column {missing}")));
    }
    Ok(rows.map(|row| contact(&columns, &row)).collect())
}

fn contact(columns: &[String], row: &[String]) -> Contact {
    let cell = |name: &str| {
        let at = columns.iter().position(|column| column == name);
        at.and_then(|at| row.get(at)).cloned().unwrap_or_default()
    };
    let words = |name: &str| -> Vec<String> {
        let cell = cell(name);
        let words = cell.split(';').map(str::trim).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let person = Person {
        full_name: cell("full_name"),
        postal_address: cell("postal_address"),
        email: cell("email"),
        telephone: cell("telephone"),
        ..Person::default()
    };
    Contact {
        input: Some(RouteInput {
            contract_reference: cell("contract"),
            about: words("about").iter().map(|word| matter(word)).collect(),
            respondents: words("respondents"),
            channel: Channel::from_str_name(&value("CHANNEL", &cell("channel"))).unwrap_or_default().into(),
            received_on: date(&cell("received_on")),
            ..RouteInput::default()
        }),
        reference: cell("reference"),
        participant_reference: cell("participant_reference"),
        person: (person != Person::default()).then_some(person),
        statement: Some(Statement {
            narrative: cell("narrative"),
            desired_outcome: cell("desired_outcome"),
            representative: cell("representative"),
        }),
        ..Contact::default()
    }
}

/// What nobody knows is sent as what nobody knows, so that the service refuses that row and no other.
fn matter(word: &str) -> i32 {
    Matter::from_str_name(&value("MATTER", word)).map_or(-1, Into::into)
}

fn value(name: &str, word: &str) -> String {
    format!("{name}_{}", word.trim().to_uppercase().replace(['-', ' '], "_"))
}

/// A day such as 2024-02-27; anything else is no day, which the service says of that row.
fn date(text: &str) -> Option<CivilDate> {
    let mut parts = text.trim().splitn(3, '-').map(|part| part.parse().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(CivilDate { year, month, day })
}

#[cfg(test)]
mod tests {
    use redress_proto::routing::v1::Matter;

    use super::read;

    #[test]
    fn a_table_and_lines_of_json_say_the_same() {
        let table = "reference,received_on,channel,about,narrative\nA-1,2026-06-01,post,provider;jobcentre-plus,\"Nobody rang\"\n";
        let lines = r#"{"reference":"A-1","input":{"receivedOn":{"year":2026,"month":6,"day":1},"channel":"CHANNEL_POST","about":["MATTER_PROVIDER","MATTER_JOBCENTRE_PLUS"]},"statement":{"narrative":"Nobody rang"}}"#;
        let (table, lines) = (read(table, "K-1").unwrap(), read(lines, "K-1").unwrap());
        assert_eq!(table, lines);
        let input = table[0].input.as_ref().unwrap();
        assert_eq!(input.contract_reference, "K-1");
        assert_eq!(input.about, [i32::from(Matter::Provider), i32::from(Matter::JobcentrePlus)]);
    }

    #[test]
    fn what_cannot_be_a_table_is_refused_whole() {
        for text in ["reference,colour\n", "reference,received_on,channel\n", "reference,\"received_on\n"] {
            assert!(read(text, "").is_err(), "{text}");
        }
    }
}
