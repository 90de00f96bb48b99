//! What is open elsewhere, and holds records while it is: a case of another service, by its name there.

use redress_kernel::Id;
use serde::{Deserialize, Serialize};

use crate::{ComplaintId, ContactId, ExaminationId, MemberLetterId, MixedComplaintId};

/// A case of another service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Matter {
    /// A complaint at the provider.
    Complaint(ComplaintId),
    /// An examination by the Independent Case Examiner.
    Examination(ExaminationId),
    /// A contact that waits for somebody.
    Contact(ContactId),
    /// A complaint about a provider and Jobcentre Plus at once.
    MixedComplaint(MixedComplaintId),
    /// A letter of an elected member.
    MemberLetter(MemberLetterId),
}

/// Not the name of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a case")]
pub struct InvalidMatter;

impl Matter {
    /// Its resource name.
    pub fn name(self) -> String {
        match self {
            Self::Complaint(id) => id.name(),
            Self::Examination(id) => id.name(),
            Self::Contact(id) => id.name(),
            Self::MixedComplaint(id) => id.name(),
            Self::MemberLetter(id) => id.name(),
        }
    }
}

impl From<Matter> for String {
    fn from(matter: Matter) -> Self {
        matter.name()
    }
}

impl TryFrom<String> for Matter {
    type Error = InvalidMatter;

    /// A bare id is how complaints were kept while nothing else held records.
    fn try_from(name: String) -> Result<Self, InvalidMatter> {
        let Some((collection, id)) = name.split_once('/') else {
            return name.parse().map(Id::new).map(Self::Complaint).map_err(|_| InvalidMatter);
        };
        let id = id.parse().map_err(|_| InvalidMatter)?;
        Ok(match collection {
            "complaints" => Self::Complaint(Id::new(id)),
            "examinations" => Self::Examination(Id::new(id)),
            "contacts" => Self::Contact(Id::new(id)),
            "mixedComplaints" => Self::MixedComplaint(Id::new(id)),
            "memberLetters" => Self::MemberLetter(Id::new(id)),
            _ => return Err(InvalidMatter),
        })
    }
}
