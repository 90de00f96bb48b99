//! The least that a server of bags does: a file is read, hashed and sent in the messages of the rpc, with nothing around it.
//!
//! It is no less than it can be: the file is read and hashed on a thread of its own while what came before is sent, as the
//! suite does it, and the client is the one that fetches the suite's bag.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::ensure;
use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use redress_proto::ice_liaison::v1::{
    BuildEvidenceBagRequest, BuildEvidenceBagResponse, PreviewEvidenceBagRequest, PreviewEvidenceBagResponse,
    evidence_bag_service_client::EvidenceBagServiceClient,
    evidence_bag_service_server::{EvidenceBagService, EvidenceBagServiceServer},
};
use tempfile::{NamedTempFile, TempPath};
use tokio::{net::TcpListener, sync::mpsc};
use tokio_stream::wrappers::{ReceiverStream, TcpListenerStream};
use tonic::{Request, Response, Status};

use super::{
    PIECE,
    served::{self, Fetched},
};
use crate::{arguments::Plan, ceiling::own::Own};

/// Pieces that are ready to be sent.
const AHEAD: usize = 2;

/// Serves `file` until it is killed. Prints where.
pub(crate) async fn serve(file: &Path) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let service = EvidenceBagServiceServer::new(Bare(file.to_owned()));
    tonic::transport::Server::builder()
        .add_service(service)
        .serve_with_incoming(TcpListenerStream::new(listener))
        .await?;
    Ok(())
}

struct Bare(PathBuf);

#[tonic::async_trait]
impl EvidenceBagService for Bare {
    type BuildEvidenceBagStream = ReceiverStream<Result<BuildEvidenceBagResponse, Status>>;

    async fn preview_evidence_bag(
        &self,
        _: Request<PreviewEvidenceBagRequest>,
    ) -> Result<Response<PreviewEvidenceBagResponse>, Status> {
        Ok(Response::new(PreviewEvidenceBagResponse::default()))
    }

    async fn build_evidence_bag(
        &self,
        _: Request<BuildEvidenceBagRequest>,
    ) -> Result<Response<Self::BuildEvidenceBagStream>, Status> {
        let (sender, receiver) = mpsc::channel(AHEAD);
        let file = File::open(&self.0)?;
        tokio::task::spawn_blocking(move || send(file, &sender));
        Ok(Response::new(ReceiverStream::new(receiver)))
    }
}

fn send(mut file: File, sender: &mpsc::Sender<Result<BuildEvidenceBagResponse, Status>>) {
    let mut hashing = Context::new(&SHA256);
    loop {
        let mut piece = vec![0; PIECE];
        let message = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                piece.truncate(count);
                hashing.update(&piece);
                Ok(BuildEvidenceBagResponse { bag: None, chunk: Bytes::from(piece) })
            }
            Err(error) => Err(error.into()),
        };
        if sender.blocking_send(message).is_err() {
            return;
        }
    }
    // Taken to its end, as a manifest needs it.
    std::hint::black_box(hashing.finish());
}

/// The server, and the file that it sends, until this is dropped.
pub(crate) struct Server {
    own: Own,
    file: TempPath,
}

impl Server {
    /// Serves a file of the bag's size.
    pub(crate) fn start(folder: &Path, plan: &Plan) -> anyhow::Result<Self> {
        let file = NamedTempFile::new_in(folder)?;
        file.as_file().set_len(plan.bag)?;
        let file = file.into_temp_path();
        super::read_hash_send(&file)?;
        Ok(Self { own: Own::start(["--bare".as_ref(), file.as_os_str()])?, file })
    }

    pub(super) async fn fetch(&self) -> anyhow::Result<Fetched> {
        ensure!(self.file.exists(), "there is nothing to send");
        let client = EvidenceBagServiceClient::new(self.own.connect().await?);
        served::fetch(client, Request::new(BuildEvidenceBagRequest::default()), || None).await
    }
}
