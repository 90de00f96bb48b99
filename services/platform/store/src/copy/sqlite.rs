//! SQLite: a compact copy that the database writes itself, put back as a file that appears whole or not at all.

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    str::FromStr as _,
};

use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};

use super::{io, occupied};
use crate::{
    Db, DbError, Settings, Tx,
    disk::{Disk as _, Local, folder_of, make_folders},
};

const FILE: &str = "database.sqlite";

pub(super) async fn copy_into(writer: &SqlitePool, folder: &Path) -> Result<Vec<String>, DbError> {
    let path = folder.join(FILE);
    sqlx::query("VACUUM INTO $1").bind(path.display().to_string()).execute(writer).await?;
    File::open(&path).and_then(|file| file.sync_all()).map_err(|error| io(&error))?;
    Ok(vec![FILE.to_owned()])
}

pub(super) async fn put_back(
    from: &Path,
    url: &str,
    settings: Settings,
    mark: impl AsyncFnOnce(&mut Tx) -> Result<(), DbError>,
) -> Result<(), DbError> {
    let path = SqliteConnectOptions::from_str(url)?.get_filename().to_path_buf();
    // A log that was left behind would be played into the copy.
    if beside(&path).iter().any(|file| file.exists()) {
        return Err(occupied());
    }
    let home = folder_of(&path).to_path_buf();
    make_folders(&Local, &home).map_err(|error| io(&error))?;
    let draft = with(&path, ".restoring");
    for file in beside(&draft) {
        match fs::remove_file(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(io(&error)),
            Ok(()) | Err(_) => {}
        }
    }
    fs::copy(from.join(FILE), &draft).map_err(|error| io(&error))?;
    let db = Db::open(&format!("sqlite:{}", draft.display()), settings).await?;
    let mut tx = db.write().await?;
    mark(&mut tx).await?;
    tx.commit().await?;
    db.empty_log().await?;
    db.close().await;
    let placed = File::open(&draft)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&draft, &path))
        .and_then(|()| Local.sync_folder(&home));
    placed.map_err(|error| io(&error))
}

/// The file of a database and those that SQLite keeps beside it.
fn beside(path: &Path) -> [PathBuf; 3] {
    [path.to_path_buf(), with(path, "-wal"), with(path, "-shm")]
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
