//! Compiles the schema from the descriptors and their options.

use std::collections::HashMap;

use prost_reflect::{
    Cardinality, DescriptorPool, DynamicMessage, ExtensionDescriptor, FieldDescriptor, MessageDescriptor,
};
use redress_proto::options::v1::{FieldRules, Format};

use super::schema::{Choice, Field, Kind, Schema, Shape, ShapeId, Special};

const DEFAULT_LENGTH: u32 = 200;
const DEFAULT_ITEMS: u32 = 50;
/// Bytes fields without a length of their own are bounded by the message alone.
const DEFAULT_BYTES: u32 = u32::MAX;

/// The contract asks for something the inspector cannot do; found at start, never at a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Invalid {
    #[error("the descriptors lack the extension {0}")]
    NoExtension(&'static str),
    #[error("the options of {0} cannot be read")]
    Options(String),
    #[error("{0} has more than 128 fields")]
    TooWide(String),
}

/// Compiles messages as rpcs ask for them.
pub(crate) struct Compiler {
    rules: ExtensionDescriptor,
    known: HashMap<String, ShapeId>,
    schema: Schema,
}

impl Compiler {
    pub(crate) fn new(pool: &DescriptorPool) -> Result<Self, Invalid> {
        const NAME: &str = "redress.options.v1.field";
        let rules = pool.get_extension_by_name(NAME).ok_or(Invalid::NoExtension(NAME))?;
        Ok(Self { rules, known: HashMap::new(), schema: Schema::default() })
    }

    pub(crate) fn finish(self) -> Schema {
        self.schema
    }

    pub(crate) fn message(&mut self, message: &MessageDescriptor) -> Result<ShapeId, Invalid> {
        if let Some(&id) = self.known.get(message.full_name()) {
            return Ok(id);
        }
        // The place is taken first, because a message may contain itself.
        let index = self.schema.shapes.len();
        let id = ShapeId(u32::try_from(index).unwrap_or(u32::MAX));
        self.known.insert(message.full_name().to_owned(), id);
        self.schema.shapes.push(Shape {
            special: special(message.full_name()),
            fields: Vec::new(),
            required: 0,
            choices: Vec::new(),
            repeated: 0,
        });
        let shape = self.shape(message)?;
        self.schema.shapes[index] = shape;
        Ok(id)
    }

    fn shape(&mut self, message: &MessageDescriptor) -> Result<Shape, Invalid> {
        let mut descriptors: Vec<FieldDescriptor> = message.fields().collect();
        descriptors.sort_by_key(FieldDescriptor::number);
        if descriptors.len() > 128 {
            return Err(Invalid::TooWide(message.full_name().to_owned()));
        }
        let (mut required, mut repeated) = (0_u128, 0);
        let mut choices: Vec<Choice> = Vec::new();
        let mut fields = Vec::with_capacity(descriptors.len());
        for (at, descriptor) in descriptors.iter().enumerate() {
            let rules = self.rules_of(descriptor)?;
            let place = (descriptor.cardinality() == Cardinality::Repeated).then(|| {
                repeated += 1;
                repeated - 1
            });
            let field = self.field(descriptor, &rules, place)?;
            let oneof = descriptor.containing_oneof().filter(|oneof| !oneof.is_synthetic());
            match oneof {
                Some(oneof) if rules.required => {
                    match choices.iter_mut().find(|choice| choice.name == oneof.name()) {
                        Some(choice) => choice.members |= 1 << at,
                        None => choices.push(Choice { name: oneof.name().to_owned(), members: 1 << at }),
                    }
                }
                None if rules.required && can_lack(&field) => required |= 1 << at,
                Some(_) | None => {}
            }
            fields.push(field);
        }
        // A required oneof is satisfied by any of its members, also by one that was declared without the word.
        for choice in &mut choices {
            for (at, descriptor) in descriptors.iter().enumerate() {
                if descriptor.containing_oneof().is_some_and(|oneof| oneof.name() == choice.name) {
                    choice.members |= 1 << at;
                }
            }
        }
        Ok(Shape { special: special(message.full_name()), fields, required, choices, repeated })
    }

