//! Where the bytes of an object come from: a file that a thread reads, or the answer of a bucket that is waited for.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
};

use bytes::Bytes;
use futures::{StreamExt as _, stream::BoxStream};
use object_store::{GetResult, GetResultPayload};
use tokio::task::spawn_blocking;

use super::{BlobFault, cipher::HEADER, fault};

pub(super) enum Source {
    /// A file of a folder.
    File(File),
    /// A bucket's answer.
    Stream(BoxStream<'static, object_store::Result<Bytes>>),
}

impl Source {
    /// What the store gave. The store's own stream of a file asks a thread for every 8 KiB, so files are read here.
    pub(super) fn of(result: GetResult) -> Result<Self, BlobFault> {
        match result.payload {
            GetResultPayload::File(mut file, _) => {
                file.seek(SeekFrom::Start(result.range.start)).map_err(|error| fault::io(&error))?;
                Ok(Self::File(file))
            }
            GetResultPayload::Stream(parts) => Ok(Self::Stream(parts)),
        }
    }

    /// Takes the header off, which is shorter than it should be where the object ends in it; what came with it is third.
    pub(super) async fn header(self) -> Result<(Self, Vec<u8>, Vec<u8>), BlobFault> {
        let mut held = Vec::new();
        let source = match self {
            Self::Stream(mut parts) => {
                gather(&mut parts, &mut held, HEADER).await?;
                Self::Stream(parts)
            }
            Self::File(mut file) => {
                let read = spawn_blocking(move || fill(&mut file, &mut held, HEADER).map(|_| (file, held)));
                let (file, header) =
                    read.await.map_err(fault::cut_off)?.map_err(|error| fault::io(&error))?;
                held = header;
                Self::File(file)
            }
        };
        let rest = held.split_off(held.len().min(HEADER));
        Ok((source, held, rest))
    }
}

/// Waits until `enough` is held; says whether the object ended before.
pub(super) async fn gather(
    parts: &mut BoxStream<'static, object_store::Result<Bytes>>,
    held: &mut Vec<u8>,
    enough: usize,
) -> Result<bool, BlobFault> {
    while held.len() < enough {
        match parts.next().await {
            Some(part) => held.extend_from_slice(&part?),
            None => return Ok(true),
        }
    }
    Ok(false)
}

/// Reads until `enough` is held; says whether the file ended before.
pub(super) fn fill(file: &mut File, held: &mut Vec<u8>, enough: usize) -> io::Result<bool> {
    let mut filled = held.len();
    held.resize(enough.max(filled), 0);
    while filled < enough {
        match file.read(&mut held[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    held.truncate(filled);
    Ok(filled < enough)
}
