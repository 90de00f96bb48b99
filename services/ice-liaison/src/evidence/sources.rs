//! The services a bag is gathered from.

use redress_chassis::{Parts, Peer, Service as _};
use redress_store::Db;

use crate::service::IceLiaison;

/// Where the papers are.
#[derive(Clone)]
pub(crate) struct Sources {
    /// Who holds the complaint and its documents.
    pub(crate) complaints: Peer,
    /// Who holds what led to it; nothing where no routing is served.
    pub(crate) routing: Option<Peer>,
    /// This service, asked like the others: its papers and its journal are read with the same right.
    pub(crate) own: Peer,
    /// What this service knows of where things are.
    pub(crate) database: Db,
}

impl Sources {
    /// The services as this process reaches them.
    pub(crate) fn of(parts: &Parts) -> Self {
        let peers = &parts.peers;
        Self {
            complaints: peers.get("complaints"),
            routing: peers.knows("routing").then(|| peers.get("routing")),
            own: peers.get(IceLiaison::NAME),
            database: parts.database.clone(),
        }
    }

    /// Who holds the document of this name.
    pub(crate) fn holder(&self, document: &str) -> &Peer {
        match &self.routing {
            Some(routing) if document.starts_with("papers/") => routing,
            Some(_) | None => &self.complaints,
        }
    }
}
