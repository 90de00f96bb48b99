//! Where a contact goes: a table of each pack that is read from the top, and whose first row that fits decides.
//!
//! A table is data and no program. It is checked when it is loaded: every contact must find a row, every row must be
//! found by some contact, and where two rows fit one contact the order must be meant (see [`check`]).

mod check;
mod read;

use std::fmt;

use redress_kernel::Channel;
use serde::{Deserialize, Serialize};

use crate::{ClockKind, Source};

/// Who writes, as a table sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Writer {
    /// The participant.
    Participant,
    /// Somebody who speaks for the participant.
    Representative,
    /// An elected member of a national or international body (RTE-09).
    ElectedMember,
    /// A member of the House of Lords (RTE-16).
    Peer,
    /// Jobcentre Plus, or another system of the department (RTE-07).
    JobcentrePlus,
    /// A subcontractor that passes on what reached it.
    Subcontractor,
}

/// About whom or what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// The service of the contract holder.
    Provider,
    /// The service of a named subcontractor.
    Subcontractor,
    /// Jobcentre Plus itself.
    JobcentrePlus,
    /// The rules of the programme.
    ProgrammePolicy,
    /// Having to take part.
    Attendance,
    /// Nothing that anyone is unhappy with (CMP-20).
    Enquiry,
    /// What the examiner, the Ombudsman or a court has or had (CMP-21).
    DecidedElsewhere,
}

/// Through which door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The provider's own.
    ProviderComplaint,
    /// Both: Jobcentre Plus leads.
    Mixed,
    /// Jobcentre Plus alone.
    JobcentrePlus,
    /// Answered to the member's office.
    MemberCorrespondence,
    /// No complaint, or nobody's here to look into.
    NotAComplaint,
}

/// A set of matters, each at most once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Matter>", into = "Vec<Matter>")]
pub struct Matters(u8);

/// What a row is chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    /// Who writes.
    pub writer: Writer,
    /// About whom or what; at least one.
    pub about: Matters,
    /// How it came.
    pub channel: Channel,
}

/// The table of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routes {
    /// Its rows, in the order in which they are read.
    pub rows: Vec<Row>,
}

/// One row: when it fits, where it leads, and what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name, such as `mixed`.
    pub name: String,
    /// Writers it fits; empty for all.
    pub writers: Vec<Writer>,
    /// Groups of matters of each of which the contact must have one; empty for any contact.
    pub about: Vec<Matters>,
    /// Matters beside which the contact must have no other; empty where it may.
    pub only: Matters,
    /// Channels it fits; empty for all.
    pub channels: Vec<Channel>,
    /// Where it leads.
    pub outcome: Outcome,
    /// What a member's letter opens beside its answer.
    pub opens: Option<Outcome>,
    /// Whether it is meant to stand before rows that fit part of the same contacts and lead elsewhere.
    pub prevails: bool,
    /// The rule and paragraph behind it, and those beside it.
    pub sources: Vec<Source>,
    /// What everyone must do.
    pub duties: Vec<RowDuty>,
}

/// What somebody must do because of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowDuty {
    /// Who.
    pub holder: Holder,
    /// What, in the suite's own words.
    pub text: String,
    /// The limit on it, where there is one.
    pub clock: Option<ClockKind>,
    /// What starts that limit.
    pub from: Start,
    /// Rule and paragraph.
    pub source: Source,
}

/// Who must do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The provider, its chain included.
    Provider,
    /// Jobcentre Plus.
    JobcentrePlus,
    /// The person, who may.
    Person,
    /// The department.
    Department,
    /// Whoever recorded the contact.
    Recorder,
}

/// What starts a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// Receipt by whoever records the contact.
    #[default]
    Receipt,
    /// Receipt by Jobcentre Plus.
    JobcentrePlus,
    /// The request of Jobcentre Plus.
    Request,
}

