//! The contract's messages in the form the walker reads: flat, by number, with their rules.

use redress_proto::options::v1::Format;

/// Index of a message in the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShapeId(pub(super) u32);

/// Every message that a request can contain.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    pub(super) shapes: Vec<Shape>,
}

impl Schema {
    /// Number of the field `name`.
    pub(crate) fn number_of(&self, id: ShapeId, name: &str) -> Option<u32> {
        self.shape(id).fields.iter().find(|field| field.name == name).map(|field| field.number)
    }

    /// Name of the field `number`.
    pub(crate) fn name_of(&self, id: ShapeId, number: u32) -> Option<&str> {
        self.shape(id).field(number).map(|(_, field)| field.name.as_str())
    }

    pub(super) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }
}

/// One message.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) special: Special,
    /// In ascending order of number.
    pub(super) fields: Vec<Field>,
    /// Bit `i` is set when `fields[i]` must be there.
    pub(super) required: u128,
    /// Oneofs of which one member must be there.
    pub(super) choices: Vec<Choice>,
    /// How many fields are repeated.
    pub(super) repeated: usize,
}

/// A oneof that must be set: its name, and the bits of its members.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) members: u128,
}

/// Messages whose fields only make sense together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
    None,
    CivilDate,
    Timestamp,
    Duration,
}

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) number: u32,
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Which of the repeated fields of its message it is.
    pub(super) repeated: Option<usize>,
    /// Whether being on the wire with the default value means being set.
    pub(super) presence: bool,
    pub(super) output_only: bool,
    pub(super) max_length: u32,
    pub(super) max_items: u32,
    pub(super) minimum: Option<i64>,
    pub(super) maximum: Option<i64>,
    pub(super) format: Format,
    pub(super) collection: String,
}

/// What the wire carries for a field.
#[derive(Debug)]
pub(super) enum Kind {
    Int32,
    Int64,
    Uint32,
    Uint64,
    Sint32,
    Sint64,
    Bool,
    /// The numbers the enum has, in ascending order.
    Enum(Vec<i32>),
    Fixed32,
    Sfixed32,
    Float,
    Fixed64,
    Sfixed64,
    Double,
    Text,
    Bytes,
    Message(ShapeId),
}

impl Shape {
    pub(super) fn field(&self, number: u32) -> Option<(usize, &Field)> {
        // Numbers are nearly always 1, 2, 3…: try the place where such a one stands before searching.
        let guess = (number as usize).wrapping_sub(1);
        let at = match self.fields.get(guess) {
            Some(field) if field.number == number => guess,
            _ => self.fields.binary_search_by_key(&number, |field| field.number).ok()?,
        };
        Some((at, &self.fields[at]))
    }
}
