//! The few words that the renderings add of their own, in the languages letters are written in.

use jiff::civil::Date;

/// The language a letter is written in. It chooses the words that the renderings add (page numbers, months) and tells
/// a screen reader how to speak the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// British English.
    #[default]
    English,
    /// Welsh, which people in Wales may ask for.
    Welsh,
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WELSH_MONTHS: [&str; 12] = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
];

impl Language {
    /// Returns the language tag (BCP 47) that documents carry.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::Welsh => "cy-GB",
        }
    }

    /// Writes a date as letters do: `20 November 2026`, `20 Tachwedd 2026`.
    pub fn date(self, date: Date) -> String {
        let months = match self {
            Self::English => &ENGLISH_MONTHS,
            Self::Welsh => &WELSH_MONTHS,
        };
        let month =
            usize::try_from(date.month() - 1).ok().and_then(|at| months.get(at)).copied().unwrap_or_default();
        format!("{} {month} {}", date.day(), date.year())
    }

    pub(crate) fn page(self, number: usize, of: usize) -> String {
        match self {
            Self::English => format!("Page {number} of {of}"),
            Self::Welsh => format!("Tudalen {number} o {of}"),
        }
    }

    pub(crate) fn date_label(self) -> &'static str {
        match self {
            Self::English => "Date",
            Self::Welsh => "Dyddiad",
        }
    }

    pub(crate) fn document_label(self) -> &'static str {
        match self {
            Self::English => "Document",
            Self::Welsh => "Dogfen",
        }
    }

    pub(crate) fn digest_label(self) -> &'static str {
        match self {
            Self::English => "Digest",
            Self::Welsh => "Crynodeb",
        }
    }
}
