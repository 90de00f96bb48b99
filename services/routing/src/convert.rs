//! Words of the contract into words of the rules, and back.

use redress_papers::Stage;
use redress_policy::{
    PackRef,
    route::{Holder, Matter, Matters, Outcome, Writer},
};
use redress_proto::{complaints::v1 as complaints, routing::v1 as proto, supply_chain::v1 as chain};
use routing_domain::{Fate, Representative, RerouteReason, Standing, contact, letter, mixed};

/// Who writes.
pub(crate) const fn writer(writer: Writer) -> proto::Writer {
    match writer {
        Writer::Participant => proto::Writer::Participant,
        Writer::Representative => proto::Writer::Representative,
        Writer::ElectedMember => proto::Writer::ElectedMember,
        Writer::Peer => proto::Writer::Peer,
        Writer::JobcentrePlus => proto::Writer::JobcentrePlus,
        Writer::Subcontractor => proto::Writer::Subcontractor,
    }
}

/// Who writes; nothing where nobody was chosen.
pub(crate) fn read_writer(writer: i32) -> Option<Writer> {
    match proto::Writer::try_from(writer).ok()? {
        proto::Writer::Unspecified => None,
        proto::Writer::Participant => Some(Writer::Participant),
        proto::Writer::Representative => Some(Writer::Representative),
        proto::Writer::ElectedMember => Some(Writer::ElectedMember),
        proto::Writer::Peer => Some(Writer::Peer),
        proto::Writer::JobcentrePlus => Some(Writer::JobcentrePlus),
        proto::Writer::Subcontractor => Some(Writer::Subcontractor),
    }
}

/// About whom or what.
pub(crate) fn matters(about: Matters) -> Vec<i32> {
    let matter = |matter| match matter {
        Matter::Provider => proto::Matter::Provider,
        Matter::Subcontractor => proto::Matter::Subcontractor,
        Matter::JobcentrePlus => proto::Matter::JobcentrePlus,
        Matter::ProgrammePolicy => proto::Matter::ProgrammePolicy,
        Matter::Attendance => proto::Matter::Attendance,
        Matter::Enquiry => proto::Matter::Enquiry,
        Matter::DecidedElsewhere => proto::Matter::DecidedElsewhere,
    };
    about.iter().map(|it| matter(it).into()).collect()
}

/// About whom or what.
pub(crate) fn read_matters(about: &[i32]) -> Matters {
    let matter = |matter: &i32| match proto::Matter::try_from(*matter).ok()? {
        proto::Matter::Unspecified => None,
        proto::Matter::Provider => Some(Matter::Provider),
        proto::Matter::Subcontractor => Some(Matter::Subcontractor),
        proto::Matter::JobcentrePlus => Some(Matter::JobcentrePlus),
        proto::Matter::ProgrammePolicy => Some(Matter::ProgrammePolicy),
        proto::Matter::Attendance => Some(Matter::Attendance),
        proto::Matter::Enquiry => Some(Matter::Enquiry),
        proto::Matter::DecidedElsewhere => Some(Matter::DecidedElsewhere),
    };
    about.iter().filter_map(matter).collect()
}

/// Through which door.
pub(crate) const fn outcome(outcome: Outcome) -> proto::Outcome {
    match outcome {
        Outcome::ProviderComplaint => proto::Outcome::ProviderComplaint,
        Outcome::Mixed => proto::Outcome::Mixed,
        Outcome::JobcentrePlus => proto::Outcome::JobcentrePlus,
        Outcome::MemberCorrespondence => proto::Outcome::MemberCorrespondence,
        Outcome::NotAComplaint => proto::Outcome::NotAComplaint,
    }
}

/// Through which door, perhaps none.
pub(crate) fn optional_outcome(opens: Option<Outcome>) -> proto::Outcome {
    opens.map_or(proto::Outcome::Unspecified, outcome)
}

/// Who must do something.
pub(crate) const fn holder(holder: Holder) -> proto::DutyHolder {
    match holder {
        Holder::Provider => proto::DutyHolder::Provider,
        Holder::JobcentrePlus => proto::DutyHolder::JobcentrePlus,
        Holder::Person => proto::DutyHolder::Person,
        Holder::Department => proto::DutyHolder::Department,
        Holder::Recorder => proto::DutyHolder::Recorder,
    }
}

/// Who else speaks for the person.
pub(crate) fn representative(kind: Option<Representative>) -> complaints::RepresentativeKind {
    match kind {
        None => complaints::RepresentativeKind::Unspecified,
        Some(Representative::RelativeOrFriend) => complaints::RepresentativeKind::RelativeOrFriend,
        Some(Representative::Adviser) => complaints::RepresentativeKind::Adviser,
        Some(Representative::ElectedMember) => complaints::RepresentativeKind::ElectedMember,
        Some(Representative::Solicitor) => complaints::RepresentativeKind::Solicitor,
    }
}

