//! The tree against a naive recursive one, and proofs against the vectors of transparency-dev/merkle.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use redress_journal::merkle::{Hash, Plan, Tile, TileId, Tiles, plan, proof};

use crate::fixture::skipped;

/// RFC 6962 section 2.1, word for word.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::empty_root(),
        [one] => *one,
        many => {
            let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
            Hash::node(naive_root(left), naive_root(right))
        }
    }
}

/// RFC 6962 section 2.1.1, word for word.
fn naive_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
    let (mut path, other) = if index < left.len() {
        (naive_path(index, left), right)
    } else {
        (naive_path(index - left.len(), right), left)
    };
    path.push(naive_root(other));
    path
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| Hash::leaf(&n.to_be_bytes())).collect()
}

fn grown(leaves: &[Hash]) -> Tiles {
    let mut tiles = Tiles::new();
    tiles.append(0, leaves).unwrap();
    tiles
}

/// Only the named tiles, as a store would load them.
fn loaded(all: &Tiles, wanted: impl IntoIterator<Item = TileId>) -> Tiles {
    let mut some = Tiles::new();
    for id in wanted {
        if let Some(tile) = all.get(id) {
            some.insert(id, Tile::parse(&tile.encode()).unwrap());
        }
    }
    some
}

#[test]
fn known_hashes() {
    assert_eq!(Hash::empty_root().to_string(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assert_eq!(Hash::leaf(b"").to_string(), "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_grown_in_batches_from_stored_tiles_has_the_naive_root(cuts in proptest::collection::vec(1_u64..400, 1..6)) {
        let total = cuts.iter().sum();
        let leaves = leaves(total);
        let mut stored = Tiles::new();
        let mut size = 0_u64;
        for cut in cuts {
            let mut working = loaded(&stored, Tiles::growing(size));
            let batch = &leaves[usize::try_from(size).unwrap()..usize::try_from(size + cut).unwrap()];
            size = working.append(size, batch).unwrap();
            for (id, tile) in working.take_changed() {
                stored.insert(id, tile.clone());
            }
            let root = plan::root(&loaded(&stored, Plan::root(size).tiles()), size).unwrap();
            prop_assert_eq!(root, naive_root(&leaves[..usize::try_from(size).unwrap()]));
        }
    }

    #[test]
    fn inclusion_proofs_are_those_of_the_rfc_and_verify(size in 1_u64..1500, seed in any::<u64>()) {
        let index = seed % size;
        let leaves = leaves(size);
        let plan = Plan::inclusion(index, size).unwrap();
        let proof = plan.gather(&loaded(&grown(&leaves), plan.tiles())).unwrap();
        let at = usize::try_from(index).unwrap();
        prop_assert_eq!(&proof, &naive_path(at, &leaves));
        let root = naive_root(&leaves);
        prop_assert_eq!(proof::verify_inclusion(leaves[at], index, size, &proof, root), Ok(()));
        prop_assert!(proof::verify_inclusion(Hash::leaf(b"other"), index, size, &proof, root).is_err());
        if let Some(broken) = (!proof.is_empty()).then(|| &proof[1..]) {
            prop_assert!(proof::verify_inclusion(leaves[at], index, size, broken, root).is_err());
        }
    }

    #[test]
    fn consistency_proofs_verify_and_no_other_root_does(new in 1_u64..1500, seed in any::<u64>()) {
        let old = 1 + seed % new;
        let leaves = leaves(new);
        let plan = Plan::consistency(old, new).unwrap();
        let proof = plan.gather(&loaded(&grown(&leaves), plan.tiles())).unwrap();
        let (old_root, new_root) = (naive_root(&leaves[..usize::try_from(old).unwrap()]), naive_root(&leaves));
        prop_assert_eq!(proof::verify_consistency(old, new, &proof, old_root, new_root), Ok(()));
        let forged = Hash::leaf(b"another history");
        prop_assert!(proof::verify_consistency(old, new, &proof, forged, new_root).is_err());
        prop_assert!(proof::verify_consistency(old, new, &proof, old_root, forged).is_err());
    }
}

#[test]
fn a_tree_over_three_levels_of_tiles_keeps_its_root() {
    // 70,000 leaves fill more than one tile of the second level.
    let leaves = leaves(70_000);
    let tiles = grown(&leaves);
    assert!(tiles.get(TileId { level: 2, index: 0 }).is_some());
    assert_eq!(plan::root(&tiles, 70_000).unwrap(), naive_root(&leaves));
    assert_eq!(plan::root(&tiles, 65_537).unwrap(), naive_root(&leaves[..65_537]));
    let plan = Plan::inclusion(65_536, 70_000).unwrap();
    assert!(plan.tiles().len() < 8, "a proof loads few tiles");
    assert_eq!(plan.gather(&tiles).unwrap(), naive_path(65_536, &leaves));
}

#[test]
fn a_missing_or_shortened_tile_is_named_not_guessed() {
    let tiles = grown(&leaves(600));
    let wanted = Plan::root(600).tiles();
    let without = loaded(&tiles, wanted.iter().copied().skip(1));
    assert_eq!(plan::root(&without, 600).unwrap_err().id, *wanted.first().unwrap());
    assert_eq!(plan::root(&tiles, 601).unwrap_err().id, TileId { level: 0, index: 2 });
    let mut stale = loaded(&tiles, Tiles::growing(600));
    assert!(stale.append(601, &[Hash::leaf(b"x")]).is_err(), "a gap cannot be appended over");
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inclusion {
    leaf_idx: u64,
    tree_size: u64,
    root: Option<String>,
    leaf_hash: Option<String>,
    proof: Option<Vec<String>>,
    desc: String,
    want_err: bool,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consistency {
    size1: u64,
    size2: u64,
    root1: Option<String>,
    root2: Option<String>,
    proof: Option<Vec<String>>,
    desc: String,
    want_err: bool,
}

/// Some vectors hold bytes of another length; they stand for hashes that nothing else leads to.
fn hash(text: Option<&String>) -> Hash {
    let text = text.map_or("", String::as_str);
    Hash::parse(text).unwrap_or_else(|_| Hash::leaf(text.as_bytes()))
}

fn hashes(proof: Option<&Vec<String>>) -> Vec<Hash> {
    proof.into_iter().flatten().map(|text| hash(Some(text))).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn vectors<T: serde::de::DeserializeOwned>(folder: &str) -> Vec<T> {
    #[expect(clippy::disallowed_methods, reason = "where the public vectors lie is a setting of the tests")]
    let Some(root) = std::env::var_os("REDRESS_MERKLE_VECTORS") else {
        skipped("REDRESS_MERKLE_VECTORS names no folder: the public Merkle vectors are not tried");
        return Vec::new();
    };
    let mut found = Vec::new();
    files(&Path::new(&root).join(folder), &mut found);
    assert!(found.len() > 50, "the folder of {folder} vectors is not what it was");
    found.iter().map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
}

#[test]
fn public_inclusion_vectors() {
    for vector in vectors::<Inclusion>("inclusion") {
        let (leaf, root) = (hash(vector.leaf_hash.as_ref()), hash(vector.root.as_ref()));
        let proof = hashes(vector.proof.as_ref());
        let verified = proof::verify_inclusion(leaf, vector.leaf_idx, vector.tree_size, &proof, root);
        // An empty leaf or root never reaches the algorithm here: it is no `Hash`.
        let absent = [&vector.leaf_hash, &vector.root].into_iter().any(|text| text.as_deref() == Some(""));
        assert_eq!(verified.is_err() || absent, vector.want_err, "{}", vector.desc);
    }
}

#[test]
fn public_consistency_vectors() {
    for vector in vectors::<Consistency>("consistency") {
        let (old, new) = (hash(vector.root1.as_ref()), hash(vector.root2.as_ref()));
        let proof = hashes(vector.proof.as_ref());
        let verified = proof::verify_consistency(vector.size1, vector.size2, &proof, old, new);
        assert_eq!(verified.is_err(), vector.want_err, "{}", vector.desc);
    }
}
