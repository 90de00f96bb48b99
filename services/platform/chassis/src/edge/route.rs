//! Finds who answers a path, and what the contract says about it.

use std::collections::HashMap;

use aws_lc_rs::hmac;

use super::connect::Shape;
use crate::{
    contract::{Contract, Method},
    gate::Gate,
    service::Answerer,
    status::Domain,
};

/// Everyone who answers on a listener.
pub(crate) struct Routes {
    declared: HashMap<&'static str, Target>,
    plain: HashMap<&'static str, Answerer>,
}

/// An rpc of the contract and who answers it.
pub(crate) struct Target {
    pub(crate) method: &'static Method,
    pub(crate) answerer: Answerer,
    /// Keys the digests of mutating requests.
    pub(crate) digest_key: hmac::Key,
    /// Whether it may be called.
    pub(crate) gate: Gate,
}

/// Who answers a gRPC service of the contract.
#[derive(Clone)]
pub(crate) struct Mounted {
    pub(crate) name: &'static str,
    pub(crate) answerer: Answerer,
    pub(crate) digest_key: hmac::Key,
    pub(crate) gate: Gate,
}

/// Two services of a listener answer the same name.
#[derive(Debug, thiserror::Error)]
#[error("two services of this listener answer {0}")]
pub(crate) struct Taken(&'static str);

/// Where a path leads.
pub(crate) enum Route<'a> {
    /// To an rpc of the contract.
    Declared(&'a Target),
    /// To health or reflection, which have no access declared and need none.
    Plain { name: &'static str, answerer: &'a Answerer },
    /// Nowhere.
    Unknown,
}

impl Routes {
    /// `answerers` are services of the contract; `plain` those of gRPC itself.
    pub(crate) fn new(
        contract: &'static Contract,
        answerers: Vec<Mounted>,
        plain: Vec<(&'static str, Answerer)>,
    ) -> Result<Self, Taken> {
        let mut by_service = HashMap::new();
        for mounted in answerers {
            let name = mounted.name;
            if by_service.insert(name, mounted).is_some() {
                return Err(Taken(name));
            }
        }
        let declared = contract
            .methods
            .iter()
            .filter_map(|(path, method)| {
                let Mounted { answerer, digest_key, gate, .. } =
                    by_service.get(method.service.as_str())?.clone();
                Some((path.as_str(), Target { method, answerer, digest_key, gate }))
            })
            .collect();
        Ok(Self { declared, plain: plain.into_iter().collect() })
    }

    pub(crate) fn find(&self, path: &str) -> Route<'_> {
        if let Some(target) = self.declared.get(path) {
            return Route::Declared(target);
        }
        let service =
            path.strip_prefix('/').and_then(|rest| rest.split_once('/')).map(|(service, _)| service);
        match service.and_then(|service| self.plain.get_key_value(service)) {
            Some((name, answerer)) => Route::Plain { name, answerer },
            None => Route::Unknown,
        }
    }
}

impl Route<'_> {
    /// The messages of the rpc, for callers who write them otherwise; nothing where it leads to no rpc of the contract.
    pub(super) fn shape(&self) -> Option<Shape> {
        match self {
            Self::Declared(target) => Some(Shape::of(target.method)),
            Self::Plain { .. } | Self::Unknown => None,
        }
    }

    pub(super) fn domain(&self) -> Domain {
        match self {
            Self::Declared(target) => target.method.domain,
            Self::Plain { .. } | Self::Unknown => super::NOWHERE,
        }
    }

    /// The name under which the call is counted. Paths that lead nowhere share one, because callers make them up.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Declared(target) => &target.method.name,
            Self::Plain { name, .. } => name,
            Self::Unknown => "_other",
        }
    }

    /// Whether the answer may go on for longer than a call.
    pub(super) fn streams(&self) -> bool {
        match self {
            Self::Declared(target) => target.method.flow.response_streams(),
            Self::Plain { .. } => true,
            Self::Unknown => false,
        }
    }
}
