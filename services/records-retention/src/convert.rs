//! Enum values of the domain as those of the contract, and back.

pub(crate) mod change;

use records_retention_domain::{
    HoldReason, RecordClass,
    anonymised::{Coarseness, Method},
    disposal::{Ending, EndingReason, Obstacle, StageName as DisposalStage},
    erasure::{Ground, Outcome, Progress, StageName as ErasureStage},
    record::{Content, Gap, Holder, StageName},
};
use redress_policy::PackRef;
use redress_proto::{
    complaints::v1::DocumentState, records_retention::v1 as proto, supply_chain::v1 as chain,
};

/// A class.
pub(crate) const fn class(class: RecordClass) -> proto::RecordClass {
    match class {
        RecordClass::ServicesSupplied => proto::RecordClass::ServicesSupplied,
        RecordClass::ExpenditureReimbursed => proto::RecordClass::ExpenditureReimbursed,
        RecordClass::PaymentsMade => proto::RecordClass::PaymentsMade,
        RecordClass::NeedsAssessmentReferral => proto::RecordClass::NeedsAssessmentReferral,
        RecordClass::NeedsAssessmentReport => proto::RecordClass::NeedsAssessmentReport,
        RecordClass::ComplaintFile => proto::RecordClass::ComplaintFile,
        RecordClass::CorrespondenceFile => proto::RecordClass::CorrespondenceFile,
        RecordClass::ExaminationFile => proto::RecordClass::ExaminationFile,
        RecordClass::Certificate => proto::RecordClass::Certificate,
        RecordClass::AnonymisedReports => proto::RecordClass::AnonymisedReports,
    }
}

/// Whether what was laid by as bytes may be read.
pub(crate) const fn state(content: &Content) -> DocumentState {
    if content.is_quarantined { DocumentState::Quarantined } else { DocumentState::Stored }
}

/// The class that was chosen.
pub(crate) fn read_class(chosen: i32) -> Option<RecordClass> {
    let chosen = proto::RecordClass::try_from(chosen).ok()?;
    RecordClass::ALL.into_iter().find(|known| class(*known) == chosen)
}

/// A reason for a hold.
pub(crate) const fn hold_reason(reason: HoldReason) -> proto::HoldReason {
    match reason {
        HoldReason::DestructionEmbargo => proto::HoldReason::DestructionEmbargo,
        HoldReason::LegalClaim => proto::HoldReason::LegalClaim,
        HoldReason::SubjectAccessRequest => proto::HoldReason::SubjectAccessRequest,
        HoldReason::Audit => proto::HoldReason::Audit,
        HoldReason::OpenComplaint => proto::HoldReason::OpenComplaint,
        HoldReason::OpenWindow => proto::HoldReason::OpenWindow,
        HoldReason::ErasurePending => proto::HoldReason::ErasurePending,
        HoldReason::Restriction => proto::HoldReason::Restriction,
        HoldReason::OpenExamination => proto::HoldReason::OpenExamination,
        HoldReason::OpenCorrespondence => proto::HoldReason::OpenCorrespondence,
    }
}

/// The reason that was chosen.
pub(crate) fn read_hold_reason(chosen: i32) -> Option<HoldReason> {
    let chosen = proto::HoldReason::try_from(chosen).ok()?;
    HoldReason::ALL.into_iter().find(|known| hold_reason(*known) == chosen)
}

/// A holder.
pub(crate) const fn holder(holder: Holder) -> proto::Holder {
    match holder {
        Holder::RecordsRetention => proto::Holder::RecordsRetention,
        Holder::Complaints => proto::Holder::Complaints,
        Holder::Routing => proto::Holder::Routing,
        Holder::IceLiaison => proto::Holder::IceLiaison,
    }
}

/// The holder that a message names.
pub(crate) fn read_holder(named: i32) -> Option<Holder> {
    match proto::Holder::try_from(named).ok()? {
        proto::Holder::Unspecified => None,
        proto::Holder::RecordsRetention => Some(Holder::RecordsRetention),
        proto::Holder::Complaints => Some(Holder::Complaints),
        proto::Holder::Routing => Some(Holder::Routing),
        proto::Holder::IceLiaison => Some(Holder::IceLiaison),
    }
}