/// Who else speaks for the person; nothing for the person alone.
pub(crate) fn read_representative(kind: i32) -> Option<Representative> {
    match complaints::RepresentativeKind::try_from(kind).ok()? {
        complaints::RepresentativeKind::Unspecified => None,
        complaints::RepresentativeKind::RelativeOrFriend => Some(Representative::RelativeOrFriend),
        complaints::RepresentativeKind::Adviser => Some(Representative::Adviser),
        complaints::RepresentativeKind::ElectedMember => Some(Representative::ElectedMember),
        complaints::RepresentativeKind::Solicitor => Some(Representative::Solicitor),
    }
}

/// Why a route is corrected, perhaps for no reason.
pub(crate) fn reroute_reason(reason: Option<RerouteReason>) -> proto::RerouteReason {
    match reason {
        None => proto::RerouteReason::Unspecified,
        Some(RerouteReason::Misread) => proto::RerouteReason::Misread,
        Some(RerouteReason::MoreKnown) => proto::RerouteReason::MoreKnown,
        Some(RerouteReason::PersonAsked) => proto::RerouteReason::PersonAsked,
        Some(RerouteReason::Declined) => proto::RerouteReason::Declined,
        Some(RerouteReason::NotOpened) => proto::RerouteReason::NotOpened,
    }
}

/// Why a route is corrected; nothing where nothing was chosen.
pub(crate) fn read_reroute_reason(reason: i32) -> Option<RerouteReason> {
    match proto::RerouteReason::try_from(reason).ok()? {
        proto::RerouteReason::Unspecified => None,
        proto::RerouteReason::Misread => Some(RerouteReason::Misread),
        proto::RerouteReason::MoreKnown => Some(RerouteReason::MoreKnown),
        proto::RerouteReason::PersonAsked => Some(RerouteReason::PersonAsked),
        proto::RerouteReason::Declined => Some(RerouteReason::Declined),
        proto::RerouteReason::NotOpened => Some(RerouteReason::NotOpened),
    }
}

/// Why a contact is not taken.
pub(crate) const fn reject_reason(reason: contact::RejectReason) -> proto::RejectReason {
    match reason {
        contact::RejectReason::NotOurService => proto::RejectReason::NotOurService,
        contact::RejectReason::NotOurSubcontractor => proto::RejectReason::NotOurSubcontractor,
        contact::RejectReason::AlreadyWorked => proto::RejectReason::AlreadyWorked,
        contact::RejectReason::WrongPerson => proto::RejectReason::WrongPerson,
    }
}

/// Why a contact is not taken; nothing where nothing was chosen.
pub(crate) fn read_reject_reason(reason: i32) -> Option<contact::RejectReason> {
    match proto::RejectReason::try_from(reason).ok()? {
        proto::RejectReason::Unspecified => None,
        proto::RejectReason::NotOurService => Some(contact::RejectReason::NotOurService),
        proto::RejectReason::NotOurSubcontractor => Some(contact::RejectReason::NotOurSubcontractor),
        proto::RejectReason::AlreadyWorked => Some(contact::RejectReason::AlreadyWorked),
        proto::RejectReason::WrongPerson => Some(contact::RejectReason::WrongPerson),
    }
}

/// As what a writer counts.
pub(crate) fn standing(standing: Option<Standing>) -> proto::Standing {
    match standing {
        None => proto::Standing::Unspecified,
        Some(Standing::Elected) => proto::Standing::Elected,
        Some(Standing::ElectedUnderNewTitle) => proto::Standing::ElectedUnderNewTitle,
        Some(Standing::ElectedUntilFourthDay) => proto::Standing::ElectedUntilFourthDay,
        Some(Standing::Representative) => proto::Standing::Representative,
        Some(Standing::Peer) => proto::Standing::Peer,
    }
}

/// What became of a complaint.
pub(crate) fn fate(fate: Option<Fate>) -> proto::Fate {
    match fate {
        None => proto::Fate::Unspecified,
        Some(Fate::Awaited) => proto::Fate::Awaited,
        Some(Fate::Open) => proto::Fate::Open,
        Some(Fate::Refused) => proto::Fate::Refused,
        Some(Fate::Redirected) => proto::Fate::Redirected,
        Some(Fate::Answered) => proto::Fate::Answered,
        Some(Fate::WithIce) => proto::Fate::WithIce,
        Some(Fate::Closed) => proto::Fate::Closed,
        Some(Fate::Withdrawn) => proto::Fate::Withdrawn,
    }
}

