//! What the text means: the tree that a screen reader follows, and the outline a reader jumps by.

use std::num::NonZeroU16;

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// What a stretch of the letter is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The subject, with its text.
    Title(String),
    /// A heading, with its text.
    Heading(String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Row,
    HeaderCell,
    DataCell,
    Division,
}

/// A stretch of text that is read as one, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaf(usize);

/// The tree under construction: parts that are open hold what is added.
pub(super) struct Meaning {
    root: Vec<Part>,
    open: Vec<(Kind, Vec<Part>)>,
    leaves: usize,
}

enum Part {
    Group(Kind, Vec<Part>),
    Text(Kind, Leaf),
}

impl Meaning {
    pub(super) fn new() -> Self {
        Self { root: Vec::new(), open: Vec::new(), leaves: 0 }
    }

    /// Adds a stretch of text to what is open.
    pub(super) fn leaf(&mut self, kind: Kind) -> Leaf {
        let leaf = Leaf(self.leaves);
        self.leaves += 1;
        self.add(Part::Text(kind, leaf));
        leaf
    }

    /// Opens a part that holds all that is added until it is closed.
    pub(super) fn open(&mut self, kind: Kind) {
        self.open.push((kind, Vec::new()));
    }

    pub(super) fn close(&mut self) {
        if let Some((kind, parts)) = self.open.pop() {
            self.add(Part::Group(kind, parts));
        }
    }

    fn add(&mut self, part: Part) {
        match self.open.last_mut() {
            Some((_, parts)) => parts.push(part),
            None => self.root.push(part),
        }
    }
}

/// Where the stretches of text were printed.
pub(super) struct Printed(Vec<Vec<(Identifier, usize, f32)>>);

impl Printed {
    pub(super) fn new(meaning: &Meaning) -> Self {
        Self(vec![Vec::new(); meaning.leaves])
    }

    /// Notes that a piece of `leaf` stands on page number `page` (from 0) at `top`.
    pub(super) fn note(&mut self, leaf: Leaf, identifier: Identifier, page: usize, top: f32) {
        if let Some(places) = self.0.get_mut(leaf.0) {
            places.push((identifier, page, top));
        }
    }

    /// Builds the tag tree, and the outline below one entry called `name`.
    pub(super) fn bind(&self, meaning: &Meaning, name: &str, language: &str) -> (TagTree, Outline) {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        let mut top = OutlineNode::new(name.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0)))
            .with_open(true);
        for part in &meaning.root {
            if let Some(node) = self.node(part, &mut top) {
                tree.push(node);
            }
        }
        let mut outline = Outline::new();
        outline.push_child(top);
        (tree, outline)
    }

    fn node(&self, part: &Part, outline: &mut OutlineNode) -> Option<Node> {
        let (kind, children) = match part {
            Part::Group(kind, parts) => {
                (kind, parts.iter().filter_map(|part| self.node(part, outline)).collect())
            }
            Part::Text(kind, leaf) => {
                let places = self.0.get(leaf.0)?;
                if let (Kind::Heading(text), Some((_, page, top))) = (kind, places.first()) {
                    let place = XyzDestination::new(*page, Point::from_xy(0.0, *top));
                    outline.push_child(OutlineNode::new(text.clone(), place));
                }
                let leaves: Vec<Node> =
                    places.iter().map(|(identifier, _, _)| (*identifier).into()).collect();
                (kind, within_body(kind, leaves))
            }
        };
        if children.is_empty() { None } else { Some(TagGroup::with_children(tag(kind), children).into()) }
    }
}

/// The body of a list item holds a paragraph, not bare text.
fn within_body(kind: &Kind, leaves: Vec<Node>) -> Vec<Node> {
    if *kind == Kind::Body && !leaves.is_empty() {
        vec![TagGroup::with_children(Tag::P, leaves).into()]
    } else {
        leaves
    }
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Title(text) => Tag::Hn(NonZeroU16::MIN, Some(text.clone())).into(),
        Kind::Heading(text) => Tag::Hn(NonZeroU16::MIN.saturating_add(1), Some(text.clone())).into(),
        Kind::Paragraph => Tag::P.into(),
        Kind::List => Tag::L(ListNumbering::Disc).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::HeaderCell => Tag::TH(TableHeaderScope::Row).into(),
        Kind::DataCell => Tag::TD.into(),
        Kind::Division => Tag::Div.into(),
    }
}