/// Where a record stands.
pub(crate) const fn stage(stage: StageName) -> proto::RecordStage {
    match stage {
        StageName::Unregistered => proto::RecordStage::Unspecified,
        StageName::Active => proto::RecordStage::Active,
        StageName::RetentionRunning => proto::RecordStage::RetentionRunning,
        StageName::Due => proto::RecordStage::Due,
        StageName::DisposalOrdered => proto::RecordStage::DisposalOrdered,
        StageName::Destroyed => proto::RecordStage::Destroyed,
        StageName::Anonymised => proto::RecordStage::Anonymised,
    }
}

/// How a record ends.
pub(crate) const fn method(method: Method) -> proto::DisposalMethod {
    match method {
        Method::Destroy => proto::DisposalMethod::KeysDestroyedAndContentDeleted,
        Method::Anonymise => proto::DisposalMethod::Anonymised,
    }
}

/// How records are to end; unset destroys them.
pub(crate) fn read_method(chosen: i32) -> Option<Method> {
    Some(match proto::DisposalMethod::try_from(chosen).ok()? {
        proto::DisposalMethod::Unspecified | proto::DisposalMethod::KeysDestroyedAndContentDeleted => {
            Method::Destroy
        }
        proto::DisposalMethod::Anonymised => Method::Anonymise,
    })
}

/// How coarse what narrows down became.
pub(crate) const fn coarseness(coarseness: Coarseness) -> proto::Coarseness {
    match coarseness {
        Coarseness::Quarter => proto::Coarseness::Quarter,
        Coarseness::Year => proto::Coarseness::Year,
        Coarseness::Gone => proto::Coarseness::Gone,
    }
}

/// Why no day is known.
pub(crate) const fn gap(gap: Gap) -> proto::RetentionGap {
    match gap {
        Gap::ContractNotEnded => proto::RetentionGap::ContractNotEnded,
        Gap::NotPaid => proto::RetentionGap::NotPaid,
        Gap::NoSchedule => proto::RetentionGap::NoSchedule,
    }
}

/// Where a disposal stands.
pub(crate) const fn disposal_stage(stage: DisposalStage) -> proto::DisposalStage {
    match stage {
        DisposalStage::Unproposed => proto::DisposalStage::Unspecified,
        DisposalStage::Proposed => proto::DisposalStage::Proposed,
        DisposalStage::Approved => proto::DisposalStage::Approved,
        DisposalStage::Ordered => proto::DisposalStage::Ordered,
        DisposalStage::Halted => proto::DisposalStage::Halted,
        DisposalStage::Certified => proto::DisposalStage::Certified,
        DisposalStage::Void => proto::DisposalStage::Void,
    }
}

/// Why a disposal came to nothing, or stands still.
pub(crate) const fn obstacle(obstacle: Obstacle) -> proto::DisposalObstacle {
    match obstacle {
        Obstacle::Vetoed => proto::DisposalObstacle::Vetoed,
        Obstacle::Lapsed => proto::DisposalObstacle::Lapsed,
        Obstacle::RecordChanged => proto::DisposalObstacle::RecordChanged,
        Obstacle::HolderRefused => proto::DisposalObstacle::HolderRefused,
        Obstacle::CountMismatch => proto::DisposalObstacle::CountMismatch,
        Obstacle::Abandoned => proto::DisposalObstacle::Abandoned,
    }
}

/// How a disposal that stands still is ended.
pub(crate) const fn ending(ending: Ending) -> proto::DisposalEndingKind {
    match ending {
        Ending::Resume => proto::DisposalEndingKind::Resume,
        Ending::AcceptCounts => proto::DisposalEndingKind::AcceptCounts,
        Ending::Abandon => proto::DisposalEndingKind::Abandon,
    }
}

/// The ending that was chosen.
pub(crate) fn read_ending(chosen: i32) -> Option<Ending> {
    match proto::DisposalEndingKind::try_from(chosen).ok()? {
        proto::DisposalEndingKind::Unspecified => None,
        proto::DisposalEndingKind::Resume => Some(Ending::Resume),
        proto::DisposalEndingKind::AcceptCounts => Some(Ending::AcceptCounts),
        proto::DisposalEndingKind::Abandon => Some(Ending::Abandon),
    }
}

