//! A refusal is an answer. It says which kind of no it is, what to fix, and which rule said so.

use crate::Citation;

/// The kind of no, from which the status code on the wire follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Wrong whatever the state: the caller must fix the request (`INVALID_ARGUMENT`).
    Invalid,
    /// The state refuses; show it, do not retry (`FAILED_PRECONDITION`).
    Precondition,
    /// It is there already (`ALREADY_EXISTS`).
    AlreadyExists,
    /// It is not there, or not for this caller (`NOT_FOUND`).
    NotFound,
    /// This identity may not do it (`PERMISSION_DENIED`).
    Forbidden,
    /// A race was lost; read again and retry (`ABORTED`).
    LostRace,
    /// Not now; back off and retry (`UNAVAILABLE`).
    NotNow,
    /// Too much was asked for at once or in all (`RESOURCE_EXHAUSTED`).
    Exhausted,
    /// Past the end of what is known (`OUT_OF_RANGE`).
    OutOfRange,
}

/// A field that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Path of the field as in the proto, such as `complaint.received_on`.
    pub field: String,
    /// Stable code of the breach, such as `REQUIRED`.
    pub reason: &'static str,
    /// What to do about it, in words; never repeats what was sent.
    pub description: String,
}

impl Violation {
    /// A breach of `field`.
    pub fn new(field: impl Into<String>, reason: &'static str, description: impl Into<String>) -> Self {
        Self { field: field.into(), reason, description: description.into() }
    }
}

/// The stage a thing is in, and those in which the command would have been accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageConflict {
    /// Resource name of the thing.
    pub subject: String,
    /// The stage it is in.
    pub current: &'static str,
    /// The stages that would accept the command; empty when none ever will.
    pub allowed: Vec<&'static str>,
}

/// A refusal, ready to be shown to a person or put on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Which kind of no.
    pub kind: Kind,
    /// Stable, documented reason, such as `STEPS_NOT_EXHAUSTED`.
    pub reason: &'static str,
    /// One sentence: lower case, no full stop, nothing personal.
    pub message: String,
    /// Identifiers and enum values that help a program act.
    pub metadata: Vec<(&'static str, String)>,
    /// Every field in breach, when `kind` is [`Kind::Invalid`].
    pub violations: Vec<Violation>,
    /// The stage that refuses, when `kind` is [`Kind::Precondition`].
    pub stage: Option<StageConflict>,
    /// The rules that refused.
    pub citations: Vec<Citation>,
}

impl Explanation {
    /// A bare explanation, to be filled by the `with_` functions.
    pub fn new(kind: Kind, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            reason,
            message: message.into(),
            metadata: Vec::new(),
            violations: Vec::new(),
            stage: None,
            citations: Vec::new(),
        }
    }

    /// Adds a metadata entry.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over a temporary; a reference would only be noise"
    )]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.metadata.push((key, value.to_string()));
        self
    }

    /// Adds a field violation.
    #[must_use]
    pub fn violating(mut self, violation: Violation) -> Self {
        self.violations.push(violation);
        self
    }

    /// Names the stage that refuses.
    #[must_use]
    pub fn in_stage(mut self, stage: StageConflict) -> Self {
        self.stage = Some(stage);
        self
    }

    /// Names the rules that refuse.
    #[must_use]
    pub fn citing(mut self, citations: impl IntoIterator<Item = Citation>) -> Self {
        self.citations.extend(citations);
        self
    }
}

/// A documented, closed set of ways to say no; one enum per service implements it.
pub trait Refusal: std::error::Error + Send + Sync + 'static {
    /// Explains itself; exhaustive over the enum.
    fn explain(&self) -> Explanation;
}
