//! Who works under whom in a supply chain: dated links between organisations, the tree that holds on a day, and who sees
//! whose work because of it.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::noun::{OrganisationId, SupplyChainLinkId};

/// One organisation working under another for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The link.
    pub id: SupplyChainLinkId,
    /// The organisation above.
    pub parent: OrganisationId,
    /// The subcontractor.
    pub subcontractor: OrganisationId,
    /// First day.
    pub effective_on: Date,
    /// Last day; none while it runs.
    pub end_on: Option<Date>,
}

/// A member of a chain on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The tier: 0 is the prime, 1 works under it.
    pub tier: u8,
    /// The organisation directly above; none for the prime.
    pub parent: Option<OrganisationId>,
}

/// The members of a chain on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members(BTreeMap<OrganisationId, Member>);

impl Link {
    /// Whether it holds on `on`.
    pub fn in_force_on(&self, on: Date) -> bool {
        self.effective_on <= on && self.end_on.is_none_or(|end| on <= end)
    }

    /// Whether it shares a day with `other`.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.effective_on <= other.end_on.unwrap_or(Date::MAX)
            && other.effective_on <= self.end_on.unwrap_or(Date::MAX)
    }
}

impl Members {
    /// Those of the chain under `holder` on a day: the prime, and everyone whom links in force on that day join to it.
    pub fn on(holder: OrganisationId, links: &[Link], on: Date) -> Self {
        let mut members = BTreeMap::from([(holder, Member { tier: 0, parent: None })]);
        let mut reached = vec![(holder, 0_u8)];
        while let Some((parent, tier)) = reached.pop() {
            for link in links.iter().filter(|link| link.parent == parent && link.in_force_on(on)) {
                let below = tier.saturating_add(1);
                // The first way in holds; the rules leave no second one, and no circle can keep this going.
                if let Entry::Vacant(place) = members.entry(link.subcontractor) {
                    place.insert(Member { tier: below, parent: Some(parent) });
                    reached.push((link.subcontractor, below));
                }
            }
        }
        Self(members)
    }

    /// Whether `organisation` belongs to the chain.
    pub fn contains(&self, organisation: OrganisationId) -> bool {
        self.0.contains_key(&organisation)
    }

    /// The place of `organisation`.
    pub fn get(&self, organisation: OrganisationId) -> Option<Member> {
        self.0.get(&organisation).copied()
    }

    /// Every member with its place.
    pub fn iter(&self) -> impl Iterator<Item = (OrganisationId, Member)> {
        self.0.iter().map(|(organisation, member)| (*organisation, *member))
    }

    /// Those above `organisation`, the nearest first; empty for the prime and for those outside.
    pub fn ancestors(&self, organisation: OrganisationId) -> Vec<OrganisationId> {
        let mut above = Vec::new();
        let mut next = self.get(organisation).and_then(|member| member.parent);
        while let Some(parent) = next {
            above.push(parent);
            next = self.get(parent).and_then(|member| member.parent);
        }
        above
    }

    /// Those who may see what `organisation` does: itself and everyone above it.
    pub fn visible_to(&self, organisation: OrganisationId) -> Vec<OrganisationId> {
        let mut viewers = vec![organisation];
        viewers.extend(self.ancestors(organisation));
        viewers
    }
}

/// That one organisation sees what another works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sight {
    /// Who sees.
    pub viewer: OrganisationId,
    /// Whose work.
    pub below: OrganisationId,
}

impl Sight {
    /// Who sees whom while there is nobody below the prime: each itself, and those outside the chain, such as the department
    /// and Jobcentre Plus, the prime.
    pub fn at_first(holder: OrganisationId, outside: &[OrganisationId]) -> BTreeSet<Self> {
        let see = |viewer: &OrganisationId| {
            [Self { viewer: *viewer, below: *viewer }, Self { viewer: *viewer, below: holder }]
        };
        outside.iter().flat_map(see).chain([Self { viewer: holder, below: holder }]).collect()
    }

    /// Everything that someone outside the chain comes to see who is told late: the prime, and everyone who was ever under it.
    pub fn from_outside(viewer: OrganisationId, holder: OrganisationId, links: &[Link]) -> BTreeSet<Self> {
        let seen = links.iter().flat_map(|link| Self::through(link, holder, links, &[viewer]));
        let mut found = Self::at_first(holder, &[viewer]);
        found.extend(seen.filter(|sight| sight.viewer == viewer));
        found
    }

    /// Who comes to see what through a link that is among `links`: on each of its days, everyone above the subcontractor sees
    /// it and everyone below it; those outside see the whole chain. Nothing is ever taken away again.
    pub fn through(
        link: &Link,
        holder: OrganisationId,
        links: &[Link],
        outside: &[OrganisationId],
    ) -> BTreeSet<Self> {
        // The tree changes only on the first day of some link.
        let firsts = links.iter().map(|other| other.effective_on).filter(|day| link.in_force_on(*day));
        let mut found = BTreeSet::new();
        for day in firsts {
            let members = Members::on(holder, links, day);
            for (below, _) in members.iter() {
                let viewers = members.visible_to(below);
                if viewers.contains(&link.subcontractor) {
                    let viewers = viewers.into_iter().chain(outside.iter().copied());
                    found.extend(viewers.map(|viewer| Self { viewer, below }));
                }
            }
        }
        found
    }
}
