//! Where the other services of the suite are, and as whom they are asked.

use std::{collections::BTreeMap, path::PathBuf};

use http::Uri;

use super::{Auth, Configuration, Settings};

/// The services of the suite, each with the setting that says where it is.
const SERVICES: [(&str, &str); 4] = [
    ("complaints", "complaints"),
    ("routing", "routing"),
    ("ice-liaison", "ice_liaison"),
    ("records-retention", "records_retention"),
];

/// Where the other services of the suite are. One in the same process needs no address.
#[derive(Clone, Debug)]
pub struct Peers {
    /// URL of each service that has one, by its name.
    pub addresses: BTreeMap<&'static str, String>,
    /// Authorities that may have signed the certificates of peers, PEM.
    pub authorities: Option<PathBuf>,
    /// File with the token that says who this service is to its peers; read again when it changes.
    pub token_file: Option<PathBuf>,
}

impl Configuration for Peers {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("peers");
        let mut addresses = BTreeMap::new();
        for (service, setting) in SERVICES {
            let address = section.parsed(
                setting,
                None,
                "a URL such as http://routing:7400 or https://routing.example, without path, user or password",
                |address: &Option<String>| address.clone().unwrap_or_else(|| "(not set)".to_owned()),
                |text| is_address(text).then(|| Some(text.to_owned())),
            );
            addresses.extend(address.map(|address| (service, address)));
        }
        let authorities = section.optional_file("authorities");
        let token_file = section.optional_file("token_file");
        let secure = addresses.values().any(|address| address.starts_with("https:"));
        if secure && authorities.is_none() {
            section.mistake(
                "authorities",
                "is missing; accepted: the authorities that signed the certificates of https peers, PEM",
            );
        }
        Self { addresses, authorities, token_file }
    }
}

impl Peers {
    /// Holds the settings against those of identities: a peer believes nobody without a token.
    pub(super) fn check(&self, auth: &Auth, settings: &mut Settings) {
        if !self.addresses.is_empty() && self.token_file.is_none() && !auth.development {
            settings.mistake(
                "peers.token_file",
                "is missing, so that no peer would answer; accepted: a file with a token that has the role service, \
                 or auth.development",
            );
        }
    }
}

fn is_address(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| {
        let scheme = uri.scheme_str().is_some_and(|scheme| scheme == "http" || scheme == "https");
        let plain = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        scheme && plain && matches!(uri.path(), "" | "/") && uri.query().is_none()
    })
}
