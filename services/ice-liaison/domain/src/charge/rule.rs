//! What each command on a charge demands.

use jiff::civil::Date;
use redress_kernel::{Checks, Decision};
use redress_policy::{
    Sourced,
    pack::{Charge, ChargeWording},
};

use super::{Command, Context, Event, Excused, Raised, State, Upheld};
use crate::{
    ChargeId, IceYear, PostingId, Refusal,
    examination::Outcome,
    ledger::{self, Account, PostingKind},
    refusal::field,
};

type Decided = Result<Decision<Event>, Refusal>;

pub(super) fn decide(state: &State, command: &Command, context: &Context<'_>) -> Decided {
    match (state, command) {
        (State::Undecided, Command::Raise { id, posting, pence, authority, posted_on }) => {
            raise((*id, *posting), *pence, authority.as_deref(), *posted_on, context)
        }
        (State::Undecided, Command::Excuse { id, authority }) => excuse(*id, authority, context),
        // One charge for a case, whoever asks and however many at once (I26).
        (
            State::Raised(Raised { id, .. }) | State::Excused(Excused { id, .. }),
            Command::Raise { .. } | Command::Excuse { .. },
        ) => Err(Refusal::AlreadyThere { name: id.name() }),
        (State::Undecided, Command::Pay { .. } | Command::Reverse { .. }) => {
            Err(Refusal::NotFound { name: "charges".to_owned() })
        }
        (State::Raised(raised), Command::Pay { posting, pence, posted_on }) => {
            pay(raised, *posting, *pence, *posted_on, context)
        }
        (State::Raised(raised), Command::Reverse { posting, pence, authority, posted_on }) => {
            reverse(raised, *posting, (*pence, *posted_on), authority, context)
        }
        (State::Excused(Excused { id, upheld, .. }), Command::Pay { .. } | Command::Reverse { .. }) => {
            Err(Refusal::ChargeNotDue {
                examination: upheld.examination,
                citation: Box::new(redress_kernel::Citation::own("ICE-10").with("charge", id.name())),
            })
        }
    }
}

/// The guidance's charge, and what was upheld; refused where either is missing.
fn grounds<'a>(context: &Context<'a>) -> Result<(&'a Sourced<Charge>, Upheld), Refusal> {
    let upheld = context.upheld.ok_or_else(|| Refusal::NotFound { name: "examinations".to_owned() })?;
    let pack = context.pack;
    let not_due = || Refusal::ChargeNotDue {
        examination: upheld.examination,
        citation: Box::new(
            pack.stated(&pack.rules.ice_charge, "ICE-10").with("outcome", upheld.outcome.as_str()),
        ),
    };
    let rule = pack.rules.ice_charge.known(&pack.reference, "ice_charge")?.ok_or_else(not_due)?;
    match upheld.outcome {
        Outcome::NotUpheld => Err(not_due()),
        Outcome::Upheld | Outcome::PartiallyUpheld => Ok((rule, upheld)),
    }
}

/// ICE-10, J0 7.05, A0 7.06: £5,000 by the pack for what ICE upheld at investigation. Q10: in part only by a decision.
fn raise(
    (id, posting): (ChargeId, PostingId),
    pence: u64,
    authority: Option<&str>,
    posted_on: Date,
    context: &Context<'_>,
) -> Decided {
    let (rule, upheld) = grounds(context)?;
    let mut checks = Checks::default();
    amount(&mut checks, pence, rule.value.pence);
    period(&mut checks, posted_on, upheld.decided_on, context);
    checks.done()?;
    let citation = context.pack.cite(&rule.source).with("outcome", upheld.outcome.as_str());
    let decided = upheld.outcome == Outcome::Upheld || context.pack.practice.charge_partially_upheld.value;
    if !decided && authority.is_none() {
        return Err(Refusal::ChargeDecisionNeeded {
            examination: upheld.examination,
            citation: Box::new(citation),
        });
    }
    let first_month = IceYear::first_month(context.pack);
    ledger::open(posted_on, first_month, context.closed_years)?;
    // Q24: the year after the one of ICE's decision, where the guidance says so.
    let year = IceYear::containing(upheld.decided_on, first_month);
    let funding_year = if rule.value.funds_following_year { year.next() } else { year };
    let mut raised = Raised {
        id,
        upheld,
        pence,
        funding_year,
        authority: authority.map(str::to_owned),
        postings: Vec::new(),
        reversed_by: None,
    };
    let (owes, funds) = (Account::Receivable(upheld.liable), Account::Funding(funding_year));
    raised.postings.push(raised.post(posting, PostingKind::Charge, owes, funds, (pence, posted_on)));
    let because = citation.with("decided_on", upheld.decided_on).with("funding_year", funding_year);
    Ok(Decision::one(Event::ChargeRaised(Box::new(raised)), vec![because]))
}

