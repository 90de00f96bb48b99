//! What a final response must say, and whether a text says it. Rules see what was found, never the text.

use jiff::civil::Date;
use redress_kernel::Citation;
use redress_policy::{Calendars, ClockKind, Library, Pack, Refusal as PolicyRefusal, deadline::compute};

use super::{State, clocks};
use crate::Refusal;

/// What was found in the text of a final response. By default nothing was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LetterFacts {
    /// The signposting text (CMP-07).
    pub signposting: Signpost,
    /// The advice of the window (CMP-09).
    pub window_advised: bool,
}

/// What was found of the signposting text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Signpost {
    /// Nothing was looked for.
    #[default]
    NotLookedFor,
    /// It is not there.
    Missing {
        /// Version that must stand there.
        version: u32,
    },
    /// A version that is not in force on the day stands there (CMP-31).
    OutOfDate {
        /// Version that must stand there.
        version: u32,
        /// Version found.
        found: u32,
    },
    /// It stands there word for word.
    Present {
        /// Its version.
        version: u32,
    },
}

/// What a final response under a pack must say on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// The signposting text; none where the pack has none.
    pub signposting: Option<RequiredText>,
    /// The advice of the window with its last day; none where the pack has no window.
    pub window_advice: Option<String>,
    /// The rules behind both.
    pub citations: Vec<Citation>,
}

/// A prescribed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredText {
    /// Its words.
    pub words: String,
    /// Its version.
    pub version: u32,
    /// Whether the words are the project's own and stand in for the department's.
    pub stand_in: bool,
}

/// What a final response of this complaint must say when it goes out on `issued_on`.
///
/// The advice names the last day of the term itself, not of any allowance: who goes to the examiner by then is in time by
/// every reading (Q6, Q18).
///
/// # Errors
/// Refuses where the pack does not know its guidance, or no text is in force on the day.
pub fn required(
    state: &State,
    pack: &Pack,
    library: &Library,
    calendars: &Calendars,
    issued_on: Date,
) -> Result<Required, Refusal> {
    let Some(case) = state.case() else { return Err(Refusal::NotFound { name: "complaints".to_owned() }) };
    let signposting = library.signposting(pack, issued_on)?.map(|text| RequiredText {
        words: text.body.clone(),
        version: text.version,
        stand_in: text.stand_in,
    });
    let window_advice = match library.window_advice(pack, issued_on)? {
        Some(text) => {
            let clock = pack.clock(ClockKind::IceWindow)?;
            let view = calendars.view(clocks::basis(&case.file, pack), issued_on);
            let window = compute(&clock, issued_on, None, &view)?;
            let last_day = window.ends_on.strftime("%-d %B %Y").to_string();
            Some(text.render(&[("window", &clock.term.to_string()), ("last_day", &last_day)]))
        }
        None => None,
    };
    let mut citations = Vec::new();
    if signposting.is_some() {
        citations.push(pack.stated(&pack.rules.signposting, "CMP-07"));
    }
    if window_advice.is_some() {
        citations.push(pack.stated(&pack.rules.ice_window, "CMP-09"));
    }
    Ok(Required { signposting, window_advice, citations })
}

/// Looks for what is required in the text of a final response. Line breaks and runs of white space do not matter; every
/// word does.
///
/// # Errors
/// Refuses where the pack does not know its guidance, or no text is in force on the day.
pub fn check(
    text: &str,
    required: &Required,
    pack: &Pack,
    library: &Library,
    issued_on: Date,
) -> Result<LetterFacts, Refusal> {
    let signposting = match &required.signposting {
        None => Signpost::NotLookedFor,
        Some(wanted) => match library.check_signposting(pack, text, issued_on) {
            Ok(()) => Signpost::Present { version: wanted.version },
            Err(PolicyRefusal::TextMissing { version, .. }) => Signpost::Missing { version },
            Err(PolicyRefusal::TextOutdated { version, found, .. }) => Signpost::OutOfDate { version, found },
            Err(refusal) => return Err(refusal.into()),
        },
    };
    let window_advised =
        required.window_advice.as_ref().is_some_and(|advice| folded(text).contains(&folded(advice)));
    Ok(LetterFacts { signposting, window_advised })
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
