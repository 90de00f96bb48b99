//! Checking the certificate of a disposal: who agreed to it, that nothing was held, what each holder destroyed, and until when copies that
//! nobody can read may lie in backups.

use std::{collections::BTreeMap, fmt::Write as _};

use redress_disposal::certificate::{self, day};
use redress_journal::checkpoint::VerifierKey;
use redress_proto::records_retention::v1::{Certificate, Receipt};

use super::Verdict;
use crate::{
    client::Failure,
    present::{json, word},
};

/// The certificate in a text, if it is one.
pub(super) fn read(text: &str) -> Option<Certificate> {
    let certificate: Certificate = json::read(text).ok()?;
    certificate.name.starts_with("disposals/").then_some(certificate)
}

/// Checks it.
pub(super) fn check(certificate: &Certificate, key: &VerifierKey) -> Result<Verdict, Failure> {
    let proved =
        certificate::verify(certificate, key).map_err(|fault| Failure::Unsound(fault.to_string()))?;
    let said = &proved.said;
    let subject = |actor: &Option<redress_proto::r#type::v1::Actor>| {
        actor.as_ref().map(|actor| actor.subject.clone()).unwrap_or_default()
    };
    let (proposed_by, approved_by) = (subject(&said.proposed_by), subject(&said.approved_by));
    let mut words = format!(
        "verified: {} of {} records is entry {} among the {} under the signed head of {}\n\
         proposed by {proposed_by}, approved by {approved_by}; on {} no hold stood against any record, and they were ordered destroyed\n",
        said.disposal,
        said.records,
        proved.position,
        proved.size,
        proved.origin,
        day(said.ordered_on.as_ref()),
    );
    let mut holders = BTreeMap::<String, Vec<&Receipt>>::new();
    for receipt in &certificate.receipts {
        let holder = word::of(receipt.holder().as_str_name().trim_start_matches("HOLDER_"));
        holders.entry(holder).or_default().push(receipt);
    }
    for (holder, receipts) in &holders {
        let sum =
            |of: fn(&Receipt) -> i32| receipts.iter().map(|receipt| i64::from(of(receipt))).sum::<i64>();
        let told = writeln!(
            words,
            "{holder}: {} receipts, {} keys destroyed, {} sealed texts and {} stored objects deleted",
            receipts.len(),
            sum(|receipt| receipt.keys),
            sum(|receipt| receipt.sealed_texts),
            sum(|receipt| receipt.objects),
        );
        told.map_err(|error| Failure::Fault(error.to_string()))?;
    }
    let backups = day(said.beyond_use_until.as_ref());
    let certified = day(said.certified_on.as_ref());
    let told =
        write!(words, "certified on {certified}; copies in backups are beyond use, and gone after {backups}");
    told.map_err(|error| Failure::Fault(error.to_string()))?;
    let value = serde_json::json!({
        "verified": true,
        "origin": proved.origin,
        "size": proved.size,
        "position": proved.position,
        "disposal": said.disposal,
        "records": said.records,
        "receipts": certificate.receipts.len(),
        "proposedBy": proposed_by,
        "approvedBy": approved_by,
        "orderedOn": day(said.ordered_on.as_ref()),
        "certifiedOn": day(said.certified_on.as_ref()),
        "beyondUseUntil": backups,
    });
    Ok(Verdict { words, value })
}
