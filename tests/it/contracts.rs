//! What the contract declares, held against the running service, rpc by rpc: a new rpc or field is tested the day it appears.

mod absent;
mod estate;
mod examined;
mod filled;
mod identity;
mod kept;
mod malformed;
mod paging;
mod roles;
mod syntax;
mod tenancy;
mod timeouts;

pub(crate) use filled::Names;
