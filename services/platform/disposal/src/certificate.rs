//! The certificate of a disposal, checked by anyone without asking: signature, place in the tree, receipts, hold check, and until when copies
//! beyond use may lie in backups (RET-14, RET-15, L37).

use aws_lc_rs::digest::{SHA256, digest};
use prost::{Message as _, Name as _};
use redress_journal::{
    checkpoint::{Checkpoint, VerifierKey},
    entry::Content,
    merkle::{Hash, proof},
};
use redress_kernel::hexadecimal;
use redress_proto::{records_retention::v1 as proto, r#type::v1::CivilDate};

/// Why a certificate proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The head of the tree is not signed by this key, or cannot be read.
    #[error("its checkpoint cannot be trusted: {0}")]
    Checkpoint(String),
    /// The proof is malformed, or leads elsewhere.
    #[error("its entry is not in the log that was signed: {0}")]
    Inclusion(String),
    /// The entry is something else than the end of this disposal.
    #[error("its entry does not say that this disposal was certified")]
    AnotherEntry,
    /// The receipts are not those that were certified.
    #[error("its receipts are not those over which it was certified")]
    Receipts,
    /// A receipt says that something was not destroyed, or was destroyed before the order.
    #[error("a receipt does not say that its holder destroyed what it was told to, after it was told")]
    NotDestroyed,
    /// It says nothing of holds, or that one stood against a record.
    #[error("it does not say that no hold stood against any record when they were ordered destroyed")]
    HoldCheck,
    /// The person who approved is the one who proposed.
    #[error("it was approved by the person who proposed it")]
    OnePerson,
}

/// What a certificate was found to prove.
#[derive(Clone, Debug, PartialEq)]
pub struct Proved {
    /// What was certified.
    pub said: proto::DisposalCertified,
    /// The log whose key signed it.
    pub origin: String,
    /// Entries under the signed head.
    pub size: u64,
    /// Position of the entry.
    pub position: i64,
}

/// Checks a certificate against the key of the log that it is from.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(certificate: &proto::Certificate, key: &VerifierKey) -> Result<Proved, Fault> {
    let head = Checkpoint::open(&certificate.checkpoint, key);
    let head = head.map_err(|fault| Fault::Checkpoint(fault.to_string()))?;
    let malformed = || Fault::Inclusion("the proof is malformed".to_owned());
    let index = u64::try_from(certificate.position).ok().and_then(|position| position.checked_sub(1));
    let hashes: Option<Vec<Hash>> =
        certificate.inclusion.iter().map(|hash| Hash::try_from(hash.as_ref()).ok()).collect();
    let (index, hashes) = index.zip(hashes).ok_or_else(malformed)?;
    proof::verify_inclusion(Hash::leaf(&certificate.entry), index, head.size, &hashes, head.root)
        .map_err(|fault| Fault::Inclusion(fault.to_string()))?;
    let content = Content::decode(certificate.entry.as_ref()).map_err(|_| Fault::AnotherEntry)?;
    if content.entry_type != proto::DisposalCertified::full_name() {
        return Err(Fault::AnotherEntry);
    }
    let said = proto::DisposalCertified::decode(content.payload.as_slice());
    let said = said.map_err(|_| Fault::AnotherEntry)?;
    if said.disposal != certificate.name {
        return Err(Fault::AnotherEntry);
    }
    receipts(&said, &certificate.receipts)?;
    let checked = said.hold_check.as_ref().ok_or(Fault::HoldCheck)?;
    if checked.open_holds != 0 || checked.records != said.records || checked.checked_on != said.ordered_on {
        return Err(Fault::HoldCheck);
    }
    match (&said.proposed_by, &said.approved_by) {
        (Some(proposed), Some(approved)) if proposed.subject != approved.subject => {}
        _ => return Err(Fault::OnePerson),
    }
    Ok(Proved { said, origin: head.origin, size: head.size, position: certificate.position })
}

fn receipts(said: &proto::DisposalCertified, receipts: &[proto::Receipt]) -> Result<(), Fault> {
    if receipts_digest(receipts) != said.receipts_digest {
        return Err(Fault::Receipts);
    }
    let ordered_on = said.ordered_on.as_ref().map(ordinal);
    for receipt in receipts {
        let after = receipt.carried_out_on.as_ref().map(ordinal) >= ordered_on;
        if !receipt.destroyed || !after {
            return Err(Fault::NotDestroyed);
        }
    }
    Ok(())
}

/// SHA-256 over the receipts in lower-case hexadecimal, each a line, in the order of the lines.
pub fn receipts_digest(receipts: &[proto::Receipt]) -> String {
    let mut lines: Vec<String> = receipts.iter().map(line).collect();
    lines.sort_unstable();
    hexadecimal(digest(&SHA256, lines.join("\n").as_bytes()).as_ref())
}

/// A receipt as one line, the same for the same receipt in any language.
fn line(receipt: &proto::Receipt) -> String {
    let accepted = if receipt.count_accepted { " accepted" } else { "" };
    format!(
        "{} {} {} {} {} {} {} {} {} {}{accepted}",
        receipt.record,
        receipt.holder().as_str_name(),
        if receipt.destroyed { "destroyed" } else { "refused" },
        receipt.parts,
        receipt.keys,
        receipt.sealed_texts,
        receipt.objects,
        day(receipt.carried_out_on.as_ref()),
        day(receipt.beyond_use_until.as_ref()),
        receipt.entry,
    )
}

/// A day as people write it; a dash where there is none.
pub fn day(date: Option<&CivilDate>) -> String {
    date.map_or_else(|| "-".to_owned(), |date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day))
}

const fn ordinal(date: &CivilDate) -> (i32, i32, i32) {
    (date.year, date.month, date.day)
}
