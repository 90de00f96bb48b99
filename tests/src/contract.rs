//! The contract as its descriptors tell it: rpcs with their access, fields with their rules, and every comment.

use prost_reflect::{
    DescriptorPool, EnumDescriptor, FieldDescriptor, FileDescriptor, MessageDescriptor, MethodDescriptor,
    ReflectMessage as _,
};
use redress_proto::options::v1::{Access, FieldRules};

const OURS: &str = "redress.";
const ACCESS: &str = "redress.options.v1.access";
const FIELD: &str = "redress.options.v1.field";

/// An rpc and who may call it.
#[derive(Clone, Debug)]
pub struct Rpc {
    /// Its descriptor.
    pub method: MethodDescriptor,
    /// Its declared access; `None` is a fault of the contract.
    pub access: Option<Access>,
}

impl Rpc {
    /// The path it is called by, such as `/redress.complaints.v1.ComplaintService/GetComplaint`.
    pub fn path(&self) -> String {
        format!("/{}/{}", self.method.parent_service().full_name(), self.method.name())
    }

    /// Whether it changes something.
    pub fn mutating(&self) -> bool {
        self.access.as_ref().is_some_and(|access| access.mutating)
    }
}

/// Every file of the suite's own contract.
pub fn files() -> Vec<FileDescriptor> {
    pool().files().filter(|file| file.package_name().starts_with(OURS)).collect()
}

/// Every rpc of the suite.
pub fn rpcs() -> Vec<Rpc> {
    let services = pool().services().filter(|service| service.full_name().starts_with(OURS));
    services
        .flat_map(|service| service.methods().collect::<Vec<_>>())
        .map(|method| Rpc { access: access(&method), method })
        .collect()
}

/// Every message of the suite, nested ones included.
pub fn messages() -> Vec<MessageDescriptor> {
    pool().all_messages().filter(|message| message.full_name().starts_with(OURS)).collect()
}

/// Every enum of the suite.
pub fn enums() -> Vec<EnumDescriptor> {
    pool().all_enums().filter(|each| each.full_name().starts_with(OURS)).collect()
}

/// The declared rules of a field.
pub fn rules(field: &FieldDescriptor) -> Option<FieldRules> {
    let extension = pool().get_extension_by_name(FIELD)?;
    let options = field.options();
    if !options.has_extension(&extension) {
        return None;
    }
    options.get_extension(&extension).as_message()?.transcode_to().ok()
}

fn access(method: &MethodDescriptor) -> Option<Access> {
    let extension = pool().get_extension_by_name(ACCESS)?;
    let options = method.options();
    if !options.has_extension(&extension) {
        return None;
    }
    options.get_extension(&extension).as_message()?.transcode_to().ok()
}

/// What is written above the thing at `path` in `file`; empty when nothing is.
pub fn comment(file: &FileDescriptor, path: &[i32]) -> String {
    let described = file.file_descriptor_proto().source_code_info.as_ref();
    described
        .and_then(|info| info.location.iter().find(|location| location.path == path))
        .map(|location| location.leading_comments().trim().to_owned())
        .unwrap_or_default()
}

/// The text of a message as JSON, for output that a person reads.
pub fn shown(message: &impl prost_reflect::ReflectMessage) -> String {
    message.transcode_to_dynamic().to_string()
}

fn pool() -> &'static DescriptorPool {
    redress_proto::pool()
}

/// Descriptor of a message by its full name.
pub fn message(full_name: &str) -> Option<MessageDescriptor> {
    pool().get_message_by_name(full_name)
}

/// A message without content.
pub fn empty(descriptor: &MessageDescriptor) -> prost_reflect::DynamicMessage {
    prost_reflect::DynamicMessage::new(descriptor.clone())
}

/// Whether a message is one of the suite's own.
pub fn ours(message: &prost_reflect::DynamicMessage) -> bool {
    message.descriptor().full_name().starts_with(OURS)
}
