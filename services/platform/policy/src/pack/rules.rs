//! The rules of a pack: the columns of the table of programmes, each stated, silent or not known here.

use serde::Deserialize;

use super::values::{
    AgreementEvidence, ChangeApproval, Charge, ContractRecord, DraftApproval, ElectedMembers, Erasure,
    FundedRetention, IceStages, MixedRouting, Party, ReportRecord, Signposting, StatedLimit,
};
use crate::{Term, Tri};

/// What the documents of a pack say, rule by rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// CMP-02: the process is explained at first contact.
    pub first_contact_explanation: Tri<bool>,
    /// CMP-03: everyone knows that the procedure exists.
    pub procedure_awareness: Tri<bool>,
    /// CMP-15: proof that the customer accepts the procedure.
    pub agreement_evidence: Tri<AgreementEvidence>,
    /// CMP-05: every step is carried out.
    pub every_step: Tri<bool>,
    /// CMP-06: action is taken to the timescales the provider states, so that it must state some.
    pub stated_timescales: Tri<bool>,
    /// CMP-10: what a review of the process is checked against.
    pub review_documents: Tri<Vec<String>>,
    /// CMP-24: stages that every procedure of the programme has.
    pub provider_stages: Tri<u8>,
    /// CMP-16: the department approves drafts.
    pub draft_approval: Tri<DraftApproval>,
    /// CMP-07: the text that a final response carries.
    pub signposting: Tri<Signposting>,
    /// CMP-08: no answer for this long opens the way to ICE. Silence means no such right from this pack.
    pub eight_week_right: Tri<Term>,
    /// CMP-09, ICE-01: how long the way to ICE is open after a final response.
    pub ice_window: Tri<Term>,
    /// ICE-03: ICE asks whether every step was done.
    pub ice_process_check: Tri<bool>,
    /// CMP-14, ICE-04: ICE may ask for steps to be done again.
    pub reopening: Tri<bool>,
    /// ICE-05: any correspondence from ICE.
    pub ice_correspondence: Tri<StatedLimit>,
    /// ICE-07: all papers go to ICE when asked for.
    pub evidence_on_request: Tri<bool>,
    /// ICE-15: the stages of the examination.
    pub ice_stages: Tri<IceStages>,
    /// ICE-10: what an upheld complaint costs.
    pub ice_charge: Tri<Charge>,
    /// ICE-11: management information from ICE feeds contract performance management.
    pub management_information: Tri<bool>,
    /// RTE-01, RTE-02: who leads a complaint against several bodies.
    pub mixed_routing: Tri<MixedRouting>,
    /// RTE-04: papers or a contribution for Jobcentre Plus.
    pub jcp_contribution: Tri<StatedLimit>,
    /// CMP-13: the stage of the provider's process that the joint reply stands for.
    pub joint_reply_stage: Tri<u8>,
    /// CMP-12: a complaint by way of Jobcentre Plus is worked like a direct one.
    pub jcp_referral_as_direct: Tri<bool>,
    /// RTE-08: who takes complaints about the programme itself.
    pub policy_complaints: Tri<Party>,
    /// RTE-09: elected members who write for a person.
    pub elected_members: Tri<ElectedMembers>,
    /// RET-01, RET-02: the record of the contract.
    pub contract_record: Tri<ContractRecord>,
    /// RET-03, RET-04: completed reports.
    pub report_record: Tri<ReportRecord>,
    /// RET-09: records kept for a funding body.
    pub funded_retention: Tri<FundedRetention>,
    /// RET-10, RET-11: erasure requests.
    pub erasure: Tri<Erasure>,
    /// ISS-02, ISS-03: changes that wait for approval.
    pub change_approval: Tri<ChangeApproval>,
}
