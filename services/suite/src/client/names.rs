//! What people call the things a case names: references and display names instead of uuids.

use std::collections::BTreeMap;

use redress_proto::{
    complaints::v1::{
        Complaint, GetParticipantRequest, GetProcedureRequest,
        participant_service_client::ParticipantServiceClient,
        procedure_service_client::ProcedureServiceClient,
    },
    supply_chain::v1::{
        GetContractRequest, GetOrganisationRequest, supply_chain_service_client::SupplyChainServiceClient,
    },
};

use super::Link;

/// Names people use, by resource name.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// What people call `name`; the name itself where nobody was asked, or may not know.
    pub fn of<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// Notes what people call `name`.
    #[must_use]
    pub fn with(mut self, name: &str, called: &str) -> Self {
        self.0.insert(name.to_owned(), called.to_owned());
        self
    }

    /// Asks for what a complaint names. What the caller may not see keeps its resource name.
    pub async fn gather(link: &Link, complaint: &Complaint) -> Self {
        let mut names = Self::default();
        for name in complaint.respondents.iter().chain([&complaint.organisation]) {
            if !names.0.contains_key(name) {
                let found = link
                    .ask(GetOrganisationRequest { name: name.clone() }, async |stub, request| {
                        SupplyChainServiceClient::new(stub).get_organisation(request).await
                    })
                    .await;
                names.note(name, found.ok().map(|organisation| organisation.display_name));
            }
        }
        let contract = link
            .ask(GetContractRequest { name: complaint.contract.clone() }, async |stub, request| {
                SupplyChainServiceClient::new(stub).get_contract(request).await
            })
            .await;
        names.note(&complaint.contract, contract.ok().map(|contract| contract.reference));
        let participant = link
            .ask(
                GetParticipantRequest { name: complaint.participant.clone(), view: 0 },
                async |stub, request| ParticipantServiceClient::new(stub).get_participant(request).await,
            )
            .await;
        names.note(&complaint.participant, participant.ok().map(|participant| participant.reference));
        let procedure = link
            .ask(GetProcedureRequest { name: complaint.procedure.clone() }, async |stub, request| {
                ProcedureServiceClient::new(stub).get_procedure(request).await
            })
            .await;
        let titled =
            procedure.ok().map(|procedure| format!("{}, version {}", procedure.title, procedure.version));
        names.note(&complaint.procedure, titled);
        names
    }

    fn note(&mut self, name: &str, called: Option<String>) {
        if let Some(called) = called.filter(|called| !called.is_empty()) {
            self.0.insert(name.to_owned(), called);
        }
    }
}
