//! The closed list of types that mean the same on both databases. The list *is* the portability contract.

use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use uuid::Uuid;

use crate::document::Document;

/// A portable type, by the name PostgreSQL gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `UUID`: 16 bytes on SQLite.
    Uuid,
    /// `TIMESTAMPTZ`: text with six decimals and `Z` on SQLite, so that it sorts as it should.
    Timestamp,
    /// `DATE`: text on SQLite.
    Date,
    /// `BOOLEAN`: 0 or 1 on SQLite.
    Boolean,
    /// `BIGINT`.
    Integer,
    /// `TEXT`.
    Text,
    /// `BYTEA`.
    Bytes,
    /// `JSONB`: text on SQLite; stored and returned only.
    Json,
}

/// A value on its way to or from a database.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value, of a known type, because PostgreSQL asks.
    Null(Kind),
    /// See [`Kind::Uuid`].
    Uuid(Uuid),
    /// See [`Kind::Timestamp`]; cut to microseconds, years 1 to 9999.
    Timestamp(Timestamp),
    /// See [`Kind::Date`]; years 1 to 9999.
    Date(Date),
    /// See [`Kind::Boolean`].
    Boolean(bool),
    /// See [`Kind::Integer`].
    Integer(i64),
    /// See [`Kind::Text`]; without NUL.
    Text(String),
    /// See [`Kind::Bytes`].
    Bytes(Vec<u8>),
    /// See [`Kind::Json`]; without NUL.
    Json(Document),
}

/// What can be bound to a statement.
pub trait Parameter {
    /// The portable type.
    const KIND: Kind;

    /// The value to bind.
    fn value(self) -> Value;
}

/// What can be read from a column. `Option` of each is read where the column may be NULL.
pub trait Column: Sized {
    /// The portable type.
    const KIND: Kind;

    /// Takes the value out; `None` when it is of another kind or NULL and NULL is not expected.
    fn take(value: Value) -> Option<Self>;
}

impl Kind {
    /// The type's name in the schema text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uuid => "UUID",
            Self::Timestamp => "TIMESTAMPTZ",
            Self::Date => "DATE",
            Self::Boolean => "BOOLEAN",
            Self::Integer => "BIGINT",
            Self::Text => "TEXT",
            Self::Bytes => "BYTEA",
            Self::Json => "JSONB",
        }
    }

    /// The type of that name.
    pub fn parse(name: &str) -> Option<Self> {
        const ALL: [Kind; 8] = [
            Kind::Uuid,
            Kind::Timestamp,
            Kind::Date,
            Kind::Boolean,
            Kind::Integer,
            Kind::Text,
            Kind::Bytes,
            Kind::Json,
        ];
        ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Value {
    /// The portable type of this value.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Null(kind) => *kind,
            Self::Uuid(_) => Kind::Uuid,
            Self::Timestamp(_) => Kind::Timestamp,
            Self::Date(_) => Kind::Date,
            Self::Boolean(_) => Kind::Boolean,
            Self::Integer(_) => Kind::Integer,
            Self::Text(_) => Kind::Text,
            Self::Bytes(_) => Kind::Bytes,
            Self::Json(_) => Kind::Json,
        }
    }

    /// Why this value cannot be kept alike on both databases, if so.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let fits = |year: i16| (1..=9999).contains(&year);
        match self {
            Self::Timestamp(at) if !fits(at.to_zoned(jiff::tz::TimeZone::UTC).year()) => {
                Some("an instant lies outside the years 1 to 9999")
            }
            Self::Date(on) if !fits(on.year()) => Some("a date lies outside the years 1 to 9999"),
            Self::Text(text) if text.contains('\0') => Some("a text contains NUL"),
            Self::Json(json) if json.holds_nul() => Some("a JSON text contains NUL"),
            Self::Null(_)
            | Self::Uuid(_)
            | Self::Timestamp(_)
            | Self::Date(_)
            | Self::Boolean(_)
            | Self::Integer(_)
            | Self::Text(_)
            | Self::Bytes(_)
            | Self::Json(_) => None,
        }
    }
}

/// One entry of the closed list: the same type both ways.
macro_rules! portable {
    ($rust:ty, $kind:ident) => {
        impl Parameter for $rust {
            const KIND: Kind = Kind::$kind;

            fn value(self) -> Value {
                Value::$kind(self)
            }
        }

        impl Column for $rust {
            const KIND: Kind = Kind::$kind;

            fn take(value: Value) -> Option<Self> {
                if let Value::$kind(inner) = value { Some(inner) } else { None }
            }
        }
    };
}

portable!(Uuid, Uuid);
portable!(Timestamp, Timestamp);
portable!(Date, Date);
portable!(bool, Boolean);
portable!(i64, Integer);
portable!(String, Text);
portable!(Vec<u8>, Bytes);
portable!(Document, Json);

impl Parameter for &str {
    const KIND: Kind = Kind::Text;

    fn value(self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl Parameter for &[u8] {
    const KIND: Kind = Kind::Bytes;

    fn value(self) -> Value {
        Value::Bytes(self.to_vec())
    }
}

impl<const N: usize> Parameter for [u8; N] {
    const KIND: Kind = Kind::Bytes;

    fn value(self) -> Value {
        Value::Bytes(self.to_vec())
    }
}

impl<K> Parameter for Id<K> {
    const KIND: Kind = Kind::Uuid;

    fn value(self) -> Value {
        Value::Uuid(self.uuid())
    }
}

impl<K> Column for Id<K> {
    const KIND: Kind = Kind::Uuid;

    fn take(value: Value) -> Option<Self> {
        Uuid::take(value).map(Self::new)
    }
}

impl<P: Parameter> Parameter for Option<P> {
    const KIND: Kind = P::KIND;

    fn value(self) -> Value {
        self.map_or(Value::Null(P::KIND), P::value)
    }
}

impl<C: Column> Column for Option<C> {
    const KIND: Kind = C::KIND;

    fn take(value: Value) -> Option<Self> {
        if let Value::Null(_) = value { Some(None) } else { C::take(value).map(Some) }
    }
}
