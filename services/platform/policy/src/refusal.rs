//! Why policy says no, each a documented value.

use jiff::civil::Date;
use redress_kernel::{Citation, Explanation, Kind};

use crate::{Calendar, ClockKind, Division, PackRef, overlay::Breach};

/// Why policy says no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No pack is of this programme.
    #[error("no policy pack is of this programme")]
    UnknownProgramme,
    /// No pack has this id and version.
    #[error("no policy pack has this id and version")]
    UnknownPack,
    /// The programme has packs, but none for contracts of this date (XCT-01).
    #[error("no policy pack of this programme covers contracts effective on this date")]
    ContractNotCovered {
        /// The programme.
        programme: String,
        /// When the contract takes effect.
        contract_effective_on: Date,
    },
    /// The guidance that held on the day of receipt is not known here.
    #[error("the guidance of this programme that held on this date is not known")]
    GuidanceNotKnown {
        /// The earliest version that is known.
        pack: PackRef,
        /// The day that was asked for.
        received_on: Date,
    },
    /// The pack does not know what its document says about this rule.
    #[error("this policy pack does not know what its guidance says here")]
    ValueNotKnown {
        /// The pack.
        pack: PackRef,
        /// Name of the rule in the pack.
        rule: &'static str,
    },
    /// The pack's document is silent: there is no such clock under it.
    #[error("the guidance of this policy pack sets no such limit")]
    NoSuchClock {
        /// The pack.
        pack: PackRef,
        /// The clock.
        kind: ClockKind,
    },
    /// The clock's length is the provider's own and stands in its procedure, not in the pack.
    #[error("the provider's own procedure sets this limit")]
    ProvidersOwn {
        /// The clock.
        kind: ClockKind,
    },
    /// No clock has this name.
    #[error("no clock has this name")]
    UnknownClock,
    /// A day outside the calendar's coverage is needed (L06).
    #[error("the bank holidays of a needed day are not known")]
    OutsideCalendar {
        /// The division.
        division: Division,
        /// The day.
        day: Date,
        /// First day that is known.
        covers_from: Date,
        /// Last day that is known.
        covers_until: Date,
    },
    /// The date that the other side stated lies before the start.
    #[error("the stated date lies before the start of the clock")]
    StatedBeforeStart,
    /// The clock takes no stated date.
    #[error("this clock takes no stated date")]
    StatedNotTaken,
    /// A date past the end of the civil calendar.
    #[error("a date lies past the end of the calendar")]
    DateOutOfRange,
    /// There is no text for the template on that day.
    #[error("no signposting text is in force on this date")]
    NoTextInForce {
        /// The template.
        template: String,
        /// The day.
        on: Date,
    },
    /// The final response does not carry the prescribed text (CMP-07).
    #[error("the final response does not contain the signposting text that is in force")]
    TextMissing {
        /// The text that must be there.
        template: String,
        /// Its version.
        version: u32,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The final response carries a text that is no longer, or not yet, in force (CMP-31).
    #[error("the final response contains a signposting text that is not in force on this date")]
    TextOutdated {
        /// The text that must be there.
        template: String,
        /// Its version.
        version: u32,
        /// The version found in the letter.
        found: u32,
        /// The rule.
        citation: Box<Citation>,
    },
    /// A procedure loosens what the pack demands.
    #[error("the procedure is looser than the policy pack allows")]
    OverlayLoosens {
        /// Every breach.
        breaches: Vec<Breach>,
    },
}

impl Refusal {
    pub(crate) fn outside(calendar: &Calendar, day: Date) -> Self {
        Self::OutsideCalendar {
            division: calendar.division,
            day,
            covers_from: calendar.covers_from,
            covers_until: calendar.covers_until,
        }
    }

    /// A rule of the catalogue without a document behind it.
    pub(crate) fn own(rule: &str) -> Citation {
        Citation {
            rule: rule.to_owned(),
            pack: String::new(),
            pack_version: String::new(),
            document: String::new(),
            paragraph: String::new(),
            inputs: Vec::new(),
        }
    }

