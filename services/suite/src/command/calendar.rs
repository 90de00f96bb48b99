//! Bank holidays: taking in a newer list, after a person has seen what it brings (L05).

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use redress_chassis::process;
use redress_policy::{
    Calendars, Division,
    calendar::{Feed, Import as List},
};

use super::{
    day::Day,
    input,
    session::{pretty, say},
};
use crate::{
    client::Failure,
    present::{
        Screen,
        calendar::{self, Brought},
    },
};

/// Bank holidays.
#[derive(Debug, Subcommand)]
pub enum Calendar {
    /// Take in a newer list of bank holidays, or show what it would bring
    Import(Import),
}

/// Take in a newer list of bank holidays.
///
/// The list is merged into the calendars that the program carries and those taken in before, never put in their place: a list
/// that lacks a day which was once a holiday, or that puts a feast on a wrong day, is refused with everything that is wrong
/// with it. What is taken in is kept as a file and counts from the next start of each service that sees the folder.
#[derive(Args, Debug)]
pub struct Import {
    /// The bank-holiday file of GOV.UK (JSON), or a list as this command keeps it (TOML); - reads it from standard input
    pub file: PathBuf,
    /// First day that the file of GOV.UK is taken to speak for; it does not say so itself
    #[arg(long, value_name = "DAY")]
    pub from: Option<Day>,
    /// Last day that the file of GOV.UK is taken to speak for
    #[arg(long, value_name = "DAY")]
    pub until: Option<Day>,
    /// Day from which the news of the file of GOV.UK counts as known
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub known_from: Day,
    /// Only this division; may be given several times [default: every one in the file]
    #[arg(long = "division", value_name = "DIVISION")]
    pub divisions: Vec<Division>,
    /// A holiday to come that is no longer kept; may be given several times, and goes with one --division
    #[arg(long = "cancelled", value_name = "DAY")]
    pub cancelled: Vec<Day>,
    /// Show what would come in, and keep nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Folder of the lists [default: calendars in the data folder]
    #[arg(long, env = "REDRESS_POLICY_CALENDARS", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Data folder of the suite
    #[arg(long, env = "REDRESS_DATA_FOLDER", default_value = "data", value_name = "FOLDER")]
    pub data: PathBuf,
}

impl Import {
    /// Takes the lists in and says what they bring.
    pub fn run(self, screen: Screen, machine: bool) -> Result<(), Failure> {
        let brought = self.take_in(screen.today)?;
        if machine {
            say(&pretty(&calendar::as_json(&brought, self.dry_run)))
        } else {
            say(&calendar::brought(screen, &brought, self.dry_run))
        }
    }

    /// Takes the lists in: all of them, or none.
    pub fn take_in(&self, today: Date) -> Result<Vec<Brought>, Failure> {
        let folder = self.folder.clone().unwrap_or_else(|| self.data.join(process::CALENDARS));
        let mut calendars = process::calendars(&folder).map_err(|failure| unusable(&failure))?;
        let (mut brought, mut faults) = (Vec::new(), Vec::new());
        for list in self.lists(today)? {
            let before = calendars.clone();
            match calendars.merged(&list) {
                Ok(merged) => {
                    let news = merged.get(list.division).news_since(before.get(list.division));
                    brought.push(Brought { list, news, kept: None });
                    calendars = merged;
                }
                Err(found) => {
                    faults.extend(found.iter().map(|fault| format!("{}: {fault}", list.division)));
                    calendars = before;
                }
            }
        }
        if !faults.is_empty() {
            return Err(Failure::Invalid(format!("the list is not taken in:\n  {}", faults.join("\n  "))));
        }
        if !self.dry_run {
            for one in brought.iter_mut().filter(|one| !one.news.is_empty()) {
                one.kept = Some(keep(&folder, &one.list)?);
            }
            // What will be read at the next start is read once now.
            let again: Result<Calendars, _> = process::calendars(&folder);
            again.map_err(|failure| unusable(&failure))?;
        }
        Ok(brought)
    }

    fn lists(&self, today: Date) -> Result<Vec<List>, Failure> {
        let text = input::file(&self.file)?;
        let mut lists = if text.trim_start().starts_with('{') {
            self.of_feed(&text, today)?
        } else {
            if self.from.is_some() || self.until.is_some() || !self.cancelled.is_empty() {
                let said =
                    "--from, --until and --cancelled go with the file of GOV.UK; a list says so itself";
                return Err(Failure::Usage(said.to_owned()));
            }
            let list = List::parse(&self.file.display().to_string(), &text);
            vec![list.map_err(|fault| Failure::Invalid(fault.to_string()))?]
        };
        if !self.divisions.is_empty() {
            lists.retain(|list| self.divisions.contains(&list.division));
        }
        if lists.is_empty() {
            return Err(Failure::Invalid("the file speaks of no division that was asked for".to_owned()));
        }
        Ok(lists)
    }

    fn of_feed(&self, text: &str, today: Date) -> Result<Vec<List>, Failure> {
        let (Some(from), Some(until)) = (self.from, self.until) else {
            let said = "the file of GOV.UK does not say for which days it speaks, and has been known to forget years; \
                        look at it and give --from and --until";
            return Err(Failure::Usage(said.to_owned()));
        };
        if !self.cancelled.is_empty() && self.divisions.len() != 1 {
            return Err(Failure::Usage("--cancelled goes with one --division".to_owned()));
        }
        let invalid = |fault: redress_policy::LoadFault| Failure::Invalid(fault.to_string());
        let feed = Feed::parse(text).map_err(invalid)?;
        let divisions = if self.divisions.is_empty() { &Division::ALL[..] } else { &self.divisions };
        let list = |division: &Division| {
            let version = self.known_from.on(today);
            let mut list =
                feed.import(*division, version, from.on(today), until.on(today)).map_err(invalid)?;
            list.cancelled = self.cancelled.iter().map(|day| day.on(today)).collect();
            Ok(list)
        };
        divisions.iter().map(list).collect()
    }
}

/// Keeps a list under a name that no other has: whole, or not at all.
fn keep(folder: &Path, list: &List) -> Result<PathBuf, Failure> {
    fs::create_dir_all(folder).map_err(Failure::file("make", folder))?;
    for number in 1.. {
        let again = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{}-{}{again}.toml", list.version, list.division));
        let half = path.with_extension("part");
        let write = || -> io::Result<bool> {
            let mut file = fs::File::create(&half)?;
            file.write_all(list.to_toml().as_bytes())?;
            file.sync_all()?;
            // A link is refused where there is such a file already; a rename would replace it.
            let linked = fs::hard_link(&half, &path);
            fs::remove_file(&half)?;
            match linked {
                Ok(()) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                Err(error) => Err(error),
            }
        };
        if write().map_err(Failure::file("write", &path))? {
            return Ok(path);
        }
    }
    Err(Failure::Fault("there is no name left".to_owned()))
}

fn unusable(failure: &process::GuidanceFailure) -> Failure {
    let cause = std::error::Error::source(failure).map(|cause| format!(": {cause}"));
    Failure::Configuration(format!("{failure}{}", cause.unwrap_or_default()))
}
