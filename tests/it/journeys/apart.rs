//! Complaints and routing as processes that have nothing in common but the wire: each with databases of its own, each told where
//! the other is and as whom to ask.

use std::{fs, net::SocketAddr, path::Path};

use redress_proto::options::v1::Role;
use redress_testkit::Relay;
use redress_tests::{
    identity::{Identity, Issuer},
    postgres::Pair,
    server::{Launch, Server},
};
use uuid::Uuid;

/// Nobody listens here.
const NOWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 1);

/// The two processes.
pub(super) struct Apart {
    pub(super) complaints: Server,
    pub(super) routing: Server,
    databases: [Pair; 2],
    /// How complaints finds routing, which has no address before it serves.
    _way: Relay,
}

/// What either is started with.
struct Plan<'a> {
    administrator: &'a str,
    folder: &'a Path,
    issuer: &'a Issuer,
    name: &'a str,
}

impl Apart {
    /// Starts both; `name` is unique in the run.
    pub(super) async fn start(administrator: &str, folder: &Path, issuer: &Issuer, name: &str) -> Self {
        let plan = Plan { administrator, folder, issuer, name };
        let way = Relay::to(NOWHERE).await.unwrap();
        let (complaints, one) = plan.serve("complaints", "REDRESS_PEERS_ROUTING", &way.url()).await;
        let (routing, other) = plan.serve("routing", "REDRESS_PEERS_COMPLAINTS", &complaints.address).await;
        way.turn_to(routing.address.trim_start_matches("http://").parse().unwrap());
        Self { complaints, routing, databases: [one, other], _way: way }
    }

    /// Stops both, and takes away their databases.
    pub(super) async fn stop(self) {
        for server in [self.routing, self.complaints] {
            assert!(server.stop().await.unwrap().success());
        }
        for pair in self.databases {
            pair.remove().await.unwrap();
        }
    }
}

impl Plan<'_> {
    async fn serve(&self, service: &'static str, setting: &str, peer: &str) -> (Server, Pair) {
        let pair = Pair::make(self.administrator, &format!("{}_{service}", self.name)).await.unwrap();
        let folder = self.folder.join(service);
        let launch = Launch::service(service, &folder, self.issuer, &pair).unwrap();
        let token = folder.join("service.token");
        // A service belongs to no organisation; tokens of the tests' issuer name one all the same.
        let identity = Identity::service(Uuid::from_u128(0x5e), &format!("redress-{service}"), Role::Service);
        fs::write(&token, self.issuer.token(&identity).unwrap()).unwrap();
        let launch = launch.with(setting, peer).with("REDRESS_PEERS_TOKEN_FILE", token.display());
        (launch.start().await.unwrap(), pair)
    }
}
