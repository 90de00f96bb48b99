//! The clocks of a pack: for each kind, its length and manners, from the rule or the practice behind it.

use redress_kernel::Citation;

use super::Pack;
use crate::{
    Refusal, Source, Sourced, Term, Tri,
    deadline::{Clock, ClockKind, Roll, Stated, Warning},
};

impl Pack {
    /// The clock of `kind` under this pack.
    ///
    /// # Errors
    /// Refuses where the document is silent, where it is not known, and for limits that the provider's own procedure sets
    /// (see [`Pack::own_clock`]).
    pub fn clock(&self, kind: ClockKind) -> Result<Clock, Refusal> {
        let (rules, practice) = (&self.rules, &self.practice);
        match kind {
            ClockKind::Acknowledgement
            | ClockKind::Step
            | ClockKind::StageResponse
            | ClockKind::Escalation => Err(Refusal::ProvidersOwn { kind }),
            ClockKind::EightWeekRight => {
                self.stated_clock(kind, &rules.eight_week_right, "eight_week_right", |term| *term)
            }
            ClockKind::IceWindow => {
                let clock = self.stated_clock(kind, &rules.ice_window, "ice_window", |term| *term)?;
                Ok(Clock { roll: Roll::OpenToWorkingDay, ..clock })
            }
            ClockKind::IceWindowByPost => {
                let clock = self.stated_clock(kind, &rules.ice_window, "ice_window", |term| *term)?;
                Ok(Clock {
                    roll: Roll::OpenToWorkingDay,
                    allowance: Some(practice.window_post_allowance.value),
                    ..clock
                })
            }
            ClockKind::IceCorrespondence => {
                let clock =
                    self.stated_clock(kind, &rules.ice_correspondence, "ice_correspondence", |limit| {
                        limit.at_most
                    })?;
                Ok(self.taking_stated(clock))
            }
            ClockKind::ReopenedSteps => match rules.reopening.known(&self.reference, "reopening")? {
                Some(_) => Ok(self.taking_stated(self.practised(kind, &practice.reopened_steps))),
                None => Err(self.none(kind)),
            },
            ClockKind::JcpContribution => {
                let clock = match rules.jcp_contribution.known(&self.reference, "jcp_contribution")? {
                    Some(limit) => self.plain(kind, limit.value.at_most, &limit.source),
                    // Q26: late after five working days where nobody set a date.
                    None => self.practised(kind, &practice.contribution),
                };
                Ok(self.taking_stated(clock))
            }
            ClockKind::ElectedMemberReply => {
                let own = rules.elected_members.known(&self.reference, "elected_members")?;
                let own = own.and_then(|members| {
                    members.value.reply_within.map(|term| self.plain(kind, term, &members.source))
                });
                Ok(own.unwrap_or_else(|| self.practised(kind, &practice.elected_member_reply)))
            }
            ClockKind::ElectedMemberReplyCap => Ok(self.practised(kind, &practice.elected_member_reply_cap)),
            ClockKind::ElectedAfterDissolution => {
                Ok(self.practised(kind, &practice.elected_after_dissolution))
            }
            ClockKind::DepartmentReply => Ok(self.practised(kind, &practice.department_reply)),
            ClockKind::AccessToWorkOfficialReply => {
                Ok(self.practised(kind, &practice.access_to_work_official_reply))
            }
            ClockKind::AccessToWorkReply => Ok(self.practised(kind, &practice.access_to_work_reply)),
            ClockKind::DataProtectionAcknowledgement => {
                let clock = self.practised(kind, &practice.data_protection_acknowledgement);
                Ok(Clock { warning: Warning::After(practice.data_protection_warning.value), ..clock })
            }
            ClockKind::IceContact => Ok(self.practised(kind, &practice.ice_contact)),
            ClockKind::IceResolution => Ok(self.practised(kind, &practice.ice_resolution)),
            ClockKind::IceSettlement => Ok(self.practised(kind, &practice.ice_settlement)),
            ClockKind::IceReport => Ok(self.practised(kind, &practice.ice_report)),
            ClockKind::IceReplyAboutItself => Ok(self.practised(kind, &practice.ice_reply_about_itself)),
            ClockKind::IceKeepsAccepted => Ok(self.practised(kind, &practice.ice_keeps_accepted)),
            ClockKind::IceKeepsOther => Ok(self.practised(kind, &practice.ice_keeps_other)),
            ClockKind::ContractRecord => {
                self.stated_clock(kind, &rules.contract_record, "contract_record", |record| record.keep_for)
            }
            // Q14: like the contract's own record where the pack has one.
            ClockKind::ComplaintFile => match rules.contract_record.value() {
                Some(record) => Ok(self.plain(kind, record.keep_for, &practice.complaint_file.source)),
                None => Ok(self.practised(kind, &practice.complaint_file)),
            },
            ClockKind::Report => {
                self.stated_clock(kind, &rules.report_record, "report_record", |record| record.keep_at_most)
            }
            ClockKind::AnonymisedReport => {
                self.stated_clock(kind, &rules.report_record, "report_record", |record| {
                    record.anonymised_at_most
                })
            }
            ClockKind::UnpaidReport => match rules.report_record.known(&self.reference, "report_record")? {
                Some(_) => Ok(self.practised(kind, &practice.unpaid_report)),
                None => Err(self.none(kind)),
            },
            ClockKind::ErasureAnswer => Ok(self.erasure_answer()),
            ClockKind::DisposalApproval => Ok(self.practised(kind, &practice.disposal_approval)),
            ClockKind::DisposalVeto => Ok(self.practised(kind, &practice.disposal_veto)),
            ClockKind::HoldCooling => Ok(self.practised(kind, &practice.hold_cooling)),
            ClockKind::HoldReview => Ok(self.practised(kind, &practice.hold_review)),
            ClockKind::AnonymityReview => Ok(self.practised(kind, &practice.anonymity_review)),
            ClockKind::ScheduleCooling => Ok(self.practised(kind, &practice.schedule_cooling)),
        }
    }

