//! Reading the embedded files, with everything that can be checked of them.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Library;
use crate::{
    Document, Legislatures, LoadFault, Pack, PackRef, Source, Text,
    pack::{Applies, Duty, Practice, Rules},
    route::{self, Routes},
    text,
};

/// Every pack file. Its name is its id and its version.
const PACKS: [(&str, &str); 14] = [
    ("atw-2023-11@2023-11-02", include_str!("../../packs/atw-2023-11@2023-11-02.toml")),
    ("atw-ha-2023@2023-06-05", include_str!("../../packs/atw-ha-2023@2023-06-05.toml")),
    ("atw-ha-2023@2024-05-01", include_str!("../../packs/atw-ha-2023@2024-05-01.toml")),
    ("atw-ha-pre-2023@2023-06-05", include_str!("../../packs/atw-ha-pre-2023@2023-06-05.toml")),
    ("atw-mhss-2024@2024-11-21", include_str!("../../packs/atw-mhss-2024@2024-11-21.toml")),
    ("fair-start-scotland@not-found", include_str!("../../packs/fair-start-scotland@not-found.toml")),
    ("ipes@2023-05-10", include_str!("../../packs/ipes@2023-05-10.toml")),
    ("jets-scotland@2022-02-25", include_str!("../../packs/jets-scotland@2022-02-25.toml")),
    ("nea-2@2023-01-13", include_str!("../../packs/nea-2@2023-01-13.toml")),
    ("pip-ap@2022-10-11", include_str!("../../packs/pip-ap@2022-10-11.toml")),
    ("restart@2021-06-28", include_str!("../../packs/restart@2021-06-28.toml")),
    ("rpc@2021-11-12", include_str!("../../packs/rpc@2021-11-12.toml")),
    ("whp-jets@2025-02-11", include_str!("../../packs/whp-jets@2025-02-11.toml")),
    ("work-programme@2011-07-01", include_str!("../../packs/work-programme@2011-07-01.toml")),
];

/// Every text file.
const TEXTS: [(&str, &str); 6] = [
    ("texts/atw-annex-h.toml", include_str!("../../texts/atw-annex-h.toml")),
    ("texts/atw-ha-annex-e.toml", include_str!("../../texts/atw-ha-annex-e.toml")),
    ("texts/atw-mhss-annex-h.toml", include_str!("../../texts/atw-mhss-annex-h.toml")),
    ("texts/generic-annex-1.toml", include_str!("../../texts/generic-annex-1.toml")),
    ("texts/ipes-annex-1.toml", include_str!("../../texts/ipes-annex-1.toml")),
    ("texts/window-advice.toml", include_str!("../../texts/window-advice.toml")),
];

/// Every table of routes; a pack names the one it reads.
const ROUTES: [(&str, &str); 3] = [
    (PRACTICE, include_str!("../../routes/practice.toml")),
    ("ipes", include_str!("../../routes/ipes.toml")),
    ("jets-scotland", include_str!("../../routes/jets-scotland.toml")),
];

/// The table that a pack reads when it names none.
const PRACTICE: &str = "practice";

/// The document key of readings, which stand in the crate's README.
const READING: &str = "reading";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Documents {
    document: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    version: String,
    programme: String,
    title: String,
    documents: Vec<String>,
    person: String,
    routes: Option<String>,
    applies: Applies,
    rules: Rules,
    practice: Practice,
    #[serde(default, rename = "duty")]
    duties: Vec<Duty>,
}

pub(super) fn embedded() -> Result<Library, LoadFault> {
    let documents = "packs/documents.toml";
    let Documents { document: documents } = toml::from_str(include_str!("../../packs/documents.toml"))
        .map_err(|error| LoadFault::new(documents, error.to_string()))?;
    let practice = include_str!("../../packs/practice.toml");
    let mut texts = Vec::new();
    for (name, file) in TEXTS {
        texts.extend(text::parse(name, file)?);
    }
    let mut routes = Vec::with_capacity(ROUTES.len());
    for (name, file) in ROUTES {
        routes.push((name, route::parse(&format!("routes/{name}.toml"), file)?));
    }
    let mut packs = Vec::with_capacity(PACKS.len());
    for (name, file) in PACKS {
        let pack = pack(name, file, practice, &routes)?;
        check(name, &pack, &documents, &texts)?;
        packs.push(pack);
    }
    packs.sort_by(|a, b| a.reference.cmp(&b.reference));
    contracts_are_told_apart(&packs)?;
    let legislatures = Legislatures::embedded()?;
    are_known("legislatures", legislatures.sources().iter(), &documents)?;
    Ok(Library { documents, packs, texts, legislatures })
}

