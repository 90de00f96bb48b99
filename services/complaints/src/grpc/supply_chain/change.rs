//! Setting up organisations, contracts and chains.

use complaints_domain::{
    OrganisationId, id,
    supply_chain::{
        Link,
        contract::{AgreedRetention, Novation, Record},
    },
};
use redress_chassis::{Call, Parse, etag, parse::reference, wire};
use redress_kernel::{Id, text};
use redress_proto::{options::v1::Role, supply_chain::v1 as proto};
use tonic::{Response, Status};

use crate::{
    app::{self, App, DOMAIN},
    command::{
        contract::{CreateContract, EndContract},
        link::{AddSubcontractor, EndSubcontractor},
        novation::NovateContract,
        organisation::CreateOrganisation,
    },
    convert, store,
};

/// Records an organisation.
pub(super) async fn create_organisation(
    app: &App,
    call: &Call,
    request: &proto::CreateOrganisationRequest,
) -> Result<Response<proto::Organisation>, Status> {
    let mut parse = Parse::new();
    let id = parse.optional_uuid("organisation_id", &request.organisation_id);
    let organisation = parse.message("organisation", request.organisation.as_ref());
    let read = organisation.and_then(|organisation| {
        let kind = parse.chosen("organisation.kind", convert::read_organisation_kind(organisation.kind));
        Some((kind?, text::normalise(&organisation.display_name)))
    });
    let (kind, display_name) = parse.finish(read).map_err(app::invalid)?;
    let command = CreateOrganisation {
        id: id.map_or_else(|| app.desk.fresh(), Id::new),
        kind,
        display_name,
        recorded_by: App::organisation(call),
        commissioner: call.caller.roles.has(Role::Commissioner),
    };
    app.desk.submit(call, Some(command.id.uuid()), command).await
}

/// Records a contract.
pub(super) async fn create_contract(
    app: &App,
    call: &Call,
    request: &proto::CreateContractRequest,
) -> Result<Response<proto::Contract>, Status> {
    let mut parse = Parse::new();
    let contract = parse.message("contract", request.contract.as_ref());
    let read = contract.and_then(|contract| take_contract(app, contract, &mut parse));
    let (record, reference) = parse.finish(read).map_err(app::invalid)?;
    let visible = visible(app, call, &record).await?;
    let rulebook = app.rulebook.clone();
    let command = CreateContract { rulebook, caller: App::organisation(call), record, reference, visible };
    app.desk.submit(call, None, command).await
}

fn take_contract(app: &App, contract: &proto::Contract, parse: &mut Parse) -> Option<(Record, String)> {
    let holder = parse.name("contract.holder", &contract.holder);
    let commissioner = parse.name("contract.commissioner", &contract.commissioner);
    let jobcentre_plus = parse.optional_name("contract.jobcentre_plus", &contract.jobcentre_plus);
    let effective_on = parse.date("contract.effective_on", contract.effective_on.as_ref());
    let end_on = parse.optional_date("contract.end_on", contract.end_on.as_ref());
    let retention = contract.agreed_retention.as_ref().map(|agreed| take_retention(agreed, parse));
    let reference = parse.chosen("contract.reference", reference(&contract.reference));
    let record = Record {
        id: app.desk.fresh(),
        programme: contract.programme.clone(),
        holder: holder?,
        commissioner: commissioner?,
        jobcentre_plus,
        division: wire::read_division(contract.division),
        effective_on: effective_on?,
        end_on,
        agreed_retention: match retention {
            Some(retention) => Some(retention?),
            None => None,
        },
    };
    Some((record, reference?))
}

fn take_retention(agreed: &proto::AgreedRetention, parse: &mut Parse) -> Option<AgreedRetention> {
    let months = parse.chosen("contract.agreed_retention.months", u16::try_from(agreed.months).ok());
    let agreed_on = parse.date("contract.agreed_retention.agreed_on", agreed.agreed_on.as_ref());
    let agreement_reference = text::canonical_reference(&agreed.agreement_reference);
    Some(AgreedRetention { months: months?, agreement_reference, agreed_on: agreed_on? })
}

