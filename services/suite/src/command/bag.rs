//! Evidence bags: everything about a case in one file, for the Independent Case Examiner.

use std::path::PathBuf;

use clap::Args;
use redress_proto::ice_liaison::v1::{
    BuildEvidenceBagRequest, EvidenceBag, PreviewEvidenceBagRequest, WithheldItem, WithholdingGround,
    evidence_bag_service_client::EvidenceBagServiceClient,
};

use crate::{
    client::{Failure, resolve},
    present::bag,
    transfer,
};

use super::Session;

/// Pack everything about a case into an evidence bag; without -o it only shows what would be in it.
#[derive(Args, Debug)]
pub struct Bag {
    /// The case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// Where to save the bag
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A paper to withhold as legally privileged, or because it is quarantined, and the reference of who decided that; may
    /// be repeated
    #[arg(long, value_name = "PAPER=AUTHORITY")]
    pub withhold: Vec<String>,
}

impl Bag {
    /// Shows it, or saves it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let complaint = resolve::complaint(link, &self.case).await?;
        let withheld = self.withhold.iter().map(|text| withheld(text)).collect::<Result<Vec<_>, _>>()?;
        let question = PreviewEvidenceBagRequest { complaint: complaint.clone(), withheld: withheld.clone() };
        let previewed = link
            .ask(question, async |stub, request| {
                EvidenceBagServiceClient::new(stub).preview_evidence_bag(request).await
            })
            .await?
            .bag
            .unwrap_or_default();
        let Some(output) = self.output else { return session.answer(&previewed, bag::show) };
        // Exactly what was previewed: should the case change meanwhile, nothing is sent.
        let EvidenceBag { digest, checkpoint, .. } = previewed;
        let question = BuildEvidenceBagRequest { complaint, withheld, digest, checkpoint };
        let built = transfer::save_bag(link, question, &output).await?;
        session.answer(&built, |screen, built| {
            let file = output.display();
            format!(
                "{}\n\nsaved {file}; check it with: redress verify {file} --key '{}'",
                bag::show(screen, built),
                built.verifier_key
            )
        })
    }
}

fn withheld(text: &str) -> Result<WithheldItem, Failure> {
    let (paper, authority) = text
        .split_once('=')
        .ok_or_else(|| Failure::Usage(format!("{text} does not say on whose authority: PAPER=AUTHORITY")))?;
    Ok(WithheldItem {
        paper: paper.to_owned(),
        ground: WithholdingGround::LegalPrivilege.into(),
        authority: authority.to_owned(),
    })
}
