//! Where the bytes of an object come from: a file that a thread reads, or the answer of a bucket that is waited for.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
};

use bytes::{Bytes, BytesMut};
use futures::{StreamExt as _, stream::BoxStream};
use object_store::{GetResult, GetResultPayload};
use tokio::task::spawn_blocking;

use super::{BlobFault, cipher::HEADER, fault, opening::PIECE};

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

    /// The next bytes as they are stored: of a file a piece, of a bucket what came; nothing at the end.
    pub(super) async fn piece(self) -> Result<Option<(Self, Bytes)>, BlobFault> {
        match self {
            Self::Stream(mut parts) => {
                let part = parts.next().await.transpose()?;
                Ok(part.map(|part| (Self::Stream(parts), part)))
            }
            Self::File(file) => {
                let read = spawn_blocking(move || {
                    let mut piece = Vec::with_capacity(PIECE);
                    (&file).take(PIECE as u64).read_to_end(&mut piece).map(|_| (file, piece))
                });
                let (file, piece) = read.await.map_err(fault::cut_off)?.map_err(|error| fault::io(&error))?;
                Ok((!piece.is_empty()).then(|| (Self::File(file), piece.into())))
            }
        }
    }

    /// Takes the header off, which is shorter than it should be where the object ends in it; what came with it is third.
    pub(super) async fn header(self) -> Result<(Self, BytesMut, BytesMut), BlobFault> {
        let mut held = BytesMut::new();
        let source = match self {
            Self::Stream(mut parts) => {
                gather(&mut parts, &mut held, HEADER).await?;
                Self::Stream(parts)
            }
            Self::File(file) => {
                let read = spawn_blocking(move || {
                    let mut header = Vec::with_capacity(HEADER);
                    (&file).take(HEADER as u64).read_to_end(&mut header).map(|_| (file, header))
                });
                let (file, header) =
                    read.await.map_err(fault::cut_off)?.map_err(|error| fault::io(&error))?;
                held.extend_from_slice(&header);
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
    held: &mut BytesMut,
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