/// Those of the organisations a contract names that the caller sees. Whom it sees only ever grows, so that nothing is lost by
/// looking before the command runs.
async fn visible(app: &App, call: &Call, record: &Record) -> Result<Vec<OrganisationId>, Status> {
    let mut tx = app.desk.read().await?;
    let mut visible = Vec::new();
    for named in [Some(record.holder), Some(record.commissioner), record.jobcentre_plus].into_iter().flatten()
    {
        let found = store::organisation::find_visible(&mut tx, named, App::organisation(call)).await;
        visible.extend(found.map_err(app::database)?.map(|row| row.id));
    }
    Ok(visible)
}

/// Records the last day of a contract.
pub(super) async fn end_contract(
    app: &App,
    call: &Call,
    request: &proto::EndContractRequest,
) -> Result<Response<proto::Contract>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let contract = parse.name::<id::Contract>("name", &request.name);
    let end_on = parse.date("end_on", request.end_on.as_ref());
    let (contract, end_on) = parse.finish(contract.zip(end_on)).map_err(app::invalid)?;
    let caller = App::organisation(call);
    let command = EndContract { rulebook: app.rulebook.clone(), caller, contract, end_on, expected };
    app.desk.submit(call, Some(contract.uuid()), command).await
}

/// Records that a contract was novated.
pub(super) async fn novate_contract(
    app: &App,
    call: &Call,
    request: &proto::NovateContractRequest,
) -> Result<Response<proto::Contract>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let contract = parse.name::<id::Contract>("name", &request.name);
    let to = parse.name::<id::Organisation>("novated_to", &request.novated_to);
    let on = parse.date("novated_on", request.novated_on.as_ref());
    let read = contract.zip(to).zip(on);
    let ((contract, to), on) = parse.finish(read).map_err(app::invalid)?;
    let caller = App::organisation(call);
    let mut tx = app.desk.read().await?;
    let found = store::organisation::find_visible(&mut tx, to, caller).await.map_err(app::database)?;
    drop(tx);
    let command = NovateContract {
        rulebook: app.rulebook.clone(),
        caller,
        contract,
        novation: Novation { to, on },
        visible: found.is_some(),
        expected,
    };
    app.desk.submit(call, Some(contract.uuid()), command).await
}

/// Puts a subcontractor into a chain.
pub(super) async fn add_subcontractor(
    app: &App,
    call: &Call,
    request: &proto::AddSubcontractorRequest,
) -> Result<Response<proto::SupplyChainLink>, Status> {
    let mut parse = Parse::new();
    let link = parse.message("link", request.link.as_ref());
    let read = link.and_then(|link| {
        let contract = parse.name::<id::Contract>("link.contract", &link.contract);
        let parent = parse.name("link.parent", &link.parent);
        let subcontractor = parse.name("link.subcontractor", &link.subcontractor);
        let effective_on = parse.date("link.effective_on", link.effective_on.as_ref());
        let end_on = parse.optional_date("link.end_on", link.end_on.as_ref());
        let link = Link {
            id: app.desk.fresh(),
            parent: parent?,
            subcontractor: subcontractor?,
            effective_on: effective_on?,
            end_on,
        };
        Some((contract?, link))
    });
    let (contract, link) = parse.finish(read).map_err(app::invalid)?;
    let command =
        AddSubcontractor { actor: App::actor(call), caller: App::organisation(call), contract, link };
    app.desk.submit(call, Some(contract.uuid()), command).await
}

/// Records the last day of a link.
pub(super) async fn end_subcontractor(
    app: &App,
    call: &Call,
    request: &proto::EndSubcontractorRequest,
) -> Result<Response<proto::SupplyChainLink>, Status> {
    let expected = etag::parse(DOMAIN, &request.etag)?;
    let mut parse = Parse::new();
    let link = parse.name::<id::SupplyChainLink>("name", &request.name);
    let end_on = parse.date("end_on", request.end_on.as_ref());
    let (link, end_on) = parse.finish(link.zip(end_on)).map_err(app::invalid)?;
    let (actor, caller) = (App::actor(call), App::organisation(call));
    app.desk.submit(call, Some(link.uuid()), EndSubcontractor { actor, caller, link, end_on, expected }).await
}