/// A0 7.06 recovers "under normal circumstances"; J0 7.05 knows no other. What was upheld only in part was never charged
/// by itself, so that deciding against it needs no such words (Q10).
fn excuse(id: ChargeId, authority: &str, context: &Context<'_>) -> Decided {
    let (rule, upheld) = grounds(context)?;
    let mut checks = Checks::default();
    checks.require(!authority.is_empty(), "authority", field::REQUIRED, "must name who has the authority");
    checks.done()?;
    let citation = context.pack.cite(&rule.source).with("outcome", upheld.outcome.as_str());
    let may = match rule.value.wording {
        ChargeWording::UnderNormalCircumstances => true,
        ChargeWording::Will | ChargeWording::Reported => upheld.outcome == Outcome::PartiallyUpheld,
    };
    if !may {
        return Err(Refusal::ExcuseNotInGuidance { citation: Box::new(citation) });
    }
    let excused = Excused {
        id,
        upheld,
        pence: rule.value.pence,
        authority: authority.to_owned(),
        decided_on: context.today,
    };
    Ok(Decision::one(Event::ChargeExcused(Box::new(excused)), vec![citation]))
}

fn pay(raised: &Raised, id: PostingId, pence: u64, posted_on: Date, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.require(pence > 0, "amount", field::REQUIRED, "must be more than nothing");
    period(&mut checks, posted_on, raised.upheld.decided_on, context);
    checks.done()?;
    if raised.is_reversed() {
        return Err(Refusal::AlreadyReversed { charge: raised.id });
    }
    let balance = raised.balance();
    if i64::try_from(pence).map_or(true, |pence| pence > balance) {
        return Err(Refusal::ExceedsBalance { charge: raised.id, balance });
    }
    ledger::open(posted_on, IceYear::first_month(context.pack), context.closed_years)?;
    let owes = Account::Receivable(raised.upheld.liable);
    let posting = raised.post(id, PostingKind::Payment, Account::Cash, owes, (pence, posted_on));
    Ok(Decision::one(
        Event::PaymentRecorded(posting),
        vec![context.pack.stated(&context.pack.rules.ice_charge, "ICE-10")],
    ))
}

/// I29: the whole charge and once; a part of it, or more than it, is no contra entry of it.
fn reverse(
    raised: &Raised,
    id: PostingId,
    (pence, posted_on): (u64, Date),
    authority: &str,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.require(!authority.is_empty(), "authority", field::REQUIRED, "must name who has the authority");
    if pence < raised.pence {
        amount(&mut checks, pence, raised.pence);
    }
    period(&mut checks, posted_on, raised.upheld.decided_on, context);
    checks.done()?;
    if raised.is_reversed() {
        return Err(Refusal::AlreadyReversed { charge: raised.id });
    }
    if pence > raised.pence {
        return Err(Refusal::ExceedsOriginal { charge: raised.id, pence: raised.pence });
    }
    ledger::open(posted_on, IceYear::first_month(context.pack), context.closed_years)?;
    let (funds, owes) = (Account::Funding(raised.funding_year), Account::Receivable(raised.upheld.liable));
    let posting = raised.post(id, PostingKind::Reversal, funds, owes, (pence, posted_on));
    let event = Event::ChargeReversed { posting, authority: authority.to_owned() };
    Ok(Decision::one(event, vec![context.pack.stated(&context.pack.rules.ice_charge, "ICE-10")]))
}

/// I25: neither pounds taken for pence nor anything else than the guidance's amount.
fn amount(checks: &mut Checks, pence: u64, charge: u64) {
    let description = format!("must be the charge of the guidance, {charge} pence");
    checks.require(pence == charge, "amount", field::MUST_EQUAL_CHARGE, &description);
}

fn period(checks: &mut Checks, posted_on: Date, decided_on: Date, context: &Context<'_>) {
    checks.not_future("posted_on", posted_on, context.today);
    checks.not_before("posted_on", posted_on, decided_on, "the day of the decision");
}