/// Every channel that a table can ask for.
pub const CHANNELS: [Channel; 5] =
    [Channel::InPerson, Channel::Telephone, Channel::Post, Channel::Email, Channel::Online];

impl Writer {
    /// Every writer.
    pub const ALL: [Self; 6] = [
        Self::Participant,
        Self::Representative,
        Self::ElectedMember,
        Self::Peer,
        Self::JobcentrePlus,
        Self::Subcontractor,
    ];
}

impl Matter {
    /// Every matter.
    pub const ALL: [Self; 7] = [
        Self::Provider,
        Self::Subcontractor,
        Self::JobcentrePlus,
        Self::ProgrammePolicy,
        Self::Attendance,
        Self::Enquiry,
        Self::DecidedElsewhere,
    ];

    /// The name in files.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Subcontractor => "subcontractor",
            Self::JobcentrePlus => "jobcentre-plus",
            Self::ProgrammePolicy => "programme-policy",
            Self::Attendance => "attendance",
            Self::Enquiry => "enquiry",
            Self::DecidedElsewhere => "decided-elsewhere",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Outcome {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProviderComplaint => "PROVIDER_COMPLAINT",
            Self::Mixed => "MIXED",
            Self::JobcentrePlus => "JOBCENTRE_PLUS",
            Self::MemberCorrespondence => "MEMBER_CORRESPONDENCE",
            Self::NotAComplaint => "NOT_A_COMPLAINT",
        }
    }
}

impl Matters {
    /// Every set that a contact can be about: all but the empty one.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..1_u8 << Matter::ALL.len()).map(Self)
    }

    /// Whether it holds `matter`.
    pub const fn has(self, matter: Matter) -> bool {
        self.0 & matter.bit() != 0
    }

    /// Whether it holds nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What it holds, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Matter> {
        Matter::ALL.into_iter().filter(move |matter| self.has(*matter))
    }

    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

impl From<Vec<Matter>> for Matters {
    fn from(matters: Vec<Matter>) -> Self {
        matters.into_iter().collect()
    }
}

impl From<Matters> for Vec<Matter> {
    fn from(matters: Matters) -> Self {
        matters.iter().collect()
    }
}

impl FromIterator<Matter> for Matters {
    fn from_iter<I: IntoIterator<Item = Matter>>(matters: I) -> Self {
        Self(matters.into_iter().fold(0, |set, matter| set | matter.bit()))
    }
}

impl fmt::Debug for Matters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Matter::slug)).finish()
    }
}

impl Asked {
    /// Everything that can be asked: the whole product.
    pub fn all() -> impl Iterator<Item = Self> {
        Writer::ALL.into_iter().flat_map(|writer| {
            Matters::all().flat_map(move |about| {
                CHANNELS.into_iter().map(move |channel| Self { writer, about, channel })
            })
        })
    }
}

impl Row {
    /// Whether it fits.
    pub fn fits(&self, asked: Asked) -> bool {
        (self.writers.is_empty() || self.writers.contains(&asked.writer))
            && (self.channels.is_empty() || self.channels.contains(&asked.channel))
            && (self.only.is_empty() || asked.about.within(self.only))
            && self.about.iter().all(|group| group.meets(asked.about))
    }
}

impl Routes {
    /// Every source that the table cites.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.rows.iter().flat_map(|row| row.sources.iter().chain(row.duties.iter().map(|duty| &duty.source)))
    }

    /// The first row that fits. A table that was loaded has one for whatever is asked.
    pub fn first(&self, asked: Asked) -> Option<&Row> {
        self.rows.iter().find(|row| row.fits(asked))
    }
}

/// Checks a table, and says all that is wrong with it.
pub fn check(routes: &Routes) -> Vec<String> {
    check::check(routes)
}

/// Reads and checks a table of its own, as in `routes/`; `name` is shown in faults.
///
/// # Errors
/// Says everything that is wrong with it.
pub fn parse(name: &str, file: &str) -> Result<Routes, crate::LoadFault> {
    read::parse(name, file)
}
