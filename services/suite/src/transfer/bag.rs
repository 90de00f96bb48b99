//! An evidence bag comes down in one go: what broke off is asked for again and is the same from its first byte.

use std::path::Path;

use futures::StreamExt as _;
use redress_proto::ice_liaison::v1::{
    BuildEvidenceBagRequest, EvidenceBag, evidence_bag_service_client::EvidenceBagServiceClient,
};

use super::{download::Partial, progress};
use crate::client::{Failure, Link};

/// Saves a bag, and says what it is.
pub async fn save_bag(
    link: &Link,
    question: BuildEvidenceBagRequest,
    place: &Path,
) -> Result<EvidenceBag, Failure> {
    let mut parts = link
        .open(question, async |stub, request| {
            EvidenceBagServiceClient::new(stub).build_evidence_bag(request).await
        })
        .await
        .map_err(|status| link.failure(&status))?;
    let mut file = Partial::beside(place).await?;
    let (mut bag, mut size) = (EvidenceBag::default(), 0_i64);
    let bar = progress::bar("receiving", 0);
    while let Some(part) = parts.next().await {
        let part = part.map_err(|status| link.failure(&status))?;
        if let Some(told) = part.bag {
            bar.set_length(u64::try_from(told.size_bytes).unwrap_or_default());
            bag = told;
        }
        file.add(&part.chunk).await?;
        size = size.saturating_add(i64::try_from(part.chunk.len()).unwrap_or(i64::MAX));
        bar.set_position(u64::try_from(size).unwrap_or_default());
    }
    bar.finish_and_clear();
    if size != bag.size_bytes {
        return Err(Failure::Unsound(format!("{size} of {} bytes of the bag came", bag.size_bytes)));
    }
    file.finish(None).await?;
    Ok(bag)
}
