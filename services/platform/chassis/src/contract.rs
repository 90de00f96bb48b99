//! What the contract declares about each rpc, compiled once from the descriptors and found by path.

use std::{collections::HashMap, sync::LazyLock};

use prost_reflect::{
    DescriptorPool, ExtensionDescriptor, MessageDescriptor, MethodDescriptor, ServiceDescriptor,
};
use redress_proto::options::v1::Access;

use crate::{
    caller::Roles,
    inspect::{Compiler, Invalid, Schema, ShapeId},
    status::Domain,
};

/// Largest message of an rpc that declares no other limit.
const DEFAULT_BYTES: usize = 65_536;

/// Every rpc of the contract.
#[derive(Debug)]
pub(crate) struct Contract {
    /// By request path, such as `/redress.complaints.v1.ComplaintService/RegisterComplaint`.
    pub(crate) methods: HashMap<String, Method>,
    pub(crate) schema: Schema,
}

/// One rpc.
#[derive(Debug)]
pub(crate) struct Method {
    /// Full name, such as `redress.complaints.v1.ComplaintService/RegisterComplaint`.
    pub(crate) name: String,
    /// Full name of its service.
    pub(crate) service: String,
    pub(crate) domain: Domain,
    pub(crate) flow: Flow,
    pub(crate) request: ShapeId,
    /// Its messages, for callers who write them in JSON.
    pub(crate) input: MessageDescriptor,
    pub(crate) output: MessageDescriptor,
    /// Number of the request's `request_id`, where it has one and the rpc changes something.
    pub(crate) request_id: Option<u32>,
    pub(crate) max_bytes: usize,
    pub(crate) irreversible: bool,
    /// Whether each message of its stream is answered for itself.
    pub(crate) row_by_row: bool,
    pub(crate) gate: Gate,
}

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Nothing is declared, so nobody.
    Undeclared,
    /// Every identity.
    Open { kind: Kind },
    /// Identities with one of these roles.
    Roles { roles: Roles, kind: Kind },
}

/// What kind of identity may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A person or a service.
    Any,
    /// A person alone.
    Person,
    /// A person alone, who is the second of two.
    SecondPerson,
}

/// Which sides stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    Unary,
    ClientStream,
    ServerStream,
    BothStream,
}

impl Flow {
    pub(crate) const fn response_streams(self) -> bool {
        matches!(self, Self::ServerStream | Self::BothStream)
    }

    pub(crate) const fn streams(self) -> bool {
        !matches!(self, Self::Unary)
    }
}

/// The contract of the suite.
pub(crate) fn contract() -> Result<&'static Contract, Invalid> {
    static CONTRACT: LazyLock<Result<Contract, Invalid>> =
        LazyLock::new(|| Contract::compile(redress_proto::pool()));
    CONTRACT.as_ref().map_err(Clone::clone)
}

impl Contract {
    pub(crate) fn compile(pool: &DescriptorPool) -> Result<Self, Invalid> {
        const NAME: &str = "redress.options.v1.access";
        let access = pool.get_extension_by_name(NAME).ok_or(Invalid::NoExtension(NAME))?;
        let mut compiler = Compiler::new(pool)?;
        let mut methods = HashMap::new();
        for service in pool.services() {
            let domain = domain_of(&service);
            for method in service.methods() {
                let built = Method::compile(&service, domain, &method, &access, &mut compiler)?;
                methods.insert(format!("/{}", built.name), built);
            }
        }
        let schema = compiler.finish();
        for method in methods.values_mut() {
            if method.request_id.is_some() {
                method.request_id = schema.number_of(method.request, "request_id");
            }
        }
        Ok(Self { methods, schema })
    }
}

impl Method {
    fn compile(
        service: &ServiceDescriptor,
        domain: Domain,
        method: &MethodDescriptor,
        access: &ExtensionDescriptor,
        compiler: &mut Compiler,
    ) -> Result<Self, Invalid> {
        let options = method.options();
        let access: Option<Access> = if options.has_extension(access) {
            let invalid = || Invalid::Options(method.full_name().to_owned());
            let value = options.get_extension(access);
            Some(value.as_message().ok_or_else(invalid)?.transcode_to().map_err(|_| invalid())?)
        } else {
            None
        };
        let mutating = access.as_ref().is_some_and(|access| access.mutating);
        let irreversible = access.as_ref().is_some_and(|access| access.irreversible);
        let row_by_row = access.as_ref().is_some_and(|access| access.row_by_row);
        let declared = access.as_ref().map_or(0, |access| access.max_request_bytes);
        Ok(Self {
            name: format!("{}/{}", service.full_name(), method.name()),
            service: service.full_name().to_owned(),
            domain,
            flow: match (method.is_client_streaming(), method.is_server_streaming()) {
                (false, false) => Flow::Unary,
                (true, false) => Flow::ClientStream,
                (false, true) => Flow::ServerStream,
                (true, true) => Flow::BothStream,
            },
            request: compiler.message(&method.input())?,
            input: method.input(),
            output: method.output(),
            request_id: mutating.then_some(0),
            max_bytes: if declared == 0 { DEFAULT_BYTES } else { declared as usize },
            irreversible,
            row_by_row,
            gate: Gate::of(access.as_ref()),
        })
    }
}

impl Gate {
    fn of(access: Option<&Access>) -> Self {
        let Some(access) = access else { return Self::Undeclared };
        let roles: Roles = access.roles().collect();
        let kind = match (access.natural_person, access.second_person) {
            (false, false) => Kind::Any,
            (true, false) => Kind::Person,
            (true, true) => Kind::SecondPerson,
            // A second person who need not be one.
            (false, true) => return Self::Undeclared,
        };
        match (access.open, roles.is_empty()) {
            (true, true) => Self::Open { kind },
            (false, false) => Self::Roles { roles, kind },
            // Open and narrowed at once, or neither: the contract contradicts itself, so nobody may call.
            (true, false) | (false, true) => Self::Undeclared,
        }
    }
}

/// The domain of a service's answers: `redress.complaints.v1` speaks as `complaints.redress`.
fn domain_of(service: &ServiceDescriptor) -> Domain {
    let package = service.package_name().to_owned();
    let name = package.split('.').nth(1).unwrap_or("suite").replace('_', "-");
    // One for each package of the contract, which lives as long as the process.
    Domain::new(Box::leak(format!("{name}.redress").into_boxed_str()))
}
