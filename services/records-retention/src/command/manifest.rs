//! What the records of a disposal come to: each judged by the one function that may say so, and the digest over all of them.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use records_retention_domain::{
    Actor, Digest, RecordId, Refusal,
    anonymised::{Assessment, Method},
    disposal::Item,
    record::{File, disposable},
};
use redress_kernel::{Moment, hexadecimal};
use redress_policy::Rulebook;

use super::record::{basis_of, context};
use crate::world::World;

/// Records that may be destroyed, those due longest first, and the digest over what an approver reads of them.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) items: Vec<Item>,
    pub(crate) digest: Digest,
}

/// How the records are to end: the method, and what was found of the anonymised set that they make.
pub(crate) type Way<'a> = (Method, Option<&'a Assessment>);

/// Judges every record.
///
/// # Errors
/// The first record that may not be destroyed, and why.
pub(crate) fn judge(
    records: &[RecordId],
    way: Way<'_>,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Manifest, (RecordId, Refusal)> {
    let mut judged = records
        .iter()
        .map(|id| one(*id, way.0, world, rulebook, moment).map_err(|refusal| (*id, refusal)))
        .collect::<Result<Vec<_>, _>>()?;
    judged.sort_by_key(|(item, _)| (item.due_on, item.record));
    let forms = way.1.map(|found| format!("forms {}", found.digest.as_str()));
    let lines = judged.iter().map(|(_, line)| line.as_str()).chain(forms.as_deref());
    let lines: Vec<&str> = lines.collect();
    let digest = hexadecimal(digest(&SHA256, lines.join("\n").as_bytes()).as_ref());
    let digest = Digest::parse(&digest).map_err(|_| unnamed())?;
    Ok(Manifest { items: judged.into_iter().map(|(item, _)| item).collect(), digest })
}

fn one(
    id: RecordId,
    method: Method,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<(Item, String), Refusal> {
    let row = world.records.get(id).ok_or_else(|| Refusal::NotFound { name: id.name() })?;
    if let Some(tombstone) = row.state.tombstone() {
        return Err(Refusal::Destroyed { tombstone: Box::new(tombstone.clone()) });
    }
    let file = row.state.file().ok_or_else(|| Refusal::NotFound { name: id.name() })?;
    let suite = Actor::suite();
    let basis = basis_of(row, world, rulebook)?;
    let found = disposable(file, method, &context(&basis, &suite, rulebook, moment))?;
    let item = Item {
        record: id,
        class: file.class,
        due_on: found.last.due_on,
        rule: found.last.citation,
        parts: parts(file),
    };
    Ok((item, found.line))
}

fn parts(file: &File) -> BTreeMap<records_retention_domain::record::Holder, u32> {
    let mut parts = BTreeMap::new();
    for part in &file.parts {
        *parts.entry(part.holder).or_default() += 1;
    }
    parts
}

/// Thirty-two bytes make sixty-four digits; that they do not cannot be.
fn unnamed() -> (RecordId, Refusal) {
    let record = RecordId::new(uuid::Uuid::nil());
    (record, Refusal::NotFound { name: record.name() })
}