    fn field(
        &mut self,
        field: &FieldDescriptor,
        rules: &FieldRules,
        repeated: Option<usize>,
    ) -> Result<Field, Invalid> {
        let kind = self.kind(field)?;
        let ours = field.parent_message().full_name().starts_with("redress.");
        let default_length = if matches!(kind, Kind::Bytes) { DEFAULT_BYTES } else { DEFAULT_LENGTH };
        let or_default = |value: u32, default: u32| if value == 0 { default } else { value };
        Ok(Field {
            number: field.number(),
            name: field.name().to_owned(),
            kind,
            repeated,
            presence: field.supports_presence(),
            output_only: rules.output_only,
            max_length: or_default(rules.max_length, default_length),
            max_items: or_default(rules.max_items, DEFAULT_ITEMS),
            minimum: rules.minimum,
            maximum: rules.maximum,
            // Text inside well-known types has no declared form of its own.
            format: if ours { rules.format() } else { Format::Token },
            collection: rules.collection.clone(),
        })
    }

    fn kind(&mut self, field: &FieldDescriptor) -> Result<Kind, Invalid> {
        Ok(match field.kind() {
            prost_reflect::Kind::Int32 => Kind::Int32,
            prost_reflect::Kind::Int64 => Kind::Int64,
            prost_reflect::Kind::Uint32 => Kind::Uint32,
            prost_reflect::Kind::Uint64 => Kind::Uint64,
            prost_reflect::Kind::Sint32 => Kind::Sint32,
            prost_reflect::Kind::Sint64 => Kind::Sint64,
            prost_reflect::Kind::Bool => Kind::Bool,
            prost_reflect::Kind::Fixed32 => Kind::Fixed32,
            prost_reflect::Kind::Sfixed32 => Kind::Sfixed32,
            prost_reflect::Kind::Float => Kind::Float,
            prost_reflect::Kind::Fixed64 => Kind::Fixed64,
            prost_reflect::Kind::Sfixed64 => Kind::Sfixed64,
            prost_reflect::Kind::Double => Kind::Double,
            prost_reflect::Kind::String => Kind::Text,
            prost_reflect::Kind::Bytes => Kind::Bytes,
            prost_reflect::Kind::Message(message) => Kind::Message(self.message(&message)?),
            prost_reflect::Kind::Enum(kind) => {
                let mut numbers: Vec<i32> = kind.values().map(|value| value.number()).collect();
                numbers.sort_unstable();
                Kind::Enum(numbers)
            }
        })
    }

    fn rules_of(&self, field: &FieldDescriptor) -> Result<FieldRules, Invalid> {
        let invalid = || Invalid::Options(field.full_name().to_owned());
        let options: DynamicMessage = field.options();
        if !options.has_extension(&self.rules) {
            return Ok(FieldRules::default());
        }
        let rules = options.get_extension(&self.rules);
        rules.as_message().ok_or_else(invalid)?.transcode_to().map_err(|_| invalid())
    }
}

/// Whether the wire can show that the field was left out. A bare `false` cannot, nor a bare zero that is a legal value.
fn can_lack(field: &Field) -> bool {
    match field.kind {
        Kind::Bool => field.presence,
        Kind::Int32
        | Kind::Int64
        | Kind::Uint32
        | Kind::Uint64
        | Kind::Sint32
        | Kind::Sint64
        | Kind::Fixed32
        | Kind::Sfixed32
        | Kind::Float
        | Kind::Fixed64
        | Kind::Sfixed64
        | Kind::Double => field.presence || field.minimum.is_none_or(|least| least > 0),
        Kind::Enum(_) | Kind::Text | Kind::Bytes | Kind::Message(_) => true,
    }
}

fn special(name: &str) -> Special {
    match name {
        "redress.type.v1.CivilDate" => Special::CivilDate,
        "google.protobuf.Timestamp" => Special::Timestamp,
        "google.protobuf.Duration" => Special::Duration,
        _ => Special::None,
    }
}