/// Why one is ended so.
pub(crate) const fn ending_reason(reason: EndingReason) -> proto::DisposalEndingReason {
    match reason {
        EndingReason::Corrected => proto::DisposalEndingReason::Corrected,
        EndingReason::Explained => proto::DisposalEndingReason::Explained,
        EndingReason::StillNeeded => proto::DisposalEndingReason::StillNeeded,
        EndingReason::Mistaken => proto::DisposalEndingReason::Mistaken,
    }
}

/// The reason that was chosen.
pub(crate) fn read_ending_reason(chosen: i32) -> Option<EndingReason> {
    match proto::DisposalEndingReason::try_from(chosen).ok()? {
        proto::DisposalEndingReason::Unspecified => None,
        proto::DisposalEndingReason::Corrected => Some(EndingReason::Corrected),
        proto::DisposalEndingReason::Explained => Some(EndingReason::Explained),
        proto::DisposalEndingReason::StillNeeded => Some(EndingReason::StillNeeded),
        proto::DisposalEndingReason::Mistaken => Some(EndingReason::Mistaken),
    }
}

/// A pack's reference.
pub(crate) fn pack(pack: &PackRef) -> chain::PackReference {
    chain::PackReference { id: pack.id.clone(), version: pack.version.clone() }
}

/// Where an erasure request stands.
pub(crate) const fn erasure_stage(stage: ErasureStage) -> proto::ErasureStage {
    match stage {
        ErasureStage::Unrequested => proto::ErasureStage::Unspecified,
        ErasureStage::Received => proto::ErasureStage::Received,
        ErasureStage::Referred => proto::ErasureStage::Referred,
        ErasureStage::Refused => proto::ErasureStage::Refused,
        ErasureStage::Granted => proto::ErasureStage::Granted,
        ErasureStage::CarriedOut => proto::ErasureStage::CarriedOut,
    }
}

/// What is decided, and why where the person is kept.
pub(crate) const fn outcome(outcome: Outcome) -> (proto::ErasureOutcome, proto::ErasureGround) {
    match outcome {
        Outcome::Erase => (proto::ErasureOutcome::Erase, proto::ErasureGround::Unspecified),
        Outcome::Keep(ground) => (proto::ErasureOutcome::Keep, self::ground(ground)),
    }
}

const fn ground(ground: Ground) -> proto::ErasureGround {
    match ground {
        Ground::AuditAndPayment => proto::ErasureGround::AuditAndPayment,
        Ground::LegalObligation => proto::ErasureGround::LegalObligation,
        Ground::PublicTask => proto::ErasureGround::PublicTask,
        Ground::LegalClaims => proto::ErasureGround::LegalClaims,
        Ground::Archiving => proto::ErasureGround::Archiving,
        Ground::Statistics => proto::ErasureGround::Statistics,
    }
}

/// How far a person came.
pub(crate) const fn progress(progress: Progress) -> proto::ParticipantProgress {
    match progress {
        Progress::NeverStarted => proto::ParticipantProgress::NeverStarted,
        Progress::AttendedOnly => proto::ParticipantProgress::AttendedOnly,
        Progress::Started => proto::ParticipantProgress::Started,
    }
}

/// A decision off the wire; none where outcome and ground do not go together.
pub(crate) fn read_outcome(outcome: i32, ground: i32) -> Option<Outcome> {
    let found = Ground::ALL.into_iter().find(|known| i32::from(self::ground(*known)) == ground);
    match proto::ErasureOutcome::try_from(outcome) {
        Ok(proto::ErasureOutcome::Erase) if ground == 0 => Some(Outcome::Erase),
        Ok(proto::ErasureOutcome::Keep) => found.map(Outcome::Keep),
        Ok(proto::ErasureOutcome::Erase | proto::ErasureOutcome::Unspecified) | Err(_) => None,
    }
}

/// How far a person came, off the wire.
pub(crate) fn read_progress(value: i32) -> Option<Progress> {
    Progress::ALL.into_iter().find(|known| i32::from(progress(*known)) == value)
}
