//! A running server on SQLite with a supply chain in it, for one test.

use prost_reflect::{DynamicMessage, prost::Message as _};
use redress_proto::options::v1::Role;
use redress_tests::{
    chain::{Chain, JETS, Member, Programme},
    contract::Rpc,
    identity::{Identity, Issuer},
    officer::{Answer, Officer},
    raw::{Peer, Sending},
    refused::Refused,
    seed::Seed,
    server::{Launch, Server},
};
use tempfile::TempDir;

use crate::contracts::Names;

/// A server, its chain, and a connection over which anything can be sent.
pub(crate) struct Stand {
    pub(crate) server: Server,
    pub(crate) chain: Chain,
    pub(crate) peer: Peer,
    pub(crate) seed: Seed,
    _folder: TempDir,
}

impl Stand {
    pub(crate) async fn new(seed: u64) -> Self {
        Self::under(JETS, seed).await
    }

    /// The same under another programme.
    pub(crate) async fn under(programme: Programme, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut seed = Seed::new(seed);
        let issuer = Issuer::new().unwrap();
        let server = Launch::whole(folder.path(), &issuer).unwrap().start().await.unwrap();
        let chain =
            Chain::set_up(&server.connect().await.unwrap(), &issuer, programme, &mut seed).await.unwrap();
        let peer = Peer::connect(&server.address).await.unwrap();
        Self { server, chain, peer, seed, _folder: folder }
    }

    /// A token that may call `rpc` for an organisation of the chain, as a person.
    pub(crate) fn token(&self, member: Member, rpc: &Rpc) -> String {
        self.chain.people.issuer().token(&self.caller(member, rpc)).unwrap()
    }

    /// Someone who may call `rpc`.
    pub(crate) fn caller(&self, member: Member, rpc: &Rpc) -> Identity {
        let role = rpc.access.as_ref().and_then(|access| access.roles().next()).unwrap_or(Role::Auditor);
        self.chain.people.identity(member, role)
    }

    /// Sends one message as someone who may, and returns the refusal, or the answers.
    pub(crate) async fn send(
        &self,
        rpc: &Rpc,
        token: &str,
        message: &DynamicMessage,
    ) -> Answer<Vec<bytes::Bytes>> {
        self.send_bytes(rpc, token, message.encode_to_vec()).await
    }

    /// Sends any bytes.
    pub(crate) async fn send_bytes(
        &self,
        rpc: &Rpc,
        token: &str,
        bytes: Vec<u8>,
    ) -> Answer<Vec<bytes::Bytes>> {
        let mut sending = Sending::new(bytes, token);
        if rpc.path().starts_with("/redress.journal.") {
            // Each service has a journal; behind one address the one that is meant is named.
            sending = sending.header("redress-service", "complaints");
        }
        if rpc.method.is_server_streaming() {
            // A feed that is taken stays open; what it refuses, it refuses at once.
            sending = sending.header("grpc-timeout", "500m");
        }
        self.peer.call(&rpc.path(), sending).await.map_err(|status| Box::new(Refused::from(&status)))
    }

    /// Someone of the chain at a desk.
    pub(crate) fn officer(&mut self, member: Member, role: Role) -> Officer {
        let token = self.chain.people.token(member, role).unwrap();
        Officer::new(self.peer.channel(), token, self.seed.split())
    }

    /// Names of things that nobody has.
    pub(crate) fn nothing(&mut self) -> Names {
        Names::absent(&mut self.seed)
    }
}

/// The refusal, or a failure of the test that shows what was asked.
pub(crate) fn refused(rpc: &Rpc, what: &str, answer: Answer<Vec<bytes::Bytes>>) -> Refused {
    match answer {
        Err(refused) => *refused,
        Ok(answers) => panic!("{} took {what} and gave {} answers", rpc.path(), answers.len()),
    }
}
