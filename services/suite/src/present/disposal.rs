//! Disposals: what ends, who agreed to it, what the holders said, and whether anything is destroyed at all.

use redress_proto::{
    records_retention::v1::{
        Disposal, DisposalControl, DisposalEnding, DisposalStage, ManifestItem, Receipt,
    },
    r#type::v1::Actor,
};

use super::{Fields, Grid, Screen, Tone, anonymity, citation, date, word};

/// Disposals as rows.
pub fn list(screen: Screen, disposals: &[Disposal]) -> String {
    let mut grid =
        Grid::new(screen, &["disposal", "stage", "proposed", "approve by", "ordered", "certified"]).whole(0);
    for disposal in disposals {
        let (tone, stage) = stage(disposal);
        grid.row([
            (Tone::Strong, word::id(&disposal.name).to_owned()),
            (tone, stage),
            (Tone::Plain, date::shown(disposal.proposed_on.as_ref())),
            (Tone::Plain, date::shown(disposal.approve_until.as_ref())),
            (Tone::Plain, date::shown(disposal.ordered_on.as_ref())),
            (Tone::Plain, date::shown(disposal.certified_on.as_ref())),
        ]);
    }
    if grid.is_empty() { "no disposals".to_owned() } else { grid.text() }
}

/// One disposal.
pub fn show(screen: Screen, disposal: &Disposal) -> String {
    let (tone, stage) = stage(disposal);
    let veto = disposal.veto.as_ref().and_then(|veto| veto.due_on.as_ref());
    let mut fields = Fields::new(screen);
    fields
        .add("disposal", &disposal.name)
        .add_toned(tone, "stage", stage)
        .add("because", word::of_value(disposal.obstacle().as_str_name(), "DISPOSAL_OBSTACLE_"))
        .add("how", word::of_value(disposal.method().as_str_name(), "DISPOSAL_METHOD_"))
        .add("contract", &disposal.contract)
        .add("digest", &disposal.digest)
        .add("proposed", whom(disposal.proposed_by.as_ref(), &date::shown(disposal.proposed_on.as_ref())))
        .add("approve by", date::shown(disposal.approve_until.as_ref()))
        .add("approved", whom(disposal.approved_by.as_ref(), &date::shown(disposal.approved_on.as_ref())))
        .add("veto until", date::shown(veto))
        .add("ordered", date::shown(disposal.ordered_on.as_ref()))
        .add("certified", date::shown(disposal.certified_on.as_ref()))
        .add("etag", &disposal.etag);
    if let Some(ending) = &disposal.ending {
        add_ending(&mut fields, ending);
    }
    fields
        .add("came back", disposal.recalled.iter().map(|name| word::id(name)).collect::<Vec<_>>().join(" "));
    let mut parts =
        vec![fields.text(), manifest(screen, &disposal.manifest), receipts(screen, &disposal.receipts)];
    parts.extend(disposal.assessment.as_ref().map(|found| anonymity::assessment(screen, found)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Whether anything is destroyed, and why not.
pub fn control(screen: Screen, control: &DisposalControl) -> String {
    let (tone, standing) = match (control.stopped, control.clock_in_doubt) {
        (true, _) => (Tone::Bad, "stopped"),
        (false, true) => (Tone::Bad, "stands still: the clock jumped, and nobody has confirmed the date"),
        (false, false) => (Tone::Good, "goes on"),
    };
    let mut fields = Fields::new(screen);
    fields
        .add_toned(tone, "destruction", standing)
        .add("stopped", whom(control.stopped_by.as_ref(), &date::shown(control.stopped_on.as_ref())))
        .add("most a day", control.most_records_a_day.to_string())
        .add("ordered today", control.records_ordered_today.to_string());
    fields.text()
}

/// How it should end, or ended, where it stands or stood still.
fn add_ending(fields: &mut Fields, ending: &DisposalEnding) {
    let proposed = whom(ending.proposed_by.as_ref(), &date::shown(ending.proposed_on.as_ref()));
    let approved = whom(ending.approved_by.as_ref(), &date::shown(ending.approved_on.as_ref()));
    let waits = if approved.is_empty() { "waits for another person".to_owned() } else { approved };
    fields
        .add("to end by", word::of_value(ending.kind().as_str_name(), "DISPOSAL_ENDING_KIND_"))
        .add("for", word::of_value(ending.reason().as_str_name(), "DISPOSAL_ENDING_REASON_"))
        .add("reasons in", &ending.reference)
        .add("ending proposed", proposed)
        .add("ending agreed", waits);
}

fn manifest(screen: Screen, items: &[ManifestItem]) -> String {
    let mut grid = Grid::new(screen, &["record", "what it is", "last day", "parts", "rule"]).whole(0);
    for item in items {
        grid.row([
            (Tone::Strong, word::id(&item.record).to_owned()),
            (Tone::Plain, word::of_value(item.record_class().as_str_name(), "RECORD_CLASS_")),
            (Tone::Plain, date::shown(item.due_on.as_ref())),
            (Tone::Plain, item.parts.to_string()),
            (Tone::Faint, item.rule.as_ref().map(citation::short).unwrap_or_default()),
        ]);
    }
    if grid.is_empty() { String::new() } else { grid.text() }
}

fn receipts(screen: Screen, receipts: &[Receipt]) -> String {
    let columns = ["record", "holder", "answer", "parts", "keys", "on", "beyond use until"];
    let mut grid = Grid::new(screen, &columns).whole(0);
    for receipt in receipts {
        let (tone, said) = match (receipt.destroyed, receipt.count_accepted) {
            (true, false) => (Tone::Good, "done"),
            (true, true) => (Tone::Warn, "counted otherwise, accepted"),
            (false, _) => (Tone::Bad, "refused"),
        };
        grid.row([
            (Tone::Strong, word::id(&receipt.record).to_owned()),
            (Tone::Plain, word::of_value(receipt.holder().as_str_name(), "HOLDER_")),
            (tone, said.to_owned()),
            (Tone::Plain, receipt.parts.to_string()),
            (Tone::Plain, receipt.keys.to_string()),
            (Tone::Plain, date::shown(receipt.carried_out_on.as_ref())),
            (Tone::Plain, date::shown(receipt.beyond_use_until.as_ref())),
        ]);
    }
    if grid.is_empty() { String::new() } else { grid.text() }
}

fn stage(disposal: &Disposal) -> (Tone, String) {
    let stage = word::of_value(disposal.stage().as_str_name(), "DISPOSAL_STAGE_");
    let tone = match disposal.stage() {
        DisposalStage::Halted => Tone::Bad,
        DisposalStage::Certified => Tone::Good,
        DisposalStage::Void => Tone::Faint,
        DisposalStage::Unspecified
        | DisposalStage::Proposed
        | DisposalStage::Approved
        | DisposalStage::Ordered => Tone::Strong,
    };
    (tone, stage)
}

/// When, and by whom.
fn whom(actor: Option<&Actor>, on: &str) -> String {
    match actor {
        Some(actor) if !on.is_empty() => format!("{on} by {}", actor.subject),
        Some(_) | None => on.to_owned(),
    }
}
