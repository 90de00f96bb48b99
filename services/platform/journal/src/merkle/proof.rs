//! Checking proofs, by the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2. Needs no tree, only hashes.

use super::Hash;

/// Why a proof does not prove what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The tree has no such leaf, or shrinks.
    #[error("the sizes do not fit each other")]
    Sizes,
    /// Too few or too many hashes.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    Root,
}

/// Checks that the leaf at `index` is in the tree of `size` leaves with this `root`.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: Hash,
) -> Result<(), ProofFault> {
    if index >= size {
        return Err(ProofFault::Sizes);
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if node & 1 == 1 || node == last {
            hash = Hash::node(*sibling, hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = Hash::node(hash, *sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    conclude(last, hash == root)
}

/// Checks that the tree of `new_size` leaves begins with the tree of `old_size` leaves.
///
/// Nothing can be proved about a first tree without leaves, so none passes.
pub fn verify_consistency(
    old_size: u64,
    new_size: u64,
    proof: &[Hash],
    old_root: Hash,
    new_root: Hash,
) -> Result<(), ProofFault> {
    if old_size > new_size || old_size == 0 {
        return Err(ProofFault::Sizes);
    }
    if old_size == new_size {
        return conclude(proof.len() as u64, old_root == new_root);
    }
    // A complete first tree is a node of the second one, and its root is left out of the proof.
    let shift = (old_size - 1).trailing_ones();
    let (mut node, mut last) = ((old_size - 1) >> shift, (new_size - 1) >> shift);
    let (first, rest) = match proof {
        [] => return Err(ProofFault::Length),
        all if old_size.is_power_of_two() => (old_root, all),
        [first, rest @ ..] => (*first, rest),
    };
    let (mut old, mut new) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if node & 1 == 1 || node == last {
            old = Hash::node(*sibling, old);
            new = Hash::node(*sibling, new);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new = Hash::node(new, *sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    conclude(last, old == old_root && new == new_root)
}

fn conclude(left_over: u64, roots_agree: bool) -> Result<(), ProofFault> {
    match (left_over, roots_agree) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofFault::Root),
        _ => Err(ProofFault::Length),
    }
}
