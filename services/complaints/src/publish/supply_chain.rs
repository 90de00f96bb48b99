//! Events of organisations, contracts and chains. A contract and its chain are one stream.

use complaints_domain::supply_chain::{chain, contract, organisation};
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_proto::supply_chain::v1 as proto;

use super::complaint::pack;
use crate::{
    convert,
    render::supply_chain::retention,
    store::{contract::Contract, organisation::Organisation},
};

/// An event of an organisation, which belongs to no contract.
pub(crate) fn organisation(
    row: &Organisation,
    version: i64,
    event: &organisation::Event,
    citations: Vec<String>,
) -> Draft {
    let about = About { kind: "organisations", id: row.id.uuid(), version, contract: None };
    let organisation::Event::OrganisationRecorded { id, kind } = event;
    let message = proto::OrganisationRecorded {
        organisation: id.name(),
        kind: convert::organisation_kind(*kind).into(),
    };
    entry(about, &message, citations)
}

/// An event of a contract.
pub(crate) fn contract(
    row: &Contract,
    version: i64,
    event: &contract::Event,
    citations: Vec<String>,
) -> Draft {
    match event {
        contract::Event::ContractRecorded(it) => {
            let message = proto::ContractRecorded {
                contract: it.id.name(),
                programme: it.programme.clone(),
                holder: it.holder.name(),
                commissioner: it.commissioner.name(),
                jobcentre_plus: it.jobcentre_plus.map(Id::name).unwrap_or_default(),
                division: it.division.map_or(0, |division| wire::division(division).into()),
                effective_on: Some(wire::date(it.effective_on)),
                end_on: it.end_on.map(wire::date),
                agreed_retention: it.agreed_retention.as_ref().map(retention),
                pack: Some(pack(&it.pack)),
                reference: row.reference.clone(),
            };
            entry(about(row, version), &message, citations)
        }
        contract::Event::ContractEnded { previous, end_on } => {
            let message = proto::ContractEnded {
                previous: previous.map(wire::date),
                end_on: Some(wire::date(*end_on)),
            };
            entry(about(row, version), &message, citations)
        }
        contract::Event::ContractNovated { previous, novation } => {
            let message = proto::ContractNovated {
                previous: previous.name(),
                novated_to: novation.to.name(),
                novated_on: Some(wire::date(novation.on)),
            };
            entry(about(row, version), &message, citations)
        }
    }
}

/// An event of the chain under a contract.
pub(crate) fn chain(row: &Contract, version: i64, event: &chain::Event, citations: Vec<String>) -> Draft {
    match event {
        chain::Event::SubcontractorAdded { link, tier } => {
            let message = proto::SubcontractorAdded {
                link: link.id.name(),
                parent: link.parent.name(),
                subcontractor: link.subcontractor.name(),
                effective_on: Some(wire::date(link.effective_on)),
                end_on: link.end_on.map(wire::date),
                tier: (*tier).into(),
            };
            entry(about(row, version), &message, citations)
        }
        chain::Event::SubcontractorEnded { link, previous, end_on } => {
            let message = proto::SubcontractorEnded {
                link: link.name(),
                previous: previous.map(wire::date),
                end_on: Some(wire::date(*end_on)),
            };
            entry(about(row, version), &message, citations)
        }
    }
}

const fn about(row: &Contract, version: i64) -> About {
    About { kind: "contracts", id: row.id.uuid(), version, contract: Some(row.id.uuid()) }
}
