//! Contacts: through which door, why, and what everyone must do.

use redress_proto::routing::v1::{Contact, ContactRow, ExplainRouteResponse, Route};

use super::{Fields, Grid, Screen, Tone, citation, date, word};

/// Contacts as rows.
pub fn list(screen: Screen, rows: &[ContactRow]) -> String {
    let columns = ["contact", "received", "door", "stage", "complaint", "reference"];
    let shown = if screen.is_narrow() { 4 } else { columns.len() };
    let mut grid = Grid::new(screen, &columns[..shown]).whole(0);
    for row in rows {
        let cells = [
            (Tone::Strong, word::id(&row.name).to_owned()),
            (Tone::Plain, date::shown(row.received_on.as_ref())),
            (Tone::Plain, word::of_value(row.outcome().as_str_name(), "OUTCOME_")),
            (Tone::Plain, word::of_value(row.stage().as_str_name(), "CONTACT_STAGE_")),
            (Tone::Plain, word::of_value(row.fate().as_str_name(), "FATE_")),
            (Tone::Faint, row.reference.clone()),
        ];
        grid.row(cells.into_iter().take(shown));
    }
    if grid.is_empty() { "no contacts".to_owned() } else { grid.text() }
}

/// One contact.
pub fn show(screen: Screen, contact: &Contact) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("contact", &contact.name)
        .add("reference", &contact.reference)
        .add_toned(Tone::Strong, "stage", word::of_value(contact.stage().as_str_name(), "CONTACT_STAGE_"))
        .add("complaint", &contact.complaint)
        .add("became", word::of_value(contact.fate().as_str_name(), "FATE_"))
        .add("known already", &contact.existing_complaint)
        .add("mixed complaint", &contact.mixed_complaint)
        .add("letter", &contact.member_letter);
    if let Some(told) = &contact.told {
        fields.add("person told", date::shown(told.told_on.as_ref()));
    }
    if let Some(person) = &contact.person {
        fields.add("full name", &person.full_name);
    }
    if let Some(statement) = &contact.statement {
        fields.add("said", &statement.narrative);
    }
    fields.add("etag", &contact.etag);
    let mut text = fields.text();
    if let Some(of) = &contact.route {
        text.push_str("\n\n");
        text.push_str(&route(screen, of));
    }
    text
}

/// Where a contact would go.
pub fn explained(screen: Screen, answer: &ExplainRouteResponse) -> String {
    answer.route.as_ref().map(|of| route(screen, of)).unwrap_or_default()
}

/// A route with its reasons and what follows.
fn route(screen: Screen, route: &Route) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add_toned(Tone::Strong, "door", word::of_value(route.outcome().as_str_name(), "OUTCOME_"))
        .add("opens", word::of_value(route.opens().as_str_name(), "OUTCOME_"))
        .add("row of the table", &route.row)
        .add("standing", word::of_value(route.standing().as_str_name(), "STANDING_"))
        .add("corrected because", word::of_value(route.corrected_because().as_str_name(), "REROUTE_REASON_"))
        .add("rule", citation::lines(&route.citations));
    let mut grid = Grid::new(screen, &["who", "what", "by when", "rule"]);
    for duty in &route.duties {
        let deadline = duty.deadline.as_ref().and_then(|deadline| date::read(deadline.due_on.as_ref()));
        let when = deadline.map_or_else(|| duty.starts.clone(), |due| date::due(due, screen.today));
        grid.row([
            (Tone::Strong, word::of_value(duty.holder().as_str_name(), "DUTY_HOLDER_")),
            (Tone::Plain, duty.text.clone()),
            (Tone::Plain, when),
            (Tone::Faint, citation::all(&duty.citations)),
        ]);
    }
    if grid.is_empty() { fields.text() } else { format!("{}\n\n{}", fields.text(), grid.text()) }
}
