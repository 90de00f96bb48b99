//! Where calls and operators are answered.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use super::{Configuration, Settings};

/// Where the process listens for calls.
#[derive(Clone, Debug)]
pub struct Listen {
    /// Address and port of the listener that all services of the process share; port 0 takes a free one.
    pub address: SocketAddr,
    /// TLS, when a certificate is set.
    pub tls: Option<Tls>,
    /// Whether callers may ask for the descriptors.
    pub reflection: bool,
}

/// Certificate files of the listener.
#[derive(Clone, Debug)]
pub struct Tls {
    /// Certificate chain, PEM.
    pub certificate: PathBuf,
    /// Private key, PEM.
    pub key: PathBuf,
    /// Authorities whose clients are let in, PEM; without it clients need no certificate.
    pub client_authorities: Option<PathBuf>,
    /// How long a handshake may take.
    pub handshake: Duration,
}

impl Configuration for Listen {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("listen");
        let address = section.address("address", local(7400));
        let reflection = section.flag("reflection", true);
        Self { address, tls: Tls::read(settings), reflection }
    }
}

impl Tls {
    fn read(settings: &mut Settings) -> Option<Self> {
        let mut section = settings.section("tls");
        let certificate = section.optional_file("certificate");
        let key = section.optional_file("key");
        let client_authorities = section.optional_file("client_authorities");
        let handshake = section.duration("handshake", Duration::from_secs(5));
        match (certificate, key) {
            (Some(certificate), Some(key)) => Some(Self { certificate, key, client_authorities, handshake }),
            (None, None) => {
                if client_authorities.is_some() {
                    section.mistake("client_authorities", "needs tls.certificate and tls.key");
                }
                None
            }
            (Some(_), None) => {
                section.mistake("key", "is missing; accepted: the private key of tls.certificate");
                None
            }
            (None, Some(_)) => {
                section.mistake("certificate", "is missing; accepted: the certificate of tls.key");
                None
            }
        }
    }
}

/// Where the process answers its operators: metrics, liveness, readiness.
#[derive(Clone, Debug)]
pub struct Admin {
    /// Address and port; port 0 takes a free one.
    pub address: SocketAddr,
}

impl Configuration for Admin {
    fn read(settings: &mut Settings) -> Self {
        Self { address: settings.section("admin").address("address", local(7401)) }
    }
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}
