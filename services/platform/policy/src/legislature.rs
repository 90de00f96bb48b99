//! Bodies whose members write for people: their general elections, with the day each came to be known (RTE-15), and the
//! titles that make nobody a member (RTE-14, RTE-16). The titles of members stand in practice, valid by date (RTE-10).

use jiff::civil::Date;
use serde::Deserialize;

use crate::{LoadFault, Source, pack::Legislature};

/// The file.
const NAME: &str = "legislatures/legislatures.toml";

/// Elections and offices.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legislatures {
    #[serde(rename = "election")]
    elections: Vec<Election>,
    #[serde(rename = "office")]
    offices: Vec<Office>,
}

/// A general election of a body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Election {
    /// The body.
    pub body: Legislature,
    /// Day of the poll.
    pub polled_on: Date,
    /// Day on which that was settled.
    pub known_from: Date,
    rule: String,
    at: String,
}

/// An office whose holder is no member of a national or international body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// How it is written.
    pub letters: Vec<String>,
    /// The office in words.
    pub name: String,
    /// As what its holder counts.
    pub counts_as: CountsAs,
    rule: String,
    at: String,
}

/// As what the holder of an office counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountsAs {
    /// Somebody who speaks for a person.
    Representative,
    /// A peer, answered like a member.
    Peer,
}

impl Legislatures {
    /// Those that come with the suite.
    pub(crate) fn embedded() -> Result<Self, LoadFault> {
        let file = include_str!("../legislatures/legislatures.toml");
        let read: Self = toml::from_str(file).map_err(|error| LoadFault::new(NAME, error.to_string()))?;
        match read.elections.iter().find(|election| election.known_from > election.polled_on) {
            Some(early) => {
                Err(LoadFault::new(NAME, format!("the election of {} was known too late", early.polled_on)))
            }
            None => Ok(read),
        }
    }

    /// Every election, by body and day.
    pub fn elections(&self) -> &[Election] {
        &self.elections
    }

    /// Every source that the file cites.
    pub fn sources(&self) -> Vec<Source> {
        let elections = self.elections.iter().map(Election::source);
        elections.chain(self.offices.iter().map(Office::source)).collect()
    }

    /// The last election of `body` up to `on`, as known on `known_on`.
    pub fn last_election(&self, body: Legislature, on: Date, known_on: Date) -> Option<&Election> {
        self.elections
            .iter()
            .filter(|election| election.body == body && election.known_from <= known_on)
            .filter(|election| election.polled_on <= on)
            .max_by_key(|election| election.polled_on)
    }

    /// The office of `title`, however it is written.
    pub fn office(&self, title: &str) -> Option<&Office> {
        let written = canonical(title);
        self.offices.iter().find(|office| {
            canonical(&office.name) == written
                || office.letters.iter().any(|letters| canonical(letters) == written)
        })
    }
}

impl Election {
    /// The rule behind what it means, and where that is said.
    pub fn source(&self) -> Source {
        Source { rule: self.rule.clone(), at: self.at.clone() }
    }
}

impl Office {
    /// The rule behind it, and where that is said.
    pub fn source(&self) -> Source {
        Source { rule: self.rule.clone(), at: self.at.clone() }
    }
}

/// A title in its one form: letters alone, in capitals, so that `M.S.P.` is `MSP`.
pub fn canonical(title: &str) -> String {
    title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