    /// The stable reason, as in `redress.policy.v1.ErrorReason`.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::UnknownProgramme => "UNKNOWN_PROGRAMME",
            Self::UnknownPack => "UNKNOWN_PACK",
            Self::ContractNotCovered { .. } => "CONTRACT_NOT_COVERED",
            Self::GuidanceNotKnown { .. } => "GUIDANCE_NOT_KNOWN",
            Self::ValueNotKnown { .. } => "VALUE_NOT_KNOWN",
            Self::NoSuchClock { .. } => "NO_SUCH_CLOCK",
            Self::ProvidersOwn { .. } => "PROVIDERS_OWN_LIMIT",
            Self::UnknownClock => "UNKNOWN_CLOCK",
            Self::OutsideCalendar { .. } => "OUTSIDE_CALENDAR",
            Self::StatedBeforeStart => "STATED_BEFORE_START",
            Self::StatedNotTaken => "STATED_NOT_TAKEN",
            Self::DateOutOfRange => "DATE_OUT_OF_RANGE",
            Self::NoTextInForce { .. } => "NO_TEXT_IN_FORCE",
            Self::TextMissing { .. } => "SIGNPOSTING_TEXT_MISSING",
            Self::TextOutdated { .. } => "SIGNPOSTING_TEXT_OUTDATED",
            Self::OverlayLoosens { .. } => "OVERLAY_LOOSENS",
        }
    }

    const fn kind(&self) -> Kind {
        match self {
            Self::UnknownProgramme | Self::UnknownPack => Kind::NotFound,
            Self::UnknownClock
            | Self::StatedBeforeStart
            | Self::StatedNotTaken
            | Self::ProvidersOwn { .. }
            | Self::OverlayLoosens { .. } => Kind::Invalid,
            Self::ContractNotCovered { .. }
            | Self::GuidanceNotKnown { .. }
            | Self::ValueNotKnown { .. }
            | Self::NoSuchClock { .. }
            | Self::OutsideCalendar { .. }
            | Self::NoTextInForce { .. }
            | Self::TextMissing { .. }
            | Self::TextOutdated { .. } => Kind::Precondition,
            Self::DateOutOfRange => Kind::OutOfRange,
        }
    }
}

impl redress_kernel::Refusal for Refusal {
    fn explain(&self) -> Explanation {
        let bare = Explanation::new(self.kind(), self.reason(), self.to_string());
        let of_pack = |explanation: Explanation, pack: &PackRef| {
            explanation.with("pack", &pack.id).with("version", &pack.version)
        };
        match self {
            Self::UnknownProgramme | Self::UnknownPack | Self::DateOutOfRange => bare,
            Self::UnknownClock => bare.violating(redress_kernel::Violation::new(
                "clock",
                self.reason(),
                "must be the name of a clock, such as EIGHT_WEEK_RIGHT",
            )),
            Self::StatedBeforeStart => bare.violating(redress_kernel::Violation::new(
                "stated_on",
                self.reason(),
                "must not lie before the start",
            )),
            Self::StatedNotTaken => bare.violating(redress_kernel::Violation::new(
                "stated_on",
                self.reason(),
                "must be left out: nobody states a date for this clock",
            )),
            Self::ContractNotCovered { programme, contract_effective_on } => bare
                .with("programme", programme)
                .with("contract_effective_on", contract_effective_on)
                .citing([Self::own("XCT-01").with("contract_effective_on", contract_effective_on)]),
            Self::GuidanceNotKnown { pack, received_on } => of_pack(bare, pack)
                .with("received_on", received_on)
                .citing([Self::own("XCT-01").with("received_on", received_on)]),
            Self::ValueNotKnown { pack, rule } => of_pack(bare, pack).with("rule", rule),
            Self::NoSuchClock { pack, kind } => of_pack(bare, pack).with("clock", kind.name()),
            Self::ProvidersOwn { kind } => {
                bare.with("clock", kind.name()).violating(redress_kernel::Violation::new(
                    "clock",
                    self.reason(),
                    "is set by the provider's procedure; ask the complaint for its dates",
                ))
            }
            Self::OutsideCalendar { division, day, covers_from, covers_until } => bare
                .with("division", division)
                .with("day", day)
                .with("covers_from", covers_from)
                .with("covers_until", covers_until),
            Self::NoTextInForce { template, on } => bare.with("template", template).with("on", on),
            Self::TextMissing { template, version, citation } => bare
                .with("template", template)
                .with("text_version", version)
                .citing([citation.as_ref().clone()]),
            Self::TextOutdated { template, version, found, citation } => bare
                .with("template", template)
                .with("text_version", version)
                .with("found_version", found)
                .citing([citation.as_ref().clone()]),
            Self::OverlayLoosens { breaches } => {
                let mut explanation = bare.citing(breaches.iter().map(|breach| breach.citation.clone()));
                explanation.violations.extend(breaches.iter().map(|breach| breach.violation.clone()));
                explanation
            }
        }
    }
}
