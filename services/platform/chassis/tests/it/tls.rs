//! TLS on the listener. The certificate is for tests alone and signs itself.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use redress_testkit::{Suite, raw, wait};
use tokio::{io::AsyncReadExt as _, net::TcpStream};
use tonic::{
    Request,
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint},
};

use crate::{
    hardening::get,
    puppet::{GET, MEMBERS, manager},
};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

async fn channel(suite: &Suite) -> Result<Channel, tonic::transport::Error> {
    let authority = Certificate::from_pem(std::fs::read(data("localhost.crt")).unwrap());
    let tls = ClientTlsConfig::new().ca_certificate(authority).domain_name("localhost");
    let url = format!("https://{}", suite.running().address());
    Endpoint::from_shared(url).unwrap().tls_config(tls).unwrap().connect().await
}

fn request(suite: &Suite) -> Request<Bytes> {
    let mut request = Request::new(Bytes::from(get()));
    let token = format!("Bearer {}", suite.token(&manager()).unwrap());
    request.metadata_mut().insert("authorization", token.parse().unwrap());
    request
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_answered_over_tls_and_a_stalled_handshake_is_cut() {
    // fact 0.8: left alone, a handshake may take for ever
    let suite = Suite::of(MEMBERS)
        .with("tls.certificate", data("localhost.crt").display())
        .with("tls.key", data("localhost.key").display())
        .with("tls.handshake", "200ms")
        .start()
        .await
        .unwrap();
    let channel = channel(&suite).await.unwrap();
    assert!(raw::unary(&channel, GET, request(&suite)).await.is_ok());

    let mut stalled = TcpStream::connect(suite.running().address()).await.unwrap();
    // The head of a greeting of which the rest never comes: enough bytes to pass for a client that speaks.
    let greeting = [&[0x16, 3, 1, 1, 0, 1, 0, 0, 0xfc, 3, 3][..], &[7; 20]].concat();
    tokio::io::AsyncWriteExt::write_all(&mut stalled, &greeting).await.unwrap();
    drop(wait::ready("the end of a stalled handshake", stalled.read_to_end(&mut Vec::new())).await);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_clients_need_a_certificate_none_gets_in_without_one() {
    let suite = Suite::of(MEMBERS)
        .with("tls.certificate", data("localhost.crt").display())
        .with("tls.key", data("localhost.key").display())
        .with("tls.client_authorities", data("localhost.crt").display())
        .start()
        .await
        .unwrap();
    // In TLS 1.3 the client learns of it with its first call.
    let answer = match channel(&suite).await {
        Err(_) => return suite.stop().await.unwrap(),
        Ok(channel) => raw::unary(&channel, GET, request(&suite)).await,
    };
    assert!(answer.is_err());
    suite.stop().await.unwrap();
}
