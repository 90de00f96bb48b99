//! Issues a correction. The letter it corrects stays as it is, and so do the dates that ran from it.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, guard};
use crate::{
    Channel, Digest, LetterId, Refusal,
    complaint::{Case, CommandKind, Context, Correction, Event, LetterStanding},
    refusal::field,
};

pub(super) fn decide(
    case: &Case,
    letter: LetterId,
    corrects: LetterId,
    digest: &Digest,
    issued_on: Date,
    channel: Channel,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.of_case("issued_on", issued_on, case.file.received_on, context.today);
    let corrected = case.file.letter(corrects);
    let out_on = corrected.and_then(|letter| match letter.standing {
        LetterStanding::Issued { on, .. } => Some(on),
        LetterStanding::Draft
        | LetterStanding::Rework
        | LetterStanding::Approved
        | LetterStanding::Superseded => None,
    });
    if let Some(out_on) = out_on {
        checks.not_before("issued_on", issued_on, out_on, "the letter it corrects");
    }
    checks.require(
        corrected.is_none() || out_on.is_some(),
        "corrects",
        field::NOT_ISSUED,
        "must be a letter that is out; a draft is replaced by a new draft",
    );
    checks.done()?;
    let corrected = corrected.ok_or_else(|| Refusal::NotFound { name: corrects.name() })?;
    guard(case, CommandKind::IssueCorrection)?;
    if case.file.letter(letter).is_some() {
        return Err(Refusal::AlreadyThere { name: letter.name() });
    }
    let correction = Correction {
        letter,
        corrects,
        stage_number: corrected.stage_number,
        digest: digest.clone(),
        issued_on,
        recorded_on: context.today,
        channel,
    };
    Ok(Decision::one(Event::CorrectionIssued(correction), vec![Citation::own("CMP-07")]))
}
