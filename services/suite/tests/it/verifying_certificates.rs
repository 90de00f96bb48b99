//! `redress verify`: a certificate says what was signed, over the receipts that come with it; anything else is unsound.

use std::{fs, path::PathBuf};

use prost::{Message as _, Name as _};
use redress::{client::Failure, present::json, serve::verify};
use redress_disposal::certificate::receipts_digest;
use redress_journal::{
    checkpoint::{Checkpoint, Signer},
    merkle::{Hash, Tiles, plan},
};
use redress_proto::{
    journal::v1::EntryContent,
    records_retention::v1::{Certificate, DisposalCertified, HoldCheck, Holder, Receipt},
    r#type::v1::{Actor, CivilDate},
};
use tempfile::TempDir;

const ORIGIN: &str = "redress.example/records-retention";
const DISPOSAL: &str = "disposals/0190c2f6-7d5e-7000-8000-000000000001";

#[expect(clippy::unnecessary_wraps, reason = "a field of a message that may be absent")]
fn day(day: i32) -> Option<CivilDate> {
    Some(CivilDate { year: 2028, month: 8, day })
}

fn receipts() -> Vec<Receipt> {
    let receipt = |holder: Holder, objects| Receipt {
        record: "records/0190c2f6-7d5e-7000-8000-000000000002".to_owned(),
        holder: holder.into(),
        destroyed: true,
        parts: 1,
        keys: 1,
        sealed_texts: 2,
        objects,
        carried_out_on: day(11),
        beyond_use_until: day(31),
        entry: "0190c2f6-7d5e-7000-8000-000000000003".to_owned(),
        count_accepted: false,
    };
    vec![receipt(Holder::Complaints, 3), receipt(Holder::Routing, 0)]
}

fn said() -> DisposalCertified {
    let actor = |subject: &str| Some(Actor { subject: subject.to_owned(), ..Actor::default() });
    DisposalCertified {
        disposal: DISPOSAL.to_owned(),
        records: 1,
        proposed_by: actor("rita"),
        approved_by: actor("omar"),
        ordered_on: day(11),
        certified_on: day(11),
        beyond_use_until: day(31),
        receipts_digest: receipts_digest(&receipts()),
        hold_check: Some(HoldCheck { checked_on: day(11), records: 1, open_holds: 0 }),
        ..DisposalCertified::default()
    }
}

/// A certificate of what is said, signed and in the tree.
fn certificate(said: &DisposalCertified, signer: &Signer) -> Certificate {
    let content = EntryContent {
        entry_id: "0190c2f6-7d5e-7000-8000-000000000004".to_owned(),
        stream_kind: "disposals".to_owned(),
        r#type: DisposalCertified::full_name(),
        payload: said.encode_to_vec().into(),
        version: 6,
        ..EntryContent::default()
    };
    let entry = content.encode_to_vec();
    let mut tiles = Tiles::new();
    tiles.append(0, &[Hash::leaf(&entry)]).unwrap();
    let head = Checkpoint { origin: ORIGIN.to_owned(), size: 1, root: plan::root(&tiles, 1).unwrap() };
    Certificate {
        name: DISPOSAL.to_owned(),
        entry: entry.into(),
        position: 1,
        inclusion: Vec::new(),
        checkpoint: head.sign(signer),
        receipts: receipts(),
    }
}

fn saved(folder: &TempDir, certificate: &Certificate) -> PathBuf {
    let path = folder.path().join("certificate.json");
    fs::write(&path, serde_json::to_string_pretty(&json::of(certificate).unwrap()).unwrap()).unwrap();
    path
}

#[test]
fn a_certificate_says_who_what_and_until_when() {
    let folder = TempDir::new().unwrap();
    let signer = Signer::from_seed(ORIGIN, &[7; 32]).unwrap();
    let path = saved(&folder, &certificate(&said(), &signer));
    let verdict = verify::check(&path, signer.verifier(), None).unwrap();
    for part in ["proposed by rita, approved by omar", "on 2028-08-11 no hold stood", "gone after 2028-08-31"]
    {
        assert!(verdict.words.contains(part), "{}", verdict.words);
    }
    assert_eq!(verdict.value["receipts"], 2);
    assert_eq!(verdict.value["beyondUseUntil"], "2028-08-31");
}

#[test]
fn what_was_changed_is_unsound() {
    let folder = TempDir::new().unwrap();
    let signer = Signer::from_seed(ORIGIN, &[7; 32]).unwrap();
    let good = certificate(&said(), &signer);
    let other = Signer::from_seed(ORIGIN, &[8; 32]).unwrap();
    let mut receipt = good.clone();
    receipt.receipts[0].objects = 2;
    let lacking = Certificate { receipts: good.receipts[..1].to_vec(), ..good.clone() };
    let mut entry = good.entry.to_vec();
    *entry.last_mut().unwrap() ^= 1;
    let entry = Certificate { entry: entry.into(), ..good.clone() };
    let renamed = Certificate { name: DISPOSAL.replace("01", "09"), ..good.clone() };
    let held = HoldCheck { checked_on: day(11), records: 1, open_holds: 1 };
    let held = certificate(&DisposalCertified { hold_check: Some(held), ..said() }, &signer);
    let alone = DisposalCertified { approved_by: said().proposed_by, ..said() };
    let alone = certificate(&alone, &signer);
    for (what, forged) in [
        ("a receipt", receipt),
        ("a receipt left out", lacking),
        ("the entry", entry),
        ("the disposal", renamed),
        ("a hold", held),
        ("one person", alone),
        ("another key", certificate(&said(), &other)),
    ] {
        let path = saved(&folder, &forged);
        let answer = verify::check(&path, signer.verifier(), None);
        assert!(matches!(answer, Err(Failure::Unsound(_))), "{what}: {answer:?}");
    }
}
