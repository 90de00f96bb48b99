//! All papers to ICE (ICE-07, A0 7.05, J0 7.05): every paper on the complaint is included, or withheld with the one ground
//! there is and the authority for it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use redress_kernel::{Checks, Decision, Violation};

use super::{Decided, gateway::moved, guard, letter, record};
use crate::{
    CaseRecord, PaperRef, Refusal,
    examination::{Case, CommandKind, Context, Event, Evidence, LetterKind},
    paper::{Included, Paper, Standing, Withheld},
    refusal::field,
};

pub(super) fn send(
    case: &Case,
    (sent_on, after_noon): (Date, bool),
    included: &[Included],
    withheld: &[Withheld],
    context: &Context<'_>,
) -> Decided {
    let record = record(case, context)?;
    let mut checks = Checks::default();
    moved(&mut checks, "sent_on", sent_on, case, context);
    let mut named = BTreeSet::new();
    for (at, item) in included.iter().enumerate() {
        let place = format!("included[{at}]");
        look_up(&mut checks, &place, item.paper, record, &mut named);
        if let (Some(read), Some(paper)) = (&item.digest, find(record, item.paper))
            && *read != paper.digest
        {
            let description = "must be the digest that the paper has now; read the list again";
            checks.add(Violation::new(format!("{place}.sha256"), field::DIGEST_MISMATCH, description));
        }
    }
    for (at, item) in withheld.iter().enumerate() {
        look_up(&mut checks, &format!("withheld[{at}]"), item.paper, record, &mut named);
    }
    checks.done()?;
    guard(case, CommandKind::SendEvidence)?;
    let because = context.pack.stated(&context.pack.rules.evidence_on_request, "ICE-07");
    // What was destroyed is accounted for by its tombstone; nobody has to say why it is not sent.
    let on_file = record.papers.iter().filter(|paper| paper.standing != Standing::Destroyed);
    let missing: Vec<PaperRef> =
        on_file.map(|paper| paper.paper).filter(|paper| !named.contains(paper)).collect();
    if !missing.is_empty() {
        return Err(Refusal::BundleIncomplete { missing, citation: Box::new(because) });
    }
    let going = |standing: Standing| {
        let of = |item: &&Included| find(record, item.paper).is_some_and(|paper| paper.standing == standing);
        included.iter().filter(of).map(|item| item.paper).collect::<Vec<_>>()
    };
    // I16: what cannot leave the file is accounted for by withholding it, never by sending it.
    let (quarantined, destroyed) = (going(Standing::Quarantined), going(Standing::Destroyed));
    if !quarantined.is_empty() {
        return Err(Refusal::ItemQuarantined { papers: quarantined });
    }
    if !destroyed.is_empty() {
        return Err(Refusal::ItemDestroyed { papers: destroyed });
    }
    let pinned = included.iter().map(|item| Included {
        paper: item.paper,
        digest: find(record, item.paper).map(|paper| paper.digest.clone()),
    });
    let evidence = Evidence { sent_on, included: pinned.collect(), withheld: withheld.to_vec() };
    let mut events = vec![Event::EvidenceDelivered(evidence)];
    events.extend(letter::answers(case, LetterKind::EvidenceRequest, (sent_on, after_noon), context)?);
    Ok(Decision { events, because: vec![because.with("papers", record.papers.len())] })
}

/// Papers that support something: each on the file of the complaint, each once.
pub(super) fn on_file(checks: &mut Checks, papers: &[PaperRef], record: &CaseRecord) {
    let mut named = BTreeSet::new();
    for (at, paper) in papers.iter().enumerate() {
        look_up(checks, &format!("evidence[{at}]"), *paper, record, &mut named);
    }
}

fn look_up(
    checks: &mut Checks,
    place: &str,
    paper: PaperRef,
    record: &CaseRecord,
    named: &mut BTreeSet<PaperRef>,
) {
    let known = find(record, paper).is_some();
    checks.require(known, place, field::NOT_ON_FILE, "must be a paper on the file of this complaint");
    checks.require(named.insert(paper), place, field::DUPLICATE, "must name each paper once");
}

fn find(record: &CaseRecord, paper: PaperRef) -> Option<&Paper> {
    record.papers.iter().find(|known| known.paper == paper)
}
