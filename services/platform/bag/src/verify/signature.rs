//! Who signed the manifest, and with it every byte of the bag.

use redress_journal::checkpoint::{NoteFault, SignedNote, VerifierKey};

use super::{Check, Finding, Verdict, inventory::Inventory, shown};
use crate::plan::{SIGNATURE, TAG_MANIFEST, signed};

pub(super) fn check(inventory: &Inventory, keys: &[VerifierKey]) -> Finding {
    let finding = |verdict, words: String| Finding::new(Check::Signature, verdict, words);
    let fails = |words: String| finding(Verdict::Fails, words);
    let Some(text) = inventory.text(SIGNATURE) else {
        return fails(format!("{SIGNATURE} is missing or is not text, so nobody answers for this bag."));
    };
    let Ok(note) = SignedNote::parse(text) else {
        return fails(format!("{SIGNATURE} is not a signed note."));
    };
    let inside = note.body().lines().nth(3).and_then(|line| VerifierKey::parse(line).ok());
    let Some(inside) = inside else {
        return fails(format!("{SIGNATURE} does not say with which key it was signed."));
    };
    let digest = inventory.files.get(TAG_MANIFEST).map(|found| found.sha256.as_str()).unwrap_or_default();
    let name = note.body().lines().nth(1).unwrap_or_default();
    if note.body() != signed(name, digest, &inside) {
        return fails(format!(
            "{SIGNATURE} was made over other manifests than these: the bag was changed after it was signed."
        ));
    }
    let owner = shown(inside.name());
    match note.verify(&inside) {
        Ok(()) => match trusted(&inside, keys) {
            Trust::Given => {
                finding(Verdict::Holds, format!("The manifest is signed by {owner}, with the key you gave."))
            }
            Trust::Unknown => finding(
                Verdict::Open,
                format!(
                    "The manifest is signed with the key {inside}, which is in the bag itself. Compare it with the key \
                     that {owner} publishes: anyone can put a key of their own into a bag."
                ),
            ),
            Trust::Other => fails(format!(
                "The bag was signed with the key {inside}, which is none of the keys you gave."
            )),
        },
        Err(NoteFault::Unsigned) => fails(format!("{SIGNATURE} bears no signature of the key it names.")),
        Err(NoteFault::FalseSignature | NoteFault::Malformed | NoteFault::WrongOrigin) => {
            fails(format!("The signature in {SIGNATURE} is false."))
        }
    }
}

/// What the reader knows of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// The reader gave it.
    Given,
    /// The reader gave none at all.
    Unknown,
    /// The reader gave others.
    Other,
}

pub(super) fn trusted(key: &VerifierKey, keys: &[VerifierKey]) -> Trust {
    match keys {
        [] => Trust::Unknown,
        keys if keys.contains(key) => Trust::Given,
        _ => Trust::Other,
    }
}
