//! Drafts for the department's approval, where the pack asks for it and the complaint is formal (CMP-16, Q21).
//!
//! Approval is bound to the digest of the text. A new draft takes the place of the old one and voids its approval. Waiting
//! stops no clock (Q9).

use redress_kernel::{Checks, Decision};
use redress_policy::{Pack, pack::DraftApproval};

use super::{Decided, conflict, guard, refused};
use crate::{
    Digest, LetterId, Refusal,
    complaint::{
        Case, CommandKind, Context, Draft, DraftDecision, Drafting, Event, File, LetterKind, LetterStanding,
        Outcome, StageName, Work,
    },
    refusal::field,
};

/// The approval that a draft of this complaint needs; none where the pack's guidance asks for none.
pub(super) fn approval<'a>(file: &File, pack: &'a Pack) -> Result<Option<&'a DraftApproval>, Refusal> {
    let rule = pack.rules.draft_approval.known(&pack.reference, "draft_approval")?;
    Ok(rule.map(|sourced| &sourced.value).filter(|rule| file.formal || !rule.formal_only))
}

/// The kind of letter that answers `work`.
pub(super) fn answer(file: &File, work: &Work) -> LetterKind {
    if work.stage_number >= file.procedure.last_stage() {
        LetterKind::FinalResponse
    } else {
        LetterKind::StageResponse
    }
}

pub(super) fn submit(
    case: &Case,
    letter: LetterId,
    kind: LetterKind,
    digest: &Digest,
    outcome: Outcome,
    context: &Context<'_>,
) -> Decided {
    guard(case, CommandKind::SubmitDraft)?;
    let Some(work) = case.stage.work() else {
        return Err(refused(case, CommandKind::SubmitDraft, super::allowed(CommandKind::SubmitDraft)));
    };
    let mut checks = Checks::default();
    // What is with the examiner, or came back from it, ends in a final response.
    let examined = case.file.run > 1 || case.stage.name() == StageName::WithIce;
    let wanted = if examined { LetterKind::FinalResponse } else { answer(&case.file, work) };
    checks.require(
        kind == wanted,
        "kind",
        field::NOT_ALLOWED,
        "must be a stage response before the last stage, and a final response at the last and after the examiner",
    );
    checks.done()?;
    let citation = context.pack.stated(&context.pack.rules.draft_approval, "CMP-16");
    if approval(&case.file, context.pack)?.is_none() {
        return Err(Refusal::ApprovalNotNeeded { citation: Box::new(citation) });
    }
    if case.file.letter(letter).is_some() {
        return Err(Refusal::AlreadyThere { name: letter.name() });
    }
    let draft = Draft { letter, kind, digest: digest.clone(), outcome };
    let supersedes = work.drafting.draft().map(|earlier| earlier.letter);
    let event = Event::DraftSubmitted { draft, stage_number: work.stage_number, supersedes };
    Ok(Decision::one(event, vec![citation]))
}

pub(super) fn decide(
    case: &Case,
    letter: LetterId,
    digest: &Digest,
    decision: DraftDecision,
    commented: bool,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.require(
        decision == DraftDecision::Approve || commented,
        "comment",
        field::REQUIRED,
        "must say what to rework",
    );
    checks.done()?;
    let on_file = case.file.letter(letter).ok_or_else(|| Refusal::NotFound { name: letter.name() })?;
    let allowed = &[StageName::DraftPendingApproval];
    if matches!(on_file.standing, LetterStanding::Issued { .. }) {
        let conflict = Box::new(conflict(case, CommandKind::DecideDraft, allowed));
        return Err(Refusal::Immutable { letter, conflict });
    }
    guard(case, CommandKind::DecideDraft)?;
    let Some(Work { drafting: Drafting::Pending(draft), .. }) = case.stage.work() else {
        return Err(refused(case, CommandKind::DecideDraft, allowed));
    };
    let citation = context.pack.stated(&context.pack.rules.draft_approval, "CMP-16");
    if draft.letter != letter || draft.digest != *digest {
        return Err(Refusal::ApprovalDigestMismatch { letter: draft.letter, citation: Box::new(citation) });
    }
    let event = match decision {
        DraftDecision::Approve => {
            Event::DraftApproved { letter, digest: digest.clone(), by: context.actor.clone() }
        }
        DraftDecision::Rework => Event::DraftReturned { letter },
    };
    Ok(Decision::one(event, vec![citation]))
}
