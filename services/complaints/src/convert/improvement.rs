//! Words of issues and change proposals.

use complaints_domain::improvement::{
    change_proposal::{Category, StageName, Verdict},
    issue,
};
use redress_proto::complaints::v1 as proto;

pub(crate) const fn issue_stage(state: &issue::State) -> proto::IssueStage {
    match state {
        issue::State::Unreported => proto::IssueStage::Unspecified,
        issue::State::Open(_) => proto::IssueStage::Open,
        issue::State::Resolved { .. } => proto::IssueStage::Resolved,
    }
}

pub(crate) const fn category(category: Category) -> proto::ChangeCategory {
    match category {
        Category::Access => proto::ChangeCategory::Access,
        Category::Efficiency => proto::ChangeCategory::Efficiency,
    }
}

pub(crate) fn read_category(category: i32) -> Option<Category> {
    match proto::ChangeCategory::try_from(category).ok()? {
        proto::ChangeCategory::Unspecified => None,
        proto::ChangeCategory::Access => Some(Category::Access),
        proto::ChangeCategory::Efficiency => Some(Category::Efficiency),
    }
}

pub(crate) const fn change_stage(stage: StageName) -> proto::ChangeStage {
    match stage {
        StageName::Undrafted => proto::ChangeStage::Unspecified,
        StageName::Drafted => proto::ChangeStage::Drafted,
        StageName::Submitted => proto::ChangeStage::Submitted,
        StageName::MoreInformation => proto::ChangeStage::MoreInformation,
        StageName::Approved => proto::ChangeStage::Approved,
        StageName::Rejected => proto::ChangeStage::Rejected,
        StageName::Implemented => proto::ChangeStage::Implemented,
        StageName::Reviewed => proto::ChangeStage::Reviewed,
        StageName::Withdrawn => proto::ChangeStage::Withdrawn,
    }
}

pub(crate) fn read_verdict(decision: i32) -> Option<Verdict> {
    match proto::ChangeDecision::try_from(decision).ok()? {
        proto::ChangeDecision::Unspecified => None,
        proto::ChangeDecision::Approve => Some(Verdict::Approve),
        proto::ChangeDecision::Reject => Some(Verdict::Reject),
        proto::ChangeDecision::AskForMore => Some(Verdict::AskForMore),
    }
}
