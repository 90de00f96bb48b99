//! The table of programmes as one text to read in a diff: pack, rule, how it stands, value, source.

use redress_policy::{Pack, pack::Standing};

use crate::fixture::library;

fn lines(pack: &Pack, practice: bool) -> Vec<String> {
    let entries =
        pack.entries().into_iter().filter(|entry| (entry.standing == Standing::Practice) == practice);
    entries
        .map(|entry| {
            let source =
                entry.source.map_or_else(String::new, |source| format!(" [{} {}]", source.rule, source.at));
            format!(
                "{}@{} {} {}: {}{source}",
                pack.reference.id,
                pack.reference.version,
                entry.name,
                entry.standing.slug(),
                entry.text
            )
        })
        .collect()
}

#[test]
fn rules_of_every_pack() {
    let library = library();
    let table: Vec<String> = library.packs().iter().flat_map(|pack| lines(pack, false)).collect();
    insta::assert_snapshot!("rules", table.join("\n"));
}

#[test]
fn practice_is_common_to_all_packs_but_where_one_states_its_own() {
    let library = library();
    let strip = |line: &String| line.split_once(' ').unwrap().1.to_owned();
    let common: Vec<String> = lines(&library.packs()[0], true).iter().map(strip).collect();
    for pack in library.packs() {
        assert_eq!(lines(pack, true).iter().map(strip).collect::<Vec<_>>(), common, "{:?}", pack.reference);
    }
    insta::assert_snapshot!("practice", common.join("\n"));
}
