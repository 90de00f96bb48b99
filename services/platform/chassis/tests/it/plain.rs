//! A client that knows HTTP/1.1 and nothing else.

use redress_chassis::auth::Identity;
use redress_testkit::Suite;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|fault| panic!("{fault}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Posts `body` to `path`, and reads until the server hangs up.
pub(crate) async fn post(suite: &Suite, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(suite.running().address()).await.unwrap();
    let lines: String = headers.iter().map(|(name, value)| [name, ": ", value, "\r\n"].concat()).collect();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: redress\r\nconnection: close\r\n{lines}content-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut whole = Vec::new();
    stream.read_to_end(&mut whole).await.unwrap();
    read(&whole)
}

/// Posts as `identity`, in this media type.
pub(crate) async fn post_as(
    suite: &Suite,
    identity: &Identity,
    path: &str,
    kind: &str,
    body: &[u8],
) -> Answer {
    let token = format!("Bearer {}", suite.token(identity).unwrap());
    post(suite, path, &[("content-type", kind), ("authorization", &token)], body).await
}

fn read(whole: &[u8]) -> Answer {
    let end = whole.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(whole[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let mut answer = Answer { status, head, body: whole[end + 4..].to_vec() };
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = joined(&answer.body);
    }
    answer
}

fn joined(mut chunked: &[u8]) -> Vec<u8> {
    let mut joined = Vec::new();
    while let Some(line) = chunked.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&chunked[..line]).unwrap(), 16).unwrap();
        joined.extend_from_slice(&chunked[line + 2..line + 2 + length]);
        chunked = &chunked[line + 4 + length..];
    }
    joined
}
