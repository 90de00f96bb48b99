//! A value that a document states, is silent about, or that is not known here. The three are never mixed up:
//! silence means that the rule does not exist in this pack, ignorance means that nobody may decide on it.

use redress_kernel::Citation;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{PackRef, Refusal, Source, Sourced};

/// What a pack knows about one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tri<T> {
    /// The document states it.
    Value(Sourced<T>),
    /// The document says nothing at this point: the rule does not exist in this pack.
    Silent {
        /// What was looked through.
        note: String,
    },
    /// The document, or this part of it, is not known here. A decision that needs the value is refused.
    Unknown {
        /// What is missing.
        note: String,
    },
}

impl<T> Tri<T> {
    /// The value when it is stated.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(sourced) => Some(&sourced.value),
            Self::Silent { .. } | Self::Unknown { .. } => None,
        }
    }

    /// Where the value comes from, when it is stated.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Self::Value(sourced) => Some(&sourced.source),
            Self::Silent { .. } | Self::Unknown { .. } => None,
        }
    }

    /// The citation of the value as `pack` has it, when it is stated.
    pub fn cite(&self, pack: &PackRef) -> Option<Citation> {
        self.source().map(|source| source.citation(pack))
    }

    /// The value with its source, nothing where the document is silent, a refusal where it is not known.
    /// `name` is the name of the rule in the pack.
    pub fn known(&self, pack: &PackRef, name: &'static str) -> Result<Option<&Sourced<T>>, Refusal> {
        match self {
            Self::Value(sourced) => Ok(Some(sourced)),
            Self::Silent { .. } => Ok(None),
            Self::Unknown { .. } => Err(Refusal::ValueNotKnown { pack: pack.clone(), rule: name }),
        }
    }
}

impl Tri<bool> {
    /// Whether the document states the duty. Neither silence nor ignorance makes a duty; ask [`Tri::known`] where ignorance must refuse.
    pub fn is_required(&self) -> bool {
        self.value().copied().unwrap_or(false)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<T> {
    value: Option<T>,
    rule: Option<String>,
    at: Option<String>,
    silent: Option<String>,
    unknown: Option<String>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Tri<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { value, rule, at, silent, unknown } = Written::deserialize(deserializer)?;
        match (value, rule, at, silent, unknown) {
            (Some(value), Some(rule), Some(at), None, None) => {
                Ok(Self::Value(Sourced { value, source: Source { rule, at } }))
            }
            (None, None, None, Some(note), None) => Ok(Self::Silent { note }),
            (None, None, None, None, Some(note)) => Ok(Self::Unknown { note }),
            _ => Err(D::Error::custom(
                "needs either value, rule and at together, or silent alone, or unknown alone",
            )),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Sourced<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Tri::deserialize(deserializer)? {
            Tri::Value(sourced) => Ok(sourced),
            Tri::Silent { .. } | Tri::Unknown { .. } => {
                Err(D::Error::custom("needs a value: practice is the suite's own and always stated"))
            }
        }
    }
}
