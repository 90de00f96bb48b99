//! A loss of power, at any moment: what was done to files is written down, and what a disk may still have of it is put somewhere else.
//!
//! A kill leaves everything that was written, because the system still has it; a loss of power does not (reliability 0.4). What was synced
//! survives. Of what was written since, any beginning may, and zeros in place of the rest; of names that were made or moved in a folder
//! since it was synced, any beginning may.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use redress_store::disk::{Disk, Local, folder_of};

/// The system's disk, and what was done to it in a folder.
#[derive(Debug)]
pub struct Recorder {
    root: PathBuf,
    found: Found,
    steps: Mutex<Vec<Step>>,
    forgets: Option<Forgets>,
}

/// What was there before: files with what is in them, and folders.
type Found = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// What a disk does not do, so that a test can be seen to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgets {
    /// What is written to files.
    Files,
    /// Names in folders.
    Folders,
}

#[derive(Clone, Debug)]
enum Step {
    MakeFolder(PathBuf),
    SyncFolder(PathBuf),
    Create(PathBuf),
    Open(PathBuf),
    Write(PathBuf, Vec<u8>),
    Cut(PathBuf, usize),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
}

impl Recorder {
    /// Over a folder, in which what is there already is durable.
    pub fn over(root: &Path) -> io::Result<Self> {
        let mut found = BTreeMap::new();
        read(root, &mut found)?;
        Ok(Self { root: root.to_owned(), found, steps: Mutex::default(), forgets: None })
    }

    /// One that syncs nothing of a kind.
    #[must_use]
    pub fn forgetting(self, forgets: Forgets) -> Self {
        Self { forgets: Some(forgets), ..self }
    }

    /// How many things were done so far.
    pub fn steps(&self) -> usize {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Puts into an empty folder what is left when the power goes after so many steps. What survives of what was not synced is drawn.
    pub fn cut_after(&self, steps: usize, draw: u64, into: &Path) -> io::Result<()> {
        let mut disk = Model::of(&self.found);
        let taken = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        for step in taken.iter().take(steps) {
            disk.take(step);
        }
        disk.lose_power(draw, &self.root, into)
    }

    fn note(&self, step: Step) {
        let forgotten = match (&step, self.forgets) {
            (Step::Sync(_), Some(Forgets::Files)) | (Step::SyncFolder(_), Some(Forgets::Folders)) => true,
            (
                Step::Sync(_)
                | Step::SyncFolder(_)
                | Step::MakeFolder(_)
                | Step::Create(_)
                | Step::Open(_)
                | Step::Write(..)
                | Step::Cut(..)
                | Step::Rename(..),
                _,
            ) => false,
        };
        if !forgotten {
            self.steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
        }
    }
}

// Each is noted once it is done. Nothing is really synced: the power stays on.
impl Disk for Recorder {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        Local.make_folder(folder)?;
        self.note(Step::MakeFolder(folder.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.note(Step::SyncFolder(folder.to_owned()));
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let file = Local.create(path)?;
        self.note(Step::Create(path.to_owned()));
        Ok(file)
    }

    fn open_to_append(&self, path: &Path) -> io::Result<File> {
        let file = Local.open_to_append(path)?;
        self.note(Step::Open(path.to_owned()));
        Ok(file)
    }

    fn write(&self, path: &Path, file: &File, bytes: &[u8]) -> io::Result<()> {
        Local.write(path, file, bytes)?;
        self.note(Step::Write(path.to_owned(), bytes.to_owned()));
        Ok(())
    }

    fn cut(&self, path: &Path, file: &File, length: u64) -> io::Result<()> {
        Local.cut(path, file, length)?;
        self.note(Step::Cut(path.to_owned(), usize::try_from(length).map_err(io::Error::other)?));
        Ok(())
    }

    fn sync(&self, path: &Path, _: &File) -> io::Result<()> {
        self.note(Step::Sync(path.to_owned()));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Local.rename(from, to)?;
        self.note(Step::Rename(from.to_owned(), to.to_owned()));
        Ok(())
    }
}

/// Content of a file: what is on the disk for certain, and what it is while the power is on.
#[derive(Debug, Default)]
struct Content {
    durable: Vec<u8>,
    now: Vec<u8>,
}

/// What a name leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

/// Names: what they lead to, or nothing any more.
type Names = BTreeMap<PathBuf, Node>;

#[derive(Debug, Default)]
struct Model {
    files: Vec<Content>,
    now: Names,
    durable: Names,
    /// What changed in each folder since it was synced, in order.
    changed: BTreeMap<PathBuf, Vec<Change>>,
}

#[derive(Clone, Debug)]
enum Change {
    Put(PathBuf, Node),
    Move(PathBuf, PathBuf, Node),
}

impl Model {
    fn of(found: &Found) -> Self {
        let mut model = Self::default();
        for (path, bytes) in found {
            let node = match bytes {
                None => Node::Folder,
                Some(bytes) => {
                    model.files.push(Content { durable: bytes.clone(), now: bytes.clone() });
                    Node::File(model.files.len() - 1)
                }
            };
            model.durable.insert(path.clone(), node);
        }
        model.now = model.durable.clone();
        model
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::MakeFolder(folder) => self.put(folder, Node::Folder),
            Step::Create(path) => match self.file(path) {
                Some(file) => file.now.clear(),
                None => self.add(path),
            },
            Step::Open(path) => {
                if self.file(path).is_none() {
                    self.add(path);
                }
            }
            Step::Write(path, bytes) => {
                if let Some(file) = self.file(path) {
                    file.now.extend_from_slice(bytes);
                }
            }
            Step::Cut(path, length) => {
                if let Some(file) = self.file(path) {
                    file.now.truncate(*length);
                }
            }
            Step::Sync(path) => {
                if let Some(file) = self.file(path) {
                    file.durable.clone_from(&file.now);
                }
            }
            Step::SyncFolder(folder) => {
                for change in self.changed.remove(folder).unwrap_or_default() {
                    apply(&mut self.durable, &change);
                }
            }
            Step::Rename(from, to) => {
                if let Some(node) = self.now.get(from).copied() {
                    self.change(to, Change::Move(from.clone(), to.clone(), node));
                }
            }
        }
    }

