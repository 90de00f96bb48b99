//! Walks the bytes of a message along its shape, collecting every breach.

use redress_kernel::Violation;

use super::{
    fault::Fault,
    rules,
    schema::{Field, Kind, Schema, Shape, ShapeId, Special},
    wellknown,
    wire::{Malformed, Reader, Value},
};

/// Deepest nesting that is followed.
const DEEPEST: usize = 32;
/// Most breaches that are told at once (reliability 4.0).
const MOST: usize = 20;

/// Why a message is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is no message of its type. Where it breaks is not told: the bytes may be anything.
    Malformed(&'static str),
    /// It is one, but these fields break their rules.
    Fields(Vec<Violation>),
}

/// Inspects `bytes` as a message of the shape `id`. `strict` refuses fields the shape does not have.
pub(crate) fn inspect(schema: &Schema, id: ShapeId, bytes: &[u8], strict: bool) -> Result<(), Refused> {
    let mut walker = Walker { schema, strict, path: Vec::new(), violations: Vec::new() };
    match walker.message(schema.shape(id), bytes) {
        Err(Stop::Malformed(why)) => Err(Refused::Malformed(why)),
        Ok(()) | Err(Stop::Enough) if walker.violations.is_empty() => Ok(()),
        Ok(()) | Err(Stop::Enough) => Err(Refused::Fields(walker.violations)),
    }
}

/// Ends the walk.
enum Stop {
    Malformed(&'static str),
    Enough,
}

impl From<Malformed> for Stop {
    fn from(_: Malformed) -> Self {
        Self::Malformed("is not a message of this rpc")
    }
}

struct Walker<'s> {
    schema: &'s Schema,
    strict: bool,
    path: Vec<(&'s str, Option<u32>)>,
    violations: Vec<Violation>,
}

impl<'s> Walker<'s> {
    fn message(&mut self, shape: &'s Shape, bytes: &[u8]) -> Result<(), Stop> {
        if self.path.len() > DEEPEST {
            return Err(Stop::Malformed("is nested too deeply"));
        }
        if shape.special != Special::None {
            return match wellknown::check(shape.special, bytes)? {
                Some(fault) => self.breach_here(fault),
                None => Ok(()),
            };
        }
        let (mut reader, mut present) = (Reader::new(bytes), 0_u128);
        let mut counts = vec![0_u32; shape.repeated];
        while let Some((number, value)) = reader.field()? {
            let Some((at, field)) = shape.field(number) else {
                if self.strict {
                    self.breach_here(Fault::UnknownField)?;
                }
                continue;
            };
            let set = if let Some(place) = field.repeated {
                self.repeated(field, value, &mut counts[place])?
            } else {
                self.path.push((&field.name, None));
                let set = self.value(field, value)?;
                self.path.pop();
                set
            };
            // The last one on the wire is the one that counts.
            let bit = 1 << at;
            present = if set { present | bit } else { present & !bit };
        }
        self.lacking(shape, present)
    }

    fn lacking(&mut self, shape: &'s Shape, present: u128) -> Result<(), Stop> {
        let mut missing = shape.required & !present;
        while missing != 0 {
            let field = &shape.fields[missing.trailing_zeros() as usize];
            missing &= missing - 1;
            self.breach(field, Fault::Required)?;
        }
        for choice in &shape.choices {
            if choice.members & present == 0 {
                self.path.push((&choice.name, None));
                self.breach_here(Fault::Required)?;
                self.path.pop();
            }
        }
        Ok(())
    }

    fn repeated(&mut self, field: &'s Field, value: Value<'_>, count: &mut u32) -> Result<bool, Stop> {
        match (value, packed(&field.kind)) {
            (Value::Bytes(bytes), Some(element)) => {
                let mut reader = Reader::new(bytes);
                while !reader.bytes.is_empty() {
                    let value = element.read(&mut reader)?;
                    self.item(field, value, count)?;
                }
            }
            (value, _) => self.item(field, value, count)?,
        }
        Ok(*count > 0)
    }

    fn item(&mut self, field: &'s Field, value: Value<'_>, count: &mut u32) -> Result<(), Stop> {
        *count = count.saturating_add(1);
        // Items past the cap cost nothing but their bytes.
        if *count > field.max_items {
            return if *count == field.max_items + 1 {
                self.breach(field, Fault::TooManyItems(field.max_items))
            } else {
                Ok(())
            };
        }
        self.path.push((&field.name, Some(*count - 1)));
        self.value(field, value)?;
        self.path.pop();
        Ok(())
    }

