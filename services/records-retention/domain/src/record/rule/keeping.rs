//! What happens to a record while it is kept, up to the order to destroy it.

use redress_kernel::{Checks, Citation, Decision};

use super::super::{Context, Event, File, Order, Part, Term, disposable, due, retention};
use crate::{ParticipantId, Payment, Refusal, payment::News, refusal::field};

/// The most parts, and the most payments, that a record takes.
const MOST: usize = 500;

/// What is added late shares everything with the record (L36). The dates do not move: they hang on the record alone.
pub(super) fn add_part(file: &File, part: &Part, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    // The same thing again, from a feed that repeats itself.
    let there = |known: &&Part| known.holder == part.holder && known.subject == part.subject;
    if !part.subject.is_empty() && file.parts.iter().any(|known| there(&known)) {
        return Ok(Decision::nothing());
    }
    let mut checks = Checks::default();
    checks.require(
        file.anonymised.is_none(),
        "name",
        field::NOT_ALLOWED,
        "must not be a set of anonymised reports: what is added to it would not have been judged",
    );
    checks.done()?;
    if file.parts.len() >= MOST {
        return Err(Refusal::TooMany { record: file.id });
    }
    let basis = match retention(file, context)? {
        Term::Ends { last, .. } => last.citation,
        Term::None(_) => Citation::own("RET-14"),
    };
    Ok(Decision::one(Event::PartAdded(part.clone()), vec![basis]))
}

/// Whose case something came with or followed from is learned once, and after its birth where the news of it came first. From then on
/// it is held with everything about the person (RET-07), and a request of theirs to be erased reaches it (RET-10).
pub(super) fn attribute(file: &File, participant: ParticipantId) -> Decision<Event> {
    match file.participant {
        Some(_) => Decision::nothing(),
        None => Decision::one(Event::RecordAttributed { participant }, vec![Citation::own("RET-07")]),
    }
}

/// News of a payment, late or corrected (RET-03, A0 7.12; Q12).
pub(super) fn record_payment(
    file: &File,
    payment: &Payment,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.require(
        file.class.is_report(),
        "name",
        field::NOT_ALLOWED,
        "must be a report; nothing else is kept from its payment",
    );
    checks.not_future("payment.received_on", payment.received_on, context.today);
    checks.done()?;
    match file.payments.news(payment) {
        News::Known => Ok(Decision::nothing()),
        News::Contradicts => {
            Err(Refusal::NewsContradicts { payment: payment.id, revision: payment.revision })
        }
        News::Counts if file.payments.len() >= MOST => Err(Refusal::TooMany { record: file.id }),
        News::Counts => Ok(Decision::one(Event::PaymentRecorded(*payment), vec![Citation::own("RET-03")])),
    }
}

/// What the passing of time has done: the term ended, or a completed report is still not paid for.
pub(super) fn look(file: &File, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let (mut events, mut because) = (Vec::new(), Vec::new());
    if let Term::Ends { last, due_from } = retention(file, context)?
        && context.today >= due_from
        && file.fell_due_on != Some(last.due_on)
    {
        events.push(Event::RecordFellDue { due_on: last.due_on, held: context.is_held(file) });
        because.push(last.citation);
    }
    if let Some(due_on) = due::unpaid(file, context)?.filter(|due_on| context.today > *due_on) {
        events.push(Event::ReportUnpaid { due_on });
        because.push(Citation::own("RET-03"));
    }
    if let Some(due_on) = due::review(file, context)?.filter(|due_on| context.today >= *due_on) {
        events.push(Event::AnonymityReviewDue { due_on });
        because.push(Citation::own("RET-13"));
    }
    Ok(Decision { events, because })
}

/// A person judged again whether a set is anonymous, with the means that are now likely to be used (RET-13).
pub(super) fn review_anonymity(
    file: &File,
    still_anonymous: bool,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.require(
        file.anonymised.is_some(),
        "name",
        field::NOT_ALLOWED,
        "must be a set of anonymised reports; nothing else is judged so",
    );
    checks.done()?;
    let event = Event::AnonymityReviewed { on: context.today, still_anonymous };
    Ok(Decision::one(event, vec![Citation::own("RET-13")]))
}

/// The order to destroy. Whatever was judged before is judged again here, in the transaction of the order (RET-14, L34).
pub(super) fn order(file: &File, order: &Order, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    if order.proposed_by == order.approved_by {
        return Err(Refusal::SamePerson { subject: order.disposal.into() });
    }
    let found = disposable(file, order.method, context)?;
    let rule = found.last.citation;
    let mut events = vec![Event::DisposalOrdered {
        order: order.clone(),
        due_on: found.last.due_on,
        rule: rule.clone(),
        ordered_on: context.today,
    }];
    // Nothing lies anywhere: there is nobody to wait for.
    if file.parts.is_empty() {
        events.push(Event::RecordDestroyed { destroyed_on: context.today });
    }
    Ok(Decision { events, because: vec![rule, Citation::own("RET-14")] })
}
