//! A disk of the test's own, which can be looked at as it is when the power goes: with what was written through to it, and
//! without what only the kernel holds.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// Bytes of the disk; what is not used takes no room.
const SIZE: u64 = 256 << 20;

/// A file system in a file.
pub(super) struct Disk {
    folder: TempDir,
}

impl Disk {
    /// `None`, and a line that says so, where none may be mounted.
    pub(super) fn mount() -> Option<Self> {
        let disk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(disk.path()).unwrap();
        File::create(disk.image()).unwrap().set_len(SIZE).unwrap();
        let made = run(Command::new("mkfs.ext4").arg("-q").arg("-F").arg(disk.image()));
        if made && disk.plug_in() {
            return Some(disk);
        }
        eprintln!("SKIPPED: no disk may be made and mounted here, so no power can be cut");
        None
    }

    /// Where it is mounted.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("mounted")
    }

    /// What a disk has when the power goes now, to be put in its place with [`Disk::after`].
    pub(super) fn power_goes(&self) -> PathBuf {
        let left = self.folder.path().join("left");
        // A disk that loses power stops between two blocks, not in the middle of all of them: nothing may write meanwhile.
        assert!(run(Command::new("cp").arg("--sparse=always").arg(self.image()).arg(&left)), "no copy");
        left
    }

    /// Puts in its place what was left when the power went. Nobody may have anything open on it.
    pub(super) fn after(&self, left: &Path) {
        self.pull_out();
        fs::rename(left, self.image()).unwrap();
        assert!(self.plug_in(), "what was left cannot be mounted");
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    fn plug_in(&self) -> bool {
        run(Command::new("mount").args(["-o", "loop,noatime"]).arg(self.image()).arg(self.path()))
    }

    fn pull_out(&self) {
        assert!(run(Command::new("umount").arg(self.path())), "someone holds the disk");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(self.path()).output();
        eprintln!("the disk is put away: {:?}", unmounted.map(|output| output.status));
    }
}

fn run(command: &mut Command) -> bool {
    match command.output() {
        Ok(output) => {
            if !output.status.success() {
                eprintln!("{command:?}: {}", String::from_utf8_lossy(&output.stderr));
            }
            output.status.success()
        }
        Err(error) => {
            eprintln!("{command:?}: {error}");
            false
        }
    }
}
