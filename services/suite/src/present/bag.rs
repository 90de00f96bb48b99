//! What is in an evidence bag, and what is not.

use redress_proto::ice_liaison::v1::{EvidenceBag, EvidenceBagItem, EvidenceBagOmission};

use super::{Fields, Grid, Screen, Tone, document, word};

/// A bag and its papers.
pub fn show(screen: Screen, bag: &EvidenceBag) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("bag", &bag.file_name)
        .add("of", &bag.complaint)
        .add("size", document::size(bag.size_bytes))
        .add("digest", &bag.digest)
        .add("as of entry", bag.position.to_string())
        .add("in the journals", format!("{} of its entries, each with its proof", bag.entries));
    let mut grid = Grid::new(screen, &["paper", "in the bag as"]).whole(1);
    for item in &bag.items {
        grid.row([(Tone::Plain, item.title.clone()), (tone(item), whereabouts(item))]);
    }
    format!("{}\n\n{}", fields.text(), grid.text())
}

fn whereabouts(item: &EvidenceBagItem) -> String {
    match item.omission() {
        EvidenceBagOmission::Unspecified => {
            item.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>().join("\n")
        }
        omission @ (EvidenceBagOmission::LegalPrivilege
        | EvidenceBagOmission::Quarantined
        | EvidenceBagOmission::Destroyed) => {
            let why = word::of_value(omission.as_str_name(), "EVIDENCE_BAG_OMISSION_");
            format!("withheld: {why}, says {}", item.authority)
        }
    }
}

fn tone(item: &EvidenceBagItem) -> Tone {
    if item.files.is_empty() { Tone::Bad } else { Tone::Plain }
}
