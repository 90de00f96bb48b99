//! Entries of the owner's journal into rows.

use redress_chassis::{
    follow::{date, name, optional_date, optional_name, payload, poison},
    wire,
};
use redress_journal::{entry::Entry, subscription::HandleFault};
use redress_kernel::{Id, Link, Sight, noun::OrganisationId};
use redress_policy::PackRef;
use redress_proto::{supply_chain::v1 as proto, r#type::v1::CivilDate};
use redress_store::Tx;

use crate::{
    contract::{AgreedRetention, KnownContract, find_contracts, put},
    reach,
};

/// What an entry tells about a supply chain.
enum Told {
    Organisation,
    Contract(Box<KnownContract>),
    End(Option<CivilDate>),
    Novation(OrganisationId),
    Link(proto::SubcontractorAdded),
    LinkEnd(proto::SubcontractorEnded),
}

/// Learns what an entry of the owner's journal tells about supply chains; `false` when it tells nothing about them. To be
/// called first by whoever follows that journal.
pub async fn learn(tx: &mut Tx, entry: &Entry) -> Result<bool, HandleFault> {
    let Some(told) = told(entry)? else { return Ok(false) };
    let version = entry.content.version;
    let (known, seen) = match told {
        // Organisations are known by their ids.
        Told::Organisation => return Ok(true),
        Told::Contract(contract) => {
            let seen = Sight::at_first(contract.holder, &contract.outside());
            (*contract, seen)
        }
        Told::End(end_on) => {
            let mut contract = known(tx, entry).await?;
            contract.end_on = Some(date(end_on.as_ref())?);
            (contract, [].into())
        }
        Told::Novation(to) => {
            let mut contract = known(tx, entry).await?;
            contract.novated_to.push(to);
            let seen = Sight::from_outside(to, contract.holder, &contract.links);
            (contract, seen)
        }
        Told::Link(added) => {
            let mut contract = known(tx, entry).await?;
            let link = link(&added)?;
            contract.links.push(link);
            let seen = Sight::through(&link, contract.holder, &contract.links, &contract.outside());
            (contract, seen)
        }
        Told::LinkEnd(ended) => {
            let mut contract = known(tx, entry).await?;
            let (id, end_on) = (name(&ended.link)?, date(ended.end_on.as_ref())?);
            let links = &mut contract.links;
            let link = links.iter_mut().find(|link| link.id == id).ok_or_else(|| poison("unknown link"))?;
            link.end_on = Some(end_on);
            let link = *link;
            // A link that is made longer may join what it did not join before.
            let seen = Sight::through(&link, contract.holder, &contract.links, &contract.outside());
            (contract, seen)
        }
    };
    put(tx, &known, version).await?;
    reach::insert(tx, known.id, seen).await?;
    Ok(true)
}

fn told(entry: &Entry) -> Result<Option<Told>, HandleFault> {
    let Some(event) = entry.content.entry_type.strip_prefix("redress.supply_chain.v1.") else {
        return Ok(None);
    };
    Ok(Some(match event {
        "OrganisationRecorded" => Told::Organisation,
        "ContractRecorded" => Told::Contract(Box::new(contract(&payload(entry)?)?)),
        "ContractEnded" => Told::End(payload::<proto::ContractEnded>(entry)?.end_on),
        "ContractNovated" => Told::Novation(name(&payload::<proto::ContractNovated>(entry)?.novated_to)?),
        "SubcontractorAdded" => Told::Link(payload(entry)?),
        "SubcontractorEnded" => Told::LinkEnd(payload(entry)?),
        // Something newer than this program must not be passed over in silence.
        _ => return Err(poison("unknown event of a supply chain")),
    }))
}

/// The contract that the entry's stream is about; the stream's order has brought it here before.
async fn known(tx: &mut Tx, entry: &Entry) -> Result<KnownContract, HandleFault> {
    let stream = entry.stream().map_err(|_| poison("no stream"))?;
    let found = find_contracts(tx, vec![Id::new(stream.id)]).await?;
    found.into_iter().next().ok_or_else(|| poison("unknown contract"))
}

fn contract(recorded: &proto::ContractRecorded) -> Result<KnownContract, HandleFault> {
    let pack = recorded.pack.as_ref().ok_or_else(|| poison("no pack"))?;
    let agreed = recorded.agreed_retention.as_ref().map(|agreed| {
        Ok::<_, HandleFault>(AgreedRetention {
            months: u16::try_from(agreed.months).map_err(|_| poison("months"))?,
            agreement_reference: agreed.agreement_reference.clone(),
            agreed_on: date(agreed.agreed_on.as_ref())?,
        })
    });
    Ok(KnownContract {
        id: name(&recorded.contract)?,
        reference: recorded.reference.clone(),
        programme: recorded.programme.clone(),
        pack: PackRef { id: pack.id.clone(), version: pack.version.clone() },
        holder: name(&recorded.holder)?,
        commissioner: name(&recorded.commissioner)?,
        jobcentre_plus: optional_name(&recorded.jobcentre_plus)?,
        division: wire::read_division(recorded.division),
        effective_on: date(recorded.effective_on.as_ref())?,
        end_on: optional_date(recorded.end_on.as_ref())?,
        agreed_retention: agreed.transpose()?,
        links: Vec::new(),
        novated_to: Vec::new(),
    })
}

fn link(added: &proto::SubcontractorAdded) -> Result<Link, HandleFault> {
    Ok(Link {
        id: name(&added.link)?,
        parent: name(&added.parent)?,
        subcontractor: name(&added.subcontractor)?,
        effective_on: date(added.effective_on.as_ref())?,
        end_on: optional_date(added.end_on.as_ref())?,
    })
}
