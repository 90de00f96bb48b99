//! Proofs from the stored tree: that an entry is in the log, and that the log only grew.

use super::{
    Log, head,
    tree::{self, TreeFault, unsigned},
};
use crate::{
    entry::Entry,
    feed,
    merkle::{Hash, Plan},
};

/// An entry and the proof that it is in the log at a size.
#[derive(Clone, Debug, PartialEq)]
pub struct Inclusion {
    /// The entry.
    pub entry: Entry,
    /// The size of the log.
    pub size: i64,
    /// The path from the leaf to the root.
    pub hashes: Vec<Hash>,
}

/// The proof that the log at a size begins with the log at a smaller one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    /// The larger size.
    pub new_size: i64,
    /// The hashes.
    pub hashes: Vec<Hash>,
}

/// Why there is no proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefusal {
    /// The log is not that large, or the smaller size is not the smaller one.
    #[error("the log has {head} entries")]
    BeyondHead {
        /// Its present size.
        head: i64,
    },
    /// The database failed, or its tree is damaged.
    #[error(transparent)]
    Tree(TreeFault),
}

impl<F: Into<TreeFault>> From<F> for ProofRefusal {
    fn from(fault: F) -> Self {
        Self::Tree(fault.into())
    }
}

impl Log {
    /// Proves that the entry at `position` is in the log at `size`, or at its present one.
    pub async fn prove_inclusion(&self, position: i64, size: Option<i64>) -> Result<Inclusion, ProofRefusal> {
        let mut tx = self.db().read().await?;
        let head = head::newest(&mut tx).await?.map_or(0, |head| head.size);
        let size = size.unwrap_or(head);
        let plan = Plan::inclusion(unsigned(position.saturating_sub(1)), unsigned(size));
        let (true, Some(plan)) = (position > 0 && size <= head, plan) else {
            return Err(ProofRefusal::BeyondHead { head });
        };
        let hashes = tree::gather(&mut tx, &plan).await?;
        let entry = feed::at(&mut tx, position).await?.ok_or_else(|| head::hole(position))?;
        Ok(Inclusion { entry, size, hashes })
    }

    /// Proves that the log at `new_size`, or at its present one, begins with the log at `old_size`.
    pub async fn prove_consistency(
        &self,
        old_size: i64,
        new_size: Option<i64>,
    ) -> Result<Consistency, ProofRefusal> {
        let mut tx = self.db().read().await?;
        let head = head::newest(&mut tx).await?.map_or(0, |head| head.size);
        let new_size = new_size.unwrap_or(head);
        let plan = Plan::consistency(unsigned(old_size), unsigned(new_size));
        let (true, Some(plan)) = (old_size > 0 && new_size <= head, plan) else {
            return Err(ProofRefusal::BeyondHead { head });
        };
        Ok(Consistency { new_size, hashes: tree::gather(&mut tx, &plan).await? })
    }
}
