//! A ledger in a folder that goes away.

use std::{path::PathBuf, sync::Arc};

use redress_journal::checkpoint::Signer;
use redress_ledger::{Erasure, Ledger};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) signer: Arc<Signer>,
}

impl Place {
    pub(crate) fn new() -> Self {
        let signer = Arc::new(Signer::from_seed("redress.invalid/complaints", &[7; 32]).unwrap());
        Self { folder: tempfile::tempdir().unwrap(), signer }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("ledger").join("complaints.jsonl")
    }

    /// As another process sees it.
    pub(crate) fn open(&self) -> Ledger {
        Ledger::open(self.path(), Arc::clone(&self.signer)).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        std::fs::read_to_string(self.path()).unwrap()
    }
}

pub(crate) fn erasure(number: u128) -> Erasure {
    Erasure {
        record: Uuid::from_u128(number),
        ends_record: false,
        disposal: Uuid::from_u128(1),
        subjects: vec![format!("complaints/{}", Uuid::from_u128(number + 1000))],
        keys: vec![Uuid::from_u128(number + 2000)],
        objects: vec!["ab".repeat(32)],
        order: vec![1, 2, 3],
        at: "2028-07-06T09:00:00Z".parse().unwrap(),
    }
}