    fn file(&mut self, path: &Path) -> Option<&mut Content> {
        match self.now.get(path)? {
            Node::File(number) => self.files.get_mut(*number),
            Node::Folder => None,
        }
    }

    fn add(&mut self, path: &Path) {
        self.put(path, Node::File(self.files.len()));
        self.files.push(Content::default());
    }

    fn put(&mut self, path: &Path, node: Node) {
        self.change(path, Change::Put(path.to_owned(), node));
    }

    fn change(&mut self, path: &Path, change: Change) {
        apply(&mut self.now, &change);
        self.changed.entry(folder_of(path).to_owned()).or_default().push(change);
    }

    fn lose_power(mut self, draw: u64, root: &Path, into: &Path) -> io::Result<()> {
        let mut draw = Draw(draw);
        for changes in std::mem::take(&mut self.changed).into_values() {
            let survive = draw.up_to(changes.len());
            for change in changes.iter().take(survive) {
                apply(&mut self.durable, change);
            }
        }
        // Folders come before what is in them.
        for (path, node) in &self.durable {
            let there = into.join(path.strip_prefix(root).map_err(io::Error::other)?);
            if !folder_of(&there).is_dir() {
                // The folder did not survive.
                continue;
            }
            match node {
                Node::Folder => fs::create_dir(there)?,
                Node::File(number) => match self.files.get(*number) {
                    Some(content) => fs::write(there, content.survives(&mut draw))?,
                    None => return Err(io::Error::other("a name that leads nowhere")),
                },
            }
        }
        Ok(())
    }
}

impl Content {
    fn survives(&self, draw: &mut Draw) -> Vec<u8> {
        if !self.now.starts_with(&self.durable) {
            // It was cut, or made anew: that is there, or it is not.
            let before = draw.up_to(1) == 0;
            return if before { self.durable.clone() } else { self.now.clone() };
        }
        let written = self.now.len() - self.durable.len();
        let kept = self.durable.len() + draw.up_to(written);
        let mut left = self.now.get(..kept).unwrap_or_default().to_owned();
        if draw.up_to(3) == 0 {
            // The length is there, and what was to fill it is not.
            left.resize(self.now.len(), 0);
        }
        left
    }
}

fn apply(names: &mut Names, change: &Change) {
    match change {
        Change::Put(path, node) => drop(names.insert(path.clone(), *node)),
        Change::Move(from, to, node) => {
            names.remove(from);
            names.insert(to.clone(), *node);
        }
    }
}

/// Draws, the same for the same seed; both ends come often.
struct Draw(u64);

impl Draw {
    fn up_to(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        match mixed % 4 {
            0 => 0,
            1 => most,
            _ => usize::try_from((mixed >> 2) % (most as u64 + 1)).unwrap_or(most),
        }
    }
}

fn read(folder: &Path, found: &mut Found) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(&path, found)?;
            found.insert(path, None);
        } else {
            let bytes = fs::read(&path)?;
            found.insert(path, Some(bytes));
        }
    }
    Ok(())
}
