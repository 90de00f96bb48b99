//! A bag as a folder: what somebody unpacked, or was given so.

use std::{
    fs::{self, File, FileType},
    io,
    path::Path,
};

use super::inventory::{Inventory, Malformed};
use crate::{
    hashing::{PIECE, fill},
    path,
};

/// Reads the folder. Links are never followed, and anything but plain files and folders is refused unopened: opening a
/// pipe would wait for ever.
pub(super) fn read(folder: &Path) -> Result<Inventory, Malformed> {
    let name =
        folder.canonicalize().ok().and_then(|whole| Some(whole.file_name()?.to_string_lossy().into_owned()));
    let mut inventory = Inventory::named(name.unwrap_or_else(|| "bag".to_owned()));
    let mut buffer = vec![0; PIECE];
    let mut waiting = vec![String::new()];
    while let Some(inside) = waiting.pop() {
        let here = if inside.is_empty() { folder.to_owned() } else { folder.join(&inside) };
        let unreadable = |error| Malformed::Unreadable { path: here.display().to_string(), error };
        for entry in fs::read_dir(&here).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = if inside.is_empty() { name.into_owned() } else { format!("{inside}/{name}") };
            path::judge(&path)
                .map_err(|fault| Malformed::Path { path: path.escape_debug().to_string(), fault })?;
            let kind = entry.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                take(&mut inventory, &entry.path(), &path, &mut buffer)
                    .map_err(|fault| fault.into_malformed(&path))?;
            } else {
                return Err(Malformed::NotAFile { path, what: what(kind) });
            }
        }
    }
    if inventory.files.is_empty() { Err(Malformed::Empty) } else { Ok(inventory) }
}

/// Why a file was not taken in.
enum Fault {
    Io(io::Error),
    Malformed(Malformed),
}

impl Fault {
    fn into_malformed(self, path: &str) -> Malformed {
        match self {
            Self::Io(error) => Malformed::Unreadable { path: path.to_owned(), error },
            Self::Malformed(fault) => fault,
        }
    }
}

fn take(inventory: &mut Inventory, file: &Path, path: &str, buffer: &mut [u8]) -> Result<(), Fault> {
    let mut input = File::open(file).map_err(Fault::Io)?;
    let size = input.metadata().map_err(Fault::Io)?.len();
    let mut arriving = inventory.arrive(path, size).map_err(Fault::Malformed)?;
    loop {
        let count = fill(&mut input, buffer).map_err(Fault::Io)?;
        if count == 0 {
            break;
        }
        arriving.take(&buffer[..count]);
        // A file that grows while it is read could fill the memory that its size was let into.
        if arriving.count() > size {
            return Err(Fault::Malformed(Malformed::TooLarge { path: path.to_owned() }));
        }
    }
    inventory.add(arriving);
    Ok(())
}

fn what(kind: FileType) -> &'static str {
    if kind.is_symlink() { "a symbolic link" } else { "a device, a pipe or a socket" }
}
