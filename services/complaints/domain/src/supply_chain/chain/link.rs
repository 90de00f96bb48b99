//! Adding and ending links. The organisation above does it, or the department; never the one below (R10).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision, Violation};

use super::{Chain, Context, DEEPEST_TIER, Event, Link};
use crate::{OrganisationId, Refusal, SupplyChainLinkId, refusal::field};

pub(super) fn add(chain: &Chain, link: Link, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    if let Some(end_on) = link.end_on {
        checks.not_before("link.end_on", end_on, link.effective_on, "the first day of the link");
    }
    checks.require(
        context.subcontractor_is_provider,
        "link.subcontractor",
        field::NOT_ALLOWED,
        "must be a provider that was recorded",
    );
    let members = chain.at(link.effective_on);
    checks.require(
        members.contains(link.parent),
        "link.parent",
        field::NOT_IN_CHAIN,
        "must be in the chain of the contract on the first day of the link",
    );
    for violation in shape(chain, link) {
        checks.add(violation);
    }
    checks.done()?;
    authorised(chain, link.parent, link.effective_on, context)?;
    if chain.link(link.id).is_some() {
        return Err(Refusal::AlreadyThere { name: link.id.name() });
    }
    let tier = members.get(link.parent).map_or(1, |parent| parent.tier.saturating_add(1));
    Ok(Decision::one(Event::SubcontractorAdded { link, tier }, vec![Citation::own("XCT-06")]))
}

pub(super) fn end(
    chain: &Chain,
    id: SupplyChainLinkId,
    end_on: Date,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let link = chain.link(id).ok_or_else(|| Refusal::NotFound { name: id.name() })?;
    let mut checks = Checks::default();
    checks.not_before("end_on", end_on, link.effective_on, "the first day of the link");
    let lengthened = Link { end_on: Some(end_on), ..*link };
    for violation in overlap(chain, lengthened, "end_on") {
        checks.add(violation);
    }
    checks.done()?;
    authorised(chain, link.parent, link.effective_on, context)?;
    if link.end_on == Some(end_on) {
        return Ok(Decision::nothing());
    }
    let event = Event::SubcontractorEnded { link: id, previous: link.end_on, end_on };
    Ok(Decision::one(event, vec![Citation::own("XCT-06").with("end_on", end_on)]))
}

/// The parent itself, whoever stands above it on that day, the department, or the suite.
fn authorised(chain: &Chain, parent: OrganisationId, on: Date, context: &Context<'_>) -> Result<(), Refusal> {
    let Some(actor) = context.actor.organisation else { return Ok(()) };
    if actor == chain.commissioner || chain.at(on).visible_to(parent).contains(&actor) {
        return Ok(());
    }
    Err(Refusal::NotAboveInChain)
}

/// R8: no circle and no chain deeper than ten tiers, on any day of the link.
fn shape(chain: &Chain, link: Link) -> Vec<Violation> {
    let mut found = overlap(chain, link, "link.subcontractor");
    let mut with = chain.clone();
    with.links.push(link);
    // The tree changes only on the first day of some link; between those days it holds still.
    let days = chain.links.iter().map(|other| other.effective_on).filter(|day| link.in_force_on(*day));
    let days: Vec<Date> = days.chain([link.effective_on]).collect();
    if days.iter().any(|day| circles(chain, link, *day)) {
        found.push(Violation::new(
            "link.parent",
            field::CYCLE,
            "must not stand below the subcontractor: an organisation cannot come to stand above itself",
        ));
    } else if days.iter().any(|day| with.at(*day).iter().any(|(_, member)| member.tier > DEEPEST_TIER)) {
        found.push(Violation::new(
            "link.parent",
            field::DEPTH,
            "must leave the chain at most ten tiers deep",
        ));
    }
    found
}

fn circles(chain: &Chain, link: Link, on: Date) -> bool {
    let mut seen = Vec::new();
    let mut next = Some(link.parent);
    while let Some(organisation) = next {
        if organisation == link.subcontractor {
            return true;
        }
        if seen.contains(&organisation) {
            return false;
        }
        seen.push(organisation);
        let above =
            chain.links.iter().find(|other| other.subcontractor == organisation && other.in_force_on(on));
        next = above.map(|other| other.parent);
    }
    false
}

/// A subcontractor has one place in a chain at a time, so that everyone has one tier.
fn overlap(chain: &Chain, link: Link, field: &'static str) -> Vec<Violation> {
    let place = |other: &&Link| other.id != link.id && other.subcontractor == link.subcontractor;
    let taken = chain.links.iter().filter(place).any(|other| other.overlaps(&link));
    if taken || link.subcontractor == chain.holder {
        let reason = if link.subcontractor == chain.holder { field::CYCLE } else { field::OVERLAP };
        let description = "must have no other place in the chain of the contract on the days of the link";
        return vec![Violation::new(field, reason, description)];
    }
    Vec::new()
}
