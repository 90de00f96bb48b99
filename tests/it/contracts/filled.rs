//! Requests filled in from their descriptors: everything that is required, each field by its declared form.

use std::collections::BTreeMap;

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};
use redress_proto::options::v1::{FieldRules, Format};
use redress_tests::{chain::civil, contract, day::today, seed::Seed};

/// Collections whose things belong to somebody.
const COLLECTIONS: [&str; 26] = [
    "organisations",
    "contracts",
    "supplyChainLinks",
    "participants",
    "procedures",
    "complaints",
    "letters",
    "documents",
    "issues",
    "changeProposals",
    "examinations",
    "iceLetters",
    "recommendations",
    "charges",
    "contacts",
    "mixedComplaints",
    "memberLetters",
    "papers",
    "records",
    "parts",
    "payments",
    "holds",
    "disposals",
    "disposalControls",
    "erasureRequests",
    "scheduleChanges",
];

/// A thing of each collection.
#[derive(Clone, Debug)]
pub(crate) struct Names(BTreeMap<&'static str, String>);

impl Names {
    /// Things that nobody has.
    pub(crate) fn absent(seed: &mut Seed) -> Self {
        Self(
            COLLECTIONS
                .into_iter()
                .map(|collection| (collection, format!("{collection}/{}", seed.uuid())))
                .collect(),
        )
    }

    /// The same with one other thing.
    pub(super) fn with(mut self, name: &str) -> Self {
        let collection = name.split('/').next().unwrap();
        let known =
            COLLECTIONS.into_iter().find(|known| *known == collection).unwrap_or_else(|| panic!("{name}"));
        self.0.insert(known, name.to_owned());
        self
    }

    pub(super) fn get(&self, collection: &str) -> &str {
        self.0.get(collection).unwrap_or_else(|| panic!("no thing of {collection}"))
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

/// A valid request; names also go where they are optional, so that whatever a caller may name is named.
pub(super) fn filled(message: &MessageDescriptor, names: &Names, seed: &mut Seed) -> DynamicMessage {
    let mut into = DynamicMessage::new(message.clone());
    if message.full_name() == "redress.type.v1.CivilDate" {
        into.transcode_from(&civil(today())).unwrap();
        return into;
    }
    let mut chosen = Vec::new();
    for field in message.fields() {
        let rules = contract::rules(&field).unwrap_or_default();
        if let Some(oneof) = field.containing_oneof().filter(|oneof| !oneof.is_synthetic()) {
            // The first of a choice is the one that begins.
            if chosen.contains(&oneof.name().to_owned()) {
                continue;
            }
            chosen.push(oneof.name().to_owned());
        } else if rules.output_only || !(rules.required || is_name(&field, &rules)) {
            continue;
        }
        let value = value(&field, &rules, names, seed);
        into.set_field(&field, if field.is_list() { Value::List(vec![value]) } else { value });
    }
    into
}

fn is_name(field: &FieldDescriptor, rules: &FieldRules) -> bool {
    rules.format() == Format::ResourceName || (field.name() == "parent" && field.kind() == Kind::String)
}

fn value(field: &FieldDescriptor, rules: &FieldRules, names: &Names, seed: &mut Seed) -> Value {
    match field.kind() {
        Kind::String => Value::String(text(field, rules, names, seed)),
        Kind::Message(inner) => Value::Message(filled(&inner, names, seed)),
        Kind::Enum(_) => Value::EnumNumber(1),
        Kind::Bytes => Value::Bytes(vec![b'x'].into()),
        Kind::Bool => Value::Bool(true),
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => {
            Value::I32(rules.minimum.unwrap_or(1).max(1).try_into().unwrap())
        }
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => Value::I64(rules.minimum.unwrap_or(1).max(1)),
        Kind::Uint32 | Kind::Fixed32 => Value::U32(1),
        Kind::Uint64 | Kind::Fixed64 => Value::U64(1),
        Kind::Float => Value::F32(1.0),
        Kind::Double => Value::F64(1.0),
    }
}

fn text(field: &FieldDescriptor, rules: &FieldRules, names: &Names, seed: &mut Seed) -> String {
    match rules.format() {
        Format::Uuid => seed.request_id(),
        Format::ResourceName => names.get(&rules.collection).to_owned(),
        Format::Reference => format!("REF-{:08x}", seed.number() >> 32),
        Format::Nino => "AB123456C".to_owned(),
        Format::Slug => "jets-scotland".to_owned(),
        Format::Token => "token".to_owned(),
        Format::MediaType => "text/plain".to_owned(),
        Format::FileName => "note.txt".to_owned(),
        Format::Email => "sian@example.org".to_owned(),
        Format::Multiline => "Some text.\nIn two lines.".to_owned(),
        Format::Unspecified if field.name() == "parent" => names.get("complaints").to_owned(),
        Format::Unspecified if ["digest", "sha256"].contains(&field.name()) => "0".repeat(64),
        Format::Unspecified if field.name() == "paper" => names.get("documents").to_owned(),
        Format::Unspecified => "Some text".to_owned(),
    }
}

/// Where in a message something is, as violations name it: field names with dots, items with their index.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The fields from the outermost in.
    pub(super) fields: Vec<FieldDescriptor>,
}

impl Place {
    /// The path in a violation.
    pub(super) fn path(&self) -> String {
        let (last, outer) = self.fields.split_last().unwrap();
        let mut parts: Vec<String> = outer
            .iter()
            .map(
                |field| {
                    if field.is_list() { format!("{}[0]", field.name()) } else { field.name().to_owned() }
                },
            )
            .collect();
        parts.push(last.name().to_owned());
        parts.join(".")
    }

    /// The field itself.
    pub(super) fn field(&self) -> &FieldDescriptor {
        self.fields.last().unwrap()
    }

    /// Its rules.
    pub(super) fn rules(&self) -> FieldRules {
        contract::rules(self.field()).unwrap_or_default()
    }

    /// The message with the field changed; whatever stands between is there already.
    pub(super) fn changed(
        &self,
        message: &DynamicMessage,
        change: &impl Fn(&mut DynamicMessage, &FieldDescriptor),
    ) -> DynamicMessage {
        let mut message = message.clone();
        descend(&mut message, &self.fields, change);
        message
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the values of the wire are not ours to enumerate")]
fn descend(
    message: &mut DynamicMessage,
    fields: &[FieldDescriptor],
    change: &impl Fn(&mut DynamicMessage, &FieldDescriptor),
) {
    let (first, rest) = fields.split_first().unwrap();
    if rest.is_empty() {
        return change(message, first);
    }
    let inner = match message.get_field_mut(first) {
        Value::Message(inner) => inner,
        Value::List(items) => items.first_mut().and_then(Value::as_message_mut).expect("an item"),
        other => panic!("{} is {other:?}", first.full_name()),
    };
    descend(inner, rest, change);
}

/// Every field of a filled request that can be changed, nested ones included; dates count as one field.
pub(super) fn places(message: &DynamicMessage) -> Vec<Place> {
    let mut found = Vec::new();
    walk(message, &mut Vec::new(), &mut found);
    found
}

fn walk(message: &DynamicMessage, before: &mut Vec<FieldDescriptor>, found: &mut Vec<Place>) {
    use prost_reflect::ReflectMessage as _;
    for field in message.descriptor().fields() {
        before.push(field.clone());
        found.push(Place { fields: before.clone() });
        let inner = match (message.has_field(&field), message.get_field(&field).as_ref()) {
            (true, Value::Message(inner)) => Some(inner.clone()),
            (true, Value::List(items)) => items.first().and_then(Value::as_message).cloned(),
            _ => None,
        };
        // What the service sets itself is refused whole; a date is judged whole.
        let whole = contract::rules(&field).is_some_and(|rules| rules.output_only);
        let ours = |name: &str| name.starts_with("redress.") && name != "redress.type.v1.CivilDate";
        if let Some(inner) = inner.filter(|inner| !whole && ours(inner.descriptor().full_name())) {
            walk(&inner, before, found);
        }
        before.pop();
    }
}
