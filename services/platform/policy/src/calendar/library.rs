//! The calendars of all divisions together.

use jiff::civil::Date;

use super::{Basis, Calendar, Fault, Import, View};
use crate::{Division, LoadFault};

/// One calendar a division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendars {
    england_and_wales: Calendar,
    scotland: Calendar,
    northern_ireland: Calendar,
}

impl Calendars {
    /// The calendars that come with the suite, 2018 to 2028.
    pub fn embedded() -> Result<Self, LoadFault> {
        let read = |name, division, text| {
            let calendar = Calendar::parse(name, text)?;
            if calendar.division == division {
                Ok(calendar)
            } else {
                Err(LoadFault::new(name, "is of another division"))
            }
        };
        Ok(Self {
            england_and_wales: read(
                "calendars/england-and-wales.toml",
                Division::EnglandAndWales,
                include_str!("../../calendars/england-and-wales.toml"),
            )?,
            scotland: read(
                "calendars/scotland.toml",
                Division::Scotland,
                include_str!("../../calendars/scotland.toml"),
            )?,
            northern_ireland: read(
                "calendars/northern-ireland.toml",
                Division::NorthernIreland,
                include_str!("../../calendars/northern-ireland.toml"),
            )?,
        })
    }

    /// The calendar of `division`.
    pub fn get(&self, division: Division) -> &Calendar {
        match division {
            Division::EnglandAndWales => &self.england_and_wales,
            Division::Scotland => &self.scotland,
            Division::NorthernIreland => &self.northern_ireland,
        }
    }

    /// What was known on `known_on` of the holidays that count under `basis`.
    pub fn view(&self, basis: Basis, known_on: Date) -> View<'_> {
        View::new(self, basis, known_on)
    }

    /// These calendars with one import merged in; see [`Calendar::merge`].
    pub fn merged(mut self, import: &Import) -> Result<Self, Vec<Fault>> {
        let merged = self.get(import.division).merge(import)?;
        match import.division {
            Division::EnglandAndWales => self.england_and_wales = merged,
            Division::Scotland => self.scotland = merged,
            Division::NorthernIreland => self.northern_ireland = merged,
        }
        Ok(self)
    }

    /// These calendars with a list merged in that was imported before, unless they have caught up with it.
    pub fn with_list(self, list: &Import) -> Result<Self, Vec<Fault>> {
        if self.get(list.division).knows(list) { Ok(self) } else { self.merged(list) }
    }
}
