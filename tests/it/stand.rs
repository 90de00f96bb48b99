//! A running server on SQLite with a supply chain in it, for one test.

use futures::{StreamExt as _, stream};
use prost_reflect::{DynamicMessage, prost::Message as _};
use redress_proto::{
    options::v1::Role,
    routing::v1::{ForwardContactsResponse, forward_contacts_response},
};
use redress_tests::{
    chain::{Chain, JETS, Member, Programme},
    clerk::Clerk,
    contract::{self, Rpc},
    day::today,
    identity::{Identity, Issuer},
    officer::{Answer, Officer},
    raw::{Peer, Sending},
    refused::Refused,
    seed::Seed,
    server::{Launch, Server},
};
use tempfile::TempDir;
use tonic::{Code, Status};

use crate::contracts::Names;

/// Rpcs that are tried at a time.
const AT_ONCE: usize = 8;

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
        let answer = self.peer.call(&rpc.path(), sending).await;
        let answer = answer.map_err(|status| Box::new(Refused::from(&status)))?;
        if rpc.access.as_ref().is_some_and(|access| access.row_by_row) {
            // Of such a call each row is refused for itself.
            return match answer.first().and_then(|row| row_refused(row)) {
                Some(refused) => Err(Box::new(refused)),
                None => Ok(answer),
            };
        }
        Ok(answer)
    }

    /// Someone of the chain who takes contacts in, once routing knows the chain.
    pub(crate) async fn clerk(&mut self, member: Member, role: Role) -> Clerk {
        let token = self.chain.people.token(member, role).unwrap();
        let mut clerk = Clerk::new(self.peer.channel(), token, self.seed.split());
        if member != Member::Rival && member != Member::Stranger {
            clerk.until_known(&self.chain.contract, today()).await.unwrap();
        }
        clerk
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

/// Does the same with every rpc of the contract, with several at a time: most of a call is waiting for its answer.
pub(crate) async fn each_rpc(with: impl AsyncFn(Rpc)) {
    stream::iter(contract::rpcs()).for_each_concurrent(AT_ONCE, |rpc| with(rpc)).await;
}

/// Why a row of a stream was not taken, as if it had been all of a call.
fn row_refused(row: &[u8]) -> Option<Refused> {
    let row = ForwardContactsResponse::decode(row).unwrap();
    let Some(forward_contacts_response::Result::Refused(refusal)) = row.result else { return None };
    let code = match refusal.reason.as_str() {
        "NOT_FOUND" => Code::NotFound,
        _ if refusal.violations.is_empty() => Code::FailedPrecondition,
        _ => Code::InvalidArgument,
    };
    #[expect(clippy::disallowed_methods, reason = "this is a client: the status never reaches a wire")]
    let status = Status::new(code, refusal.message);
    let violations = refusal.violations.into_iter().map(|violation| (violation.field, violation.reason));
    Some(Refused {
        reason: refusal.reason,
        violations: violations.collect(),
        request_info: true,
        ..Refused::from(&status)
    })
}

/// The refusal, or a failure of the test that shows what was asked.
pub(crate) fn refused(rpc: &Rpc, what: &str, answer: Answer<Vec<bytes::Bytes>>) -> Refused {
    match answer {
        Err(refused) => *refused,
        Ok(answers) => panic!("{} took {what} and gave {} answers", rpc.path(), answers.len()),
    }
}
