//! The contract: every message, rpc and event of the suite, with the options that the suite enforces.
//!
//! The `.proto` files are the documentation; this package only compiles them and keeps their descriptors.

use std::sync::LazyLock;

use prost_reflect::DescriptorPool;

mod paged;

pub use paged::Paged;

/// The descriptors of the whole contract, imports, comments and custom options included.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// The descriptors, ready to be asked.
pub fn pool() -> &'static DescriptorPool {
    static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
        // The build script wrote these bytes from files that it had just compiled.
        DescriptorPool::decode(DESCRIPTORS).unwrap_or_default()
    });
    &POOL
}

/// Options that say who may call an rpc and how sensitive a field is.
pub mod options {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.options.v1");
    }
}

/// The nouns every service shares.
pub mod r#type {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.r#type.v1");
    }
}

/// Organisations, contracts and supply chains.
pub mod supply_chain {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.supply_chain.v1");
    }
}

/// Complaints from first contact to final response.
pub mod complaints {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.complaints.v1");
    }
}

/// Complaints with the Independent Case Examiner.
pub mod ice_liaison {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.ice_liaison.v1");
    }
}

/// Contacts and where they go: routing, mixed complaints, elected members.
pub mod routing {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.routing.v1");
    }
}

/// The journal of a service: feed, checkpoints and proofs.
pub mod journal {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.journal.v1");
    }
}

/// Policy packs, calendars and the arithmetic of dates.
pub mod policy {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.policy.v1");
    }
}

/// Records: how long they are kept, what holds them, and their end.
pub mod records_retention {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("redress.records_retention.v1");
    }
}