/// Where a contact stands.
pub(crate) const fn contact_stage(stage: contact::StageName) -> proto::ContactStage {
    match stage {
        contact::StageName::Unrecorded => proto::ContactStage::Unspecified,
        contact::StageName::Offered => proto::ContactStage::Offered,
        contact::StageName::Declined => proto::ContactStage::Declined,
        contact::StageName::HandedOver => proto::ContactStage::HandedOver,
        contact::StageName::NotOpened => proto::ContactStage::NotOpened,
        contact::StageName::Mixed => proto::ContactStage::Mixed,
        contact::StageName::ToBeDirected => proto::ContactStage::ToBeDirected,
        contact::StageName::Directed => proto::ContactStage::Directed,
        contact::StageName::Correspondence => proto::ContactStage::Correspondence,
        contact::StageName::NotAComplaint => proto::ContactStage::NotAComplaint,
    }
}

/// Where a mixed complaint stands.
pub(crate) const fn mixed_stage(stage: mixed::StageName) -> proto::MixedStage {
    match stage {
        mixed::StageName::Unraised => proto::MixedStage::Unspecified,
        mixed::StageName::RaisedAtProvider => proto::MixedStage::RaisedAtProvider,
        mixed::StageName::JcpLeading => proto::MixedStage::JcpLeading,
        mixed::StageName::ContributionRequested => proto::MixedStage::ContributionRequested,
        mixed::StageName::ContributionSent => proto::MixedStage::ContributionSent,
        mixed::StageName::WordingAgreed => proto::MixedStage::WordingAgreed,
        mixed::StageName::JointReplyIssued => proto::MixedStage::JointReplyIssued,
        mixed::StageName::Satisfied => proto::MixedStage::Satisfied,
        mixed::StageName::Residual => proto::MixedStage::Residual,
        mixed::StageName::Abandoned => proto::MixedStage::Abandoned,
    }
}

/// Where a mixed complaint was raised.
pub(crate) const fn raised_at(at: mixed::RaisedAt) -> proto::RaisedAt {
    match at {
        mixed::RaisedAt::Provider => proto::RaisedAt::Provider,
        mixed::RaisedAt::JobcentrePlus => proto::RaisedAt::JobcentrePlus,
    }
}

/// Where a letter stands.
pub(crate) const fn letter_stage(stage: letter::StageName) -> proto::LetterStage {
    match stage {
        letter::StageName::Unlogged => proto::LetterStage::Unspecified,
        letter::StageName::Classified => proto::LetterStage::Classified,
        letter::StageName::HoldingSent => proto::LetterStage::HoldingSent,
        letter::StageName::Replied => proto::LetterStage::Replied,
        letter::StageName::Closed => proto::LetterStage::Closed,
        letter::StageName::Abandoned => proto::LetterStage::Abandoned,
    }
}

/// Where what a letter is about is worked.
pub(crate) fn destination(destination: Option<letter::Destination>) -> proto::LetterDestination {
    match destination {
        None => proto::LetterDestination::Unspecified,
        Some(letter::Destination::ProviderProcess) => proto::LetterDestination::ProviderProcess,
        Some(letter::Destination::JobcentrePlus) => proto::LetterDestination::JobcentrePlus,
        Some(letter::Destination::Mixed) => proto::LetterDestination::Mixed,
    }
}

/// Authority to act for the participant.
pub(crate) fn authority(authority: Option<letter::Authority>) -> proto::Authority {
    match authority {
        None => proto::Authority::Unspecified,
        Some(letter::Authority::Elected) => proto::Authority::Elected,
        Some(letter::Authority::Consent) => proto::Authority::Consent,
    }
}

/// A pack by name and version.
pub(crate) fn pack(pack: &PackRef) -> chain::PackReference {
    chain::PackReference { id: pack.id.clone(), version: pack.version.clone() }
}

/// Whether a paper may be read.
pub(crate) const fn paper_state(stage: Stage) -> complaints::DocumentState {
    match stage {
        Stage::Stored => complaints::DocumentState::Stored,
        Stage::Mismatched | Stage::Unscannable | Stage::Harmful => complaints::DocumentState::Quarantined,
    }
}

/// Why a paper may not be read.
pub(crate) const fn paper_finding(stage: Stage) -> complaints::DocumentFinding {
    match stage {
        Stage::Stored => complaints::DocumentFinding::Unspecified,
        Stage::Mismatched => complaints::DocumentFinding::ContentTypeMismatch,
        Stage::Unscannable => complaints::DocumentFinding::Unscannable,
        Stage::Harmful => complaints::DocumentFinding::Malware,
    }
}
