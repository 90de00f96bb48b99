//! Checking an evidence bag: what holds of it and what does not, line by line.

use std::{fs::File, io::Read as _, path::Path};

use redress_bag::verify;
use redress_journal::checkpoint::VerifierKey;

use crate::{client::Failure, command::session::say};

/// Whether what lies there is a bag rather than something a journal handed out, which is text that begins with a brace.
pub(super) fn is_bag(path: &Path) -> Result<bool, Failure> {
    if path.is_dir() {
        return Ok(true);
    }
    let mut first = [0];
    let read =
        File::open(path).and_then(|mut file| file.read(&mut first)).map_err(Failure::file("read", path))?;
    Ok(read == 1 && first != [b'{'])
}

/// Checks the bag and tells everything that was found, also when some of it does not hold.
pub(super) fn run(path: &Path, keys: &[VerifierKey], machine: bool) -> Result<(), Failure> {
    let report = verify::at(path, keys);
    if machine {
        let mut value = serde_json::to_value(&report).map_err(|error| Failure::Fault(error.to_string()))?;
        value["sound"] = report.is_sound().into();
        value["proved"] = report.is_proved().into();
        say(&value.to_string())?;
    } else {
        say(&report.words())?;
    }
    if report.is_sound() {
        Ok(())
    } else {
        Err(Failure::Unsound("the bag is not what its sender signed".to_owned()))
    }
}
