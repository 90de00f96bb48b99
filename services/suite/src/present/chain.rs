//! Organisations, contracts and who works under whom.

use redress_proto::supply_chain::v1::{Contract, Organisation, SupplyChainLink};

use super::{Fields, Grid, Screen, Tone, citation, date, word};

/// Organisations.
pub fn organisations(screen: Screen, organisations: &[Organisation]) -> String {
    let mut grid = Grid::new(screen, &["organisation", "known as", "what it is"]).whole(0);
    for organisation in organisations {
        grid.row([
            (Tone::Plain, word::id(&organisation.name).to_owned()),
            (Tone::Strong, organisation.display_name.clone()),
            (Tone::Plain, organisation_kind(organisation)),
        ]);
    }
    if grid.is_empty() { "no organisations".to_owned() } else { grid.text() }
}

/// One organisation.
pub fn organisation(screen: Screen, organisation: &Organisation) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("organisation", &organisation.name)
        .add_toned(Tone::Strong, "known as", &organisation.display_name)
        .add("what it is", organisation_kind(organisation))
        .add("etag", &organisation.etag);
    fields.text()
}

/// Contracts.
pub fn contracts(screen: Screen, contracts: &[Contract]) -> String {
    let mut grid =
        Grid::new(screen, &["contract", "reference", "programme", "runs from", "to", "policy pack"]).whole(0);
    for contract in contracts {
        grid.row([
            (Tone::Plain, word::id(&contract.name).to_owned()),
            (Tone::Strong, contract.reference.clone()),
            (Tone::Plain, contract.programme.clone()),
            (Tone::Plain, date::shown(contract.effective_on.as_ref())),
            (Tone::Plain, date::shown(contract.end_on.as_ref())),
            (Tone::Plain, pack(contract)),
        ]);
    }
    if grid.is_empty() { "no contracts".to_owned() } else { grid.text() }
}

/// One contract.
pub fn contract(screen: Screen, contract: &Contract) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("contract", &contract.name)
        .add_toned(Tone::Strong, "reference", &contract.reference)
        .add("programme", &contract.programme)
        .add("prime", &contract.holder)
        .add("commissioner", &contract.commissioner)
        .add("novated to", &contract.novated_to)
        .add("novated on", date::shown(contract.novated_on.as_ref()))
        .add("Jobcentre", &contract.jobcentre_plus)
        .add("bank holidays", word::of_value(contract.division().as_str_name(), "DIVISION_"))
        .add("runs from", date::shown(contract.effective_on.as_ref()))
        .add("to", date::shown(contract.end_on.as_ref()))
        .add("policy pack", pack(contract))
        .add("because", citation::lines(&contract.citations))
        .add("etag", &contract.etag);
    fields.text()
}

/// The links of a chain.
pub fn links(screen: Screen, links: &[SupplyChainLink]) -> String {
    let mut grid =
        Grid::new(screen, &["tier", "subcontractor", "works under", "from", "to", "link"]).whole(1).whole(5);
    for link in links {
        grid.row([
            (Tone::Plain, link.tier.to_string()),
            (Tone::Plain, word::id(&link.subcontractor).to_owned()),
            (Tone::Plain, word::id(&link.parent).to_owned()),
            (Tone::Plain, date::shown(link.effective_on.as_ref())),
            (Tone::Plain, date::shown(link.end_on.as_ref())),
            (Tone::Faint, word::id(&link.name).to_owned()),
        ]);
    }
    if grid.is_empty() { "no subcontractors".to_owned() } else { grid.text() }
}

fn organisation_kind(organisation: &Organisation) -> String {
    word::of_value(organisation.kind().as_str_name(), "ORGANISATION_KIND_")
}

fn pack(contract: &Contract) -> String {
    contract.pack.as_ref().map(|pack| format!("{} of {}", pack.id, pack.version)).unwrap_or_default()
}