    /// Checks one value; answers whether the field counts as set by it.
    fn value(&mut self, field: &'s Field, value: Value<'_>) -> Result<bool, Stop> {
        let set = match (&field.kind, value) {
            (Kind::Message(id), Value::Bytes(bytes)) => {
                if !field.output_only {
                    self.message(self.schema.shape(*id), bytes)?;
                }
                true
            }
            (Kind::Text, Value::Bytes(bytes)) => {
                let text =
                    std::str::from_utf8(bytes).map_err(|_| Stop::Malformed("has text that is not UTF-8"))?;
                if !text.is_empty() && !field.output_only {
                    self.judge(rules::check(field, text), "characters", &field.collection)?;
                }
                !text.is_empty()
            }
            (Kind::Bytes, Value::Bytes(bytes)) => {
                if bytes.len() > field.max_length as usize {
                    self.judge(Some(Fault::TooLong(field.max_length)), "bytes", "")?;
                }
                !bytes.is_empty()
            }
            (Kind::Enum(numbers), Value::Varint(raw)) => {
                let number = low(raw);
                if numbers.binary_search(&number).is_err() {
                    self.breach_here(Fault::UnknownEnum)?;
                }
                number != 0
            }
            (Kind::Float, Value::Fixed32(bits)) => bits != 0 || field.presence,
            (Kind::Double, Value::Fixed64(bits)) => bits != 0 || field.presence,
            (kind, value) => {
                let number = whole(kind, value).ok_or(Malformed)?;
                self.bounds(field, number)?;
                number != 0 || field.presence
            }
        };
        if set && field.output_only {
            self.breach_here(Fault::OutputOnly)?;
        }
        Ok(set)
    }

    fn bounds(&mut self, field: &Field, number: i128) -> Result<(), Stop> {
        if let Some(least) = field.minimum.filter(|least| number < i128::from(*least)) {
            return self.breach_here(Fault::TooSmall(least));
        }
        match field.maximum.filter(|most| number > i128::from(*most)) {
            Some(most) => self.breach_here(Fault::TooLarge(most)),
            None => Ok(()),
        }
    }

    fn breach(&mut self, field: &'s Field, fault: Fault) -> Result<(), Stop> {
        self.path.push((&field.name, None));
        self.breach_here(fault)?;
        self.path.pop();
        Ok(())
    }

    fn breach_here(&mut self, fault: Fault) -> Result<(), Stop> {
        self.judge(Some(fault), "", "")
    }

    fn judge(&mut self, fault: Option<Fault>, unit: &str, collection: &str) -> Result<(), Stop> {
        let Some(fault) = fault else { return Ok(()) };
        let path = self.rendered();
        self.violations.push(fault.at(path, unit, collection));
        if self.violations.len() < MOST { Ok(()) } else { Err(Stop::Enough) }
    }

    fn rendered(&self) -> String {
        if self.path.is_empty() {
            return "(body)".to_owned();
        }
        let parts: Vec<String> = self
            .path
            .iter()
            .map(|(name, index)| index.map_or_else(|| (*name).to_owned(), |index| format!("{name}[{index}]")))
            .collect();
        parts.join(".")
    }
}

/// How the elements of a packed field lie beside each other.
#[derive(Clone, Copy)]
enum Element {
    Varint,
    Four,
    Eight,
}

impl Element {
    fn read<'a>(self, reader: &mut Reader<'a>) -> Result<Value<'a>, Malformed> {
        Ok(match self {
            Self::Varint => Value::Varint(reader.varint()?),
            Self::Four => Value::Fixed32(u32::from_le_bytes(reader.array()?)),
            Self::Eight => Value::Fixed64(u64::from_le_bytes(reader.array()?)),
        })
    }
}

fn packed(kind: &Kind) -> Option<Element> {
    match kind {
        Kind::Int32
        | Kind::Int64
        | Kind::Uint32
        | Kind::Uint64
        | Kind::Sint32
        | Kind::Sint64
        | Kind::Bool
        | Kind::Enum(_) => Some(Element::Varint),
        Kind::Fixed32 | Kind::Sfixed32 | Kind::Float => Some(Element::Four),
        Kind::Fixed64 | Kind::Sfixed64 | Kind::Double => Some(Element::Eight),
        Kind::Text | Kind::Bytes | Kind::Message(_) => None,
    }
}

/// The whole number that the decoder would read; `None` when the wire type is not the kind's.
fn whole(kind: &Kind, value: Value<'_>) -> Option<i128> {
    Some(match (kind, value) {
        (Kind::Int32, Value::Varint(raw)) => low(raw).into(),
        (Kind::Int64, Value::Varint(raw)) | (Kind::Sfixed64, Value::Fixed64(raw)) => raw.cast_signed().into(),
        (Kind::Uint32, Value::Varint(raw)) => low(raw).cast_unsigned().into(),
        (Kind::Uint64, Value::Varint(raw)) | (Kind::Fixed64, Value::Fixed64(raw)) => raw.into(),
        (Kind::Sint32, Value::Varint(raw)) => zigzag(low(raw).cast_unsigned().into()).into(),
        (Kind::Sint64, Value::Varint(raw)) => zigzag(raw).into(),
        (Kind::Bool, Value::Varint(raw)) => i128::from(raw != 0),
        (Kind::Fixed32, Value::Fixed32(raw)) => raw.into(),
        (Kind::Sfixed32, Value::Fixed32(raw)) => raw.cast_signed().into(),
        _ => return None,
    })
}

const fn zigzag(raw: u64) -> i64 {
    (raw >> 1).cast_signed() ^ -((raw & 1).cast_signed())
}

/// The decoder keeps the low 32 bits of what is declared as 32 bits wide, so the inspector judges those.
#[expect(clippy::cast_possible_truncation, reason = "that is how the decoder reads it")]
const fn low(raw: u64) -> i32 {
    (raw as u32).cast_signed()
}