/// Reads one pack over the common practice; what the pack states itself wins.
fn pack(name: &str, file: &str, practice: &str, routes: &[(&str, Routes)]) -> Result<Pack, LoadFault> {
    let fault = |error: toml::de::Error| LoadFault::new(name, error.to_string());
    let mut table: toml::Table = toml::from_str(file).map_err(fault)?;
    let mut common: toml::Table = toml::from_str(practice).map_err(fault)?;
    if let Some(toml::Value::Table(own)) = table.remove("practice") {
        common.extend(own);
    }
    table.insert("practice".to_owned(), toml::Value::Table(common));
    let written: Written = table.try_into().map_err(fault)?;
    let table = written.routes.as_deref().unwrap_or(PRACTICE);
    let (_, routes) = routes
        .iter()
        .find(|(known, _)| *known == table)
        .ok_or_else(|| LoadFault::new(name, format!("names the routes {table}, which are not there")))?;
    Ok(Pack {
        reference: PackRef { id: written.id, version: written.version },
        programme: written.programme,
        title: written.title,
        documents: written.documents,
        person: written.person,
        applies: written.applies,
        rules: written.rules,
        practice: written.practice,
        duties: written.duties,
        routes: routes.clone(),
    })
}

fn check(name: &str, pack: &Pack, documents: &[Document], texts: &[Text]) -> Result<(), LoadFault> {
    let fault = |reason: String| Err(LoadFault::new(name, reason));
    if format!("{}@{}", pack.reference.id, pack.reference.version) != name {
        return fault("is named for another id or version".to_owned());
    }
    if !pack.applies.territory.contains(&pack.applies.calendar) {
        return fault("counts by the calendar of a division it is not for".to_owned());
    }
    let known: BTreeSet<&str> =
        documents.iter().map(|document| document.key.as_str()).chain([READING]).collect();
    if let Some(key) = pack.documents.iter().find(|key| !known.contains(key.as_str())) {
        return fault(format!("names document {key}, which is not in packs/documents.toml"));
    }
    for entry in pack.entries() {
        let Some(source) = &entry.source else { continue };
        if !known.contains(source.document()) || source.paragraph().is_empty() {
            return fault(format!(
                "{} cites {}, which is no paragraph of a known document",
                entry.name, source.at
            ));
        }
    }
    for duty in &pack.duties {
        if !pack.documents.iter().any(|key| key == duty.source.document())
            || duty.source.paragraph().is_empty()
        {
            return fault(format!(
                "a duty cites {}, which is no paragraph of the pack's documents",
                duty.source.at
            ));
        }
    }
    are_known(name, pack.routes.sources(), documents)?;
    match pack.rules.signposting.value() {
        Some(signposting) if !texts.iter().any(|text| text.template == signposting.template) => {
            fault(format!("prescribes template {}, which has no text", signposting.template))
        }
        Some(_) | None => Ok(()),
    }
}

/// Every source is a paragraph of a known document.
fn are_known<'a>(
    name: &str,
    mut sources: impl Iterator<Item = &'a Source>,
    documents: &[Document],
) -> Result<(), LoadFault> {
    let known = |key: &str| key == READING || documents.iter().any(|document| document.key == key);
    match sources.find(|source| !known(source.document()) || source.paragraph().is_empty()) {
        Some(source) => Err(LoadFault::new(
            name,
            format!("cites {}, which is no paragraph of a known document", source.at),
        )),
        None => Ok(()),
    }
}

/// Two packs of one programme that could both bind a contract would make the choice a guess.
fn contracts_are_told_apart(packs: &[Pack]) -> Result<(), LoadFault> {
    for (at, one) in packs.iter().enumerate() {
        for other in &packs[at + 1..] {
            let apart = one.programme != other.programme
                || one.reference.id == other.reference.id
                || one
                    .applies
                    .contracts_before
                    .zip(other.applies.contracts_from)
                    .is_some_and(|(before, from)| before <= from)
                || other
                    .applies
                    .contracts_before
                    .zip(one.applies.contracts_from)
                    .is_some_and(|(before, from)| before <= from);
            if !apart {
                return Err(LoadFault::new(
                    one.reference.id.clone(),
                    format!("covers contracts that {} covers too", other.reference.id),
                ));
            }
        }
    }
    Ok(())
}
