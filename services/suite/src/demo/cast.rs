//! Who takes part in the example: invented organisations with fixed ids, and people with tokens of the development issuer.

use std::sync::Arc;

use redress_chassis::{
    Roles,
    process::{RandomIds, SystemClock},
};
use redress_kernel::{Clock as _, Ids};
use redress_proto::options::v1::Role;
use uuid::Uuid;

use crate::{
    client::{Failure, Link, Target},
    serve::identity::{Identities, person},
};

/// The department.
pub const DEPARTMENT: Uuid = Uuid::from_u128(0x5c0e_0001_0000_4000_8000_0000_0000_0001);
/// The prime provider.
pub const PRIME: Uuid = Uuid::from_u128(0x5c0e_0002_0000_4000_8000_0000_0000_0002);
/// The subcontractor.
pub const SUBCONTRACTOR: Uuid = Uuid::from_u128(0x5c0e_0003_0000_4000_8000_0000_0000_0003);
/// Jobcentre Plus.
pub const JOBCENTRE_PLUS: Uuid = Uuid::from_u128(0x5c0e_0004_0000_4000_8000_0000_0000_0004);
/// A provider that has nothing to do with any of it.
pub const STRANGER: Uuid = Uuid::from_u128(0x5c0e_0005_0000_4000_8000_0000_0000_0005);

/// The Performance Manager, as the identity provider calls them.
pub const PERFORMANCE_MANAGER: &str = "performance-manager-1";
/// Who is complained about.
pub const ADVISER: &str = "adviser-17";
/// Who handles complaints.
pub const OFFICER: &str = "officer-1";

/// Connections, one for each person.
#[derive(Debug)]
pub struct Cast {
    /// Sets up for the department.
    pub commissioner: Link,
    /// Runs the prime's complaints.
    pub manager: Link,
    /// Works complaints at the prime.
    pub officer: Link,
    /// Speaks to participants at the subcontractor.
    pub adviser: Link,
    /// Approves draft replies at the department.
    pub approver: Link,
    /// Approves changes at the department.
    pub performance_manager: Link,
    /// Reads the journal for the department.
    pub auditor: Link,
    /// Records at the prime what the examiner says.
    pub liaison: Link,
    /// Keeps the recovery ledger for the department.
    pub recovery_officer: Link,
    /// Keeps records at the prime.
    pub records_officer: Link,
    /// The other person whom a disposal needs.
    pub second_records_officer: Link,
    /// Takes in what is voiced at Jobcentre Plus, and leads where both are complained about.
    pub jobcentre: Link,
    /// Works complaints elsewhere.
    pub stranger: Link,
}

impl Cast {
    /// Gathers them.
    pub fn gather(target: &Target, identities: &Identities) -> Result<Self, Failure> {
        let ids: Arc<dyn Ids> = Arc::new(RandomIds);
        let link = |organisation: Uuid, subject: &str, roles: &[Role]| {
            let identity = person(organisation, subject, roles.iter().copied().collect());
            let token = identities.token(&identity, SystemClock.now())?;
            Link::new(&Target { token: Some(token), ..target.clone() }, Arc::clone(&ids))
        };
        Ok(Self {
            commissioner: link(DEPARTMENT, "commissioner-1", &[Role::Commissioner])?,
            manager: link(PRIME, "manager-1", &[Role::ComplaintsManager])?,
            officer: link(PRIME, OFFICER, &[Role::ComplaintsOfficer])?,
            adviser: link(SUBCONTRACTOR, "adviser-2", &[Role::Adviser])?,
            approver: link(DEPARTMENT, "approver-1", &[Role::DraftApprover])?,
            performance_manager: link(DEPARTMENT, PERFORMANCE_MANAGER, &[Role::PerformanceManager])?,
            auditor: link(DEPARTMENT, "auditor-1", &[Role::Auditor, Role::DepartmentReader])?,
            liaison: link(PRIME, "ice-liaison-1", &[Role::IceLiaison])?,
            recovery_officer: link(DEPARTMENT, "recovery-1", &[Role::RecoveryOfficer])?,
            records_officer: link(PRIME, "records-1", &[Role::RecordsOfficer])?,
            second_records_officer: link(PRIME, "records-2", &[Role::RecordsOfficer])?,
            jobcentre: link(JOBCENTRE_PLUS, "work-coach-1", &[Role::JobcentrePlus])?,
            stranger: link(STRANGER, "officer-9", &[Role::ComplaintsOfficer])?,
        })
    }
}

/// A token for whoever tries the suite: works and manages complaints at the example's prime, and reads its journal.
pub fn officer(identities: &Identities) -> Result<String, Failure> {
    let roles: Roles = [
        Role::ComplaintsOfficer,
        Role::ComplaintsManager,
        Role::Adviser,
        Role::Auditor,
        Role::RecordsOfficer,
    ]
    .into_iter()
    .collect();
    identities.token(&person(PRIME, OFFICER, roles), SystemClock.now())
}

/// Resource name of an organisation.
pub fn name(organisation: Uuid) -> String {
    format!("organisations/{organisation}")
}
