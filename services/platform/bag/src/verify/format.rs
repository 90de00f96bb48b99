//! Whether it is a BagIt 1.0 bag (RFC 8493), as evidence bags are.

use super::{Check, Finding, findings, inventory::Inventory};
use crate::plan::{MANIFEST, SIGNATURE, TAG_MANIFEST};

const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The files beside `data/`, all of which a bag has.
pub(super) const TAGS: [&str; 5] = ["bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST, SIGNATURE];

pub(super) fn check(inventory: &Inventory) -> Vec<Finding> {
    let mut faults = Vec::new();
    for tag in TAGS {
        if !inventory.files.contains_key(tag) {
            faults.push(format!("{tag} is missing."));
        }
    }
    for path in
        inventory.files.keys().filter(|path| !path.starts_with("data/") && !TAGS.contains(&path.as_str()))
    {
        faults.push(format!("{path} is in the bag, where no evidence bag has such a file."));
    }
    if inventory
        .text("bagit.txt")
        .is_some_and(|text| text.replace("\r\n", "\n").trim_end() != BAGIT.trim_end())
    {
        faults.push("bagit.txt does not say that this is a BagIt 1.0 bag in UTF-8.".to_owned());
    }
    if let Some(information) = inventory.text("bag-info.txt") {
        let octets: u64 = inventory.payload().map(|(_, found)| found.size).sum();
        let oxum = format!("{octets}.{}", inventory.payload().count());
        let stated = information.lines().find_map(|line| line.strip_prefix("Payload-Oxum:")).map(str::trim);
        if stated != Some(oxum.as_str()) {
            faults.push(format!(
                "bag-info.txt speaks of {} for bytes and files, and {oxum} are here: something was added, cut or lost.",
                super::shown(stated.unwrap_or("nothing")),
            ));
        }
    }
    findings(Check::Format, faults, || {
        "It is a BagIt 1.0 bag, with as many files and bytes as it says.".to_owned()
    })
}
