//! Organisations, contracts and links as callers see them.

use complaints_domain::{
    Refusal,
    supply_chain::{Link, contract::AgreedRetention},
};
use redress_chassis::{etag, wire};
use redress_kernel::Id;
use redress_policy::Rulebook;
use redress_proto::supply_chain::v1 as proto;

use crate::{
    convert,
    store::{contract::Contract, organisation::Organisation},
};

/// An organisation.
pub(crate) fn organisation(row: &Organisation) -> proto::Organisation {
    proto::Organisation {
        name: row.id.name(),
        display_name: row.display_name.clone(),
        kind: convert::organisation_kind(row.kind).into(),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
    }
}

/// A contract, with the pack that its programme and first day chose, and why.
pub(crate) fn contract(row: &Contract, rulebook: &Rulebook) -> Result<proto::Contract, Refusal> {
    let contract = &row.state.contract;
    let pack = rulebook.library.get(&contract.pack)?;
    let because = pack.cite(&pack.applies.source).with("contract_effective_on", contract.effective_on);
    let novation = contract.novations.last();
    Ok(proto::Contract {
        name: row.id.name(),
        reference: row.reference.clone(),
        programme: contract.programme.clone(),
        holder: contract.holder.name(),
        commissioner: contract.commissioner.name(),
        jobcentre_plus: contract.jobcentre_plus.map(Id::name).unwrap_or_default(),
        division: contract.division.map_or(0, |division| wire::division(division).into()),
        effective_on: Some(wire::date(contract.effective_on)),
        end_on: contract.end_on.map(wire::date),
        agreed_retention: contract.agreed_retention.as_ref().map(retention),
        pack: Some(proto::PackReference {
            id: contract.pack.id.clone(),
            version: contract.pack.version.clone(),
        }),
        citations: vec![wire::citation(&because)],
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        novated_to: novation.map(|novation| novation.to.name()).unwrap_or_default(),
        novated_on: novation.map(|novation| wire::date(novation.on)),
    })
}

/// A retention period agreed in place of the pack's.
pub(crate) fn retention(agreed: &AgreedRetention) -> proto::AgreedRetention {
    proto::AgreedRetention {
        months: agreed.months.into(),
        agreement_reference: agreed.agreement_reference.clone(),
        agreed_on: Some(wire::date(agreed.agreed_on)),
    }
}

/// A link. It is part of its contract, whose version is also its own.
pub(crate) fn link(row: &Contract, link: &Link) -> proto::SupplyChainLink {
    proto::SupplyChainLink {
        name: link.id.name(),
        contract: row.id.name(),
        parent: link.parent.name(),
        subcontractor: link.subcontractor.name(),
        effective_on: Some(wire::date(link.effective_on)),
        end_on: link.end_on.map(wire::date),
        tier: tier(row, link),
        etag: etag::render(row.version),
    }
}

/// Every link there ever was under a contract, upper tiers first.
pub(crate) fn links(row: &Contract) -> Vec<proto::SupplyChainLink> {
    let mut links: Vec<_> = row.state.chain.links.iter().collect();
    links.sort_by_key(|link| (tier(row, link), link.effective_on, link.id));
    links.into_iter().map(|one| link(row, one)).collect()
}

/// The tier of the subcontractor on the first day of its link.
fn tier(row: &Contract, link: &Link) -> i32 {
    row.state.chain.at(link.effective_on).get(link.subcontractor).map_or(0, |member| member.tier.into())
}
