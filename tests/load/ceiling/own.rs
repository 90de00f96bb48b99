//! This program once more, as a server with nothing in it.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use anyhow::Context as _;
use tonic::transport::{Channel, Endpoint};

/// A process that serves on an address that it printed, until this is dropped.
pub(crate) struct Own {
    child: Child,
    address: String,
}

impl Own {
    pub(crate) fn start<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> anyhow::Result<Self> {
        let mut child =
            Command::new(std::env::current_exe()?).args(arguments).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("the server says nothing")?;
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address)?;
        Ok(Self { child, address: format!("http://{}", address.trim()) })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) async fn connect(&self) -> anyhow::Result<Channel> {
        Ok(Endpoint::from_shared(self.address.clone())?.connect().await?)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