    /// Every clock that this pack states, in the order of a case's life.
    pub fn clocks(&self) -> Vec<Clock> {
        ClockKind::ALL.into_iter().filter_map(|kind| self.clock(kind).ok()).collect()
    }

    /// The clock of a limit that the provider's own procedure sets (CMP-06): the length is the procedure's, the manners are the pack's.
    /// A limit on the provider stays where it is; time left to the complainant does not run out on a day that is not worked.
    pub fn own_clock(&self, kind: ClockKind, term: Term) -> Clock {
        let citation = self.citation(&self.rules.stated_timescales).unwrap_or_else(|| Citation {
            rule: "CMP-06".to_owned(),
            pack: self.reference.id.clone(),
            pack_version: self.reference.version.clone(),
            document: String::new(),
            paragraph: String::new(),
            inputs: Vec::new(),
        });
        let roll = if kind == ClockKind::Escalation { Roll::OpenToWorkingDay } else { Roll::Stays };
        Clock { roll, ..self.bare(kind, term, citation) }
    }

    fn erasure_answer(&self) -> Clock {
        let (kind, practice) = (ClockKind::ErasureAnswer, &self.practice);
        let clock = match self.rules.erasure.value() {
            Some(erasure) => {
                let source = self.rules.erasure.source().unwrap_or(&practice.erasure_answer.source);
                self.plain(kind, erasure.answer_within, source)
            }
            None => self.practised(kind, &practice.erasure_answer),
        };
        Clock { warning: Warning::After(practice.erasure_warning.value), ..clock }
    }

    fn stated_clock<T>(
        &self,
        kind: ClockKind,
        rule: &Tri<T>,
        name: &'static str,
        term: impl Fn(&T) -> Term,
    ) -> Result<Clock, Refusal> {
        let sourced = rule.known(&self.reference, name)?.ok_or_else(|| self.none(kind))?;
        Ok(self.plain(kind, term(&sourced.value), &sourced.source))
    }

    fn practised(&self, kind: ClockKind, practice: &Sourced<Term>) -> Clock {
        self.plain(kind, practice.value, &practice.source)
    }

    fn plain(&self, kind: ClockKind, term: Term, source: &Source) -> Clock {
        self.bare(kind, term, self.cite(source))
    }

    fn bare(&self, kind: ClockKind, term: Term, citation: Citation) -> Clock {
        Clock {
            kind,
            term,
            allowance: None,
            day_one: self.practice.day_one.value,
            roll: Roll::Stays,
            warning: Warning::WorkingDayBefore,
            stated: Stated::NotTaken,
            citation,
        }
    }

    fn taking_stated(&self, clock: Clock) -> Clock {
        let stated =
            if self.practice.stated_may_extend.value { Stated::MayExtend } else { Stated::MayShorten };
        Clock { stated, ..clock }
    }

    fn none(&self, kind: ClockKind) -> Refusal {
        Refusal::NoSuchClock { pack: self.reference.clone(), kind }
    }
}
