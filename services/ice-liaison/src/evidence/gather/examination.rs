//! What this service itself holds about the complaint: its cases with the examiner, with what was written in them.

use redress_chassis::{Call, Peer};
use redress_proto::ice_liaison::v1::{
    Examination, GetExaminationRequest, examination_service_client::ExaminationServiceClient,
};
use redress_store::Db;
use uuid::Uuid;

use super::{Destroyed, Refused, journal::Stream, tombstone};
use crate::evidence::store;

/// The streams of the cases of a complaint, and of their charges. The bags that were built of it are not among them: the
/// same bag again must be the first.
pub(super) async fn streams(db: &Db, complaint: Uuid) -> Result<Vec<Stream>, Refused> {
    let known = store::streams(db, complaint).await?;
    let stream = |(kind, id, version): (&str, Uuid, i64)| Stream {
        kind: kind.to_owned(),
        id: id.to_string(),
        told: usize::try_from(version).unwrap_or_default(),
    };
    Ok(known.into_iter().map(stream).collect())
}

/// The cases, with every text that the caller may read; and of those that were destroyed at the end of their term, by what.
pub(super) async fn examinations(
    own: &Peer,
    call: &Call,
    streams: &[Stream],
) -> Result<(Vec<Examination>, Destroyed), Refused> {
    let mut client = ExaminationServiceClient::new(own.channel());
    let (mut examinations, mut destroyed) = (Vec::new(), Destroyed::new());
    for stream in streams.iter().filter(|stream| stream.kind == "examinations") {
        let name = format!("examinations/{}", stream.id);
        let request = GetExaminationRequest { name: name.clone() };
        match client.get_examination(own.on_behalf(call, request)).await {
            Ok(examination) => examinations.push(examination.into_inner()),
            Err(status) => match tombstone(&status) {
                Some(disposal) => drop(destroyed.insert(name, disposal)),
                None => return Err(status.into()),
            },
        }
    }
    Ok((examinations, destroyed))
}
