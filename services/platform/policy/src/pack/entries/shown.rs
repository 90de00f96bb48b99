//! Values in words.

use crate::{
    DayOne, Term,
    pack::{
        AgreementEvidence, AgreementForm, ChangeApproval, ChangeKind, Charge, ChargeWording, ContractRecord,
        DraftApproval, ElectedMembers, Erasure, FundedRetention, IceStages, MixedRouting, Party,
        ReportDisposal, ReportRecord, Signposting, StatedLimit, Title,
    },
};

/// A value that can be put in words.
pub(super) trait Shown {
    /// The words.
    fn shown(&self) -> String;
}

impl Shown for bool {
    fn shown(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl Shown for u8 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for u32 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for Term {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for Vec<String> {
    fn shown(&self) -> String {
        self.join("; ")
    }
}

impl Shown for Vec<Title> {
    fn shown(&self) -> String {
        let words = |title: &Title| match (title.valid_from, title.valid_until) {
            (None, None) => title.letters.clone(),
            (Some(from), None) => format!("{} from {from}", title.letters),
            (None, Some(until)) => format!("{} until {until}", title.letters),
            (Some(from), Some(until)) => format!("{} from {from} until {until}", title.letters),
        };
        self.iter().map(words).collect::<Vec<_>>().join(", ")
    }
}

impl Shown for DayOne {
    fn shown(&self) -> String {
        match self {
            Self::NextWorkingDay => "the first working day after the start",
            Self::AfterStartMoved => {
                "the working day after the start, the start itself moved to a working day"
            }
        }
        .to_owned()
    }
}

impl Shown for AgreementEvidence {
    fn shown(&self) -> String {
        let form = |form: &AgreementForm| match form {
            AgreementForm::Signature => "signature",
            AgreementForm::Email => "e-mail",
        };
        let forms: Vec<&str> = self.accepted.iter().map(form).collect();
        format!(
            "{}; {}",
            forms.join(" or "),
            if self.precondition { "needed before work starts" } else { "its absence is flagged" }
        )
    }
}

impl Shown for DraftApproval {
    fn shown(&self) -> String {
        let which = if self.formal_only { "formal complaints" } else { "every complaint" };
        let clock = if self.stops_the_clock { "stops the clock" } else { "does not stop the clock" };
        format!("by {}, for {which}; {clock}", self.approver)
    }
}

impl Shown for Signposting {
    fn shown(&self) -> String {
        match &self.held_at {
            Some(held_at) => format!("{} ({held_at})", self.name),
            None => self.name.clone(),
        }
    }
}

impl Shown for StatedLimit {
    fn shown(&self) -> String {
        format!("as stated, at most {}", self.at_most)
    }
}

impl Shown for MixedRouting {
    fn shown(&self) -> String {
        let agreed = if self.wording_agreed { ", wording agreed with the provider" } else { "" };
        format!("led by {}{agreed}", self.lead.shown())
    }
}

impl Shown for Party {
    fn shown(&self) -> String {
        match self {
            Self::Provider => "the provider",
            Self::JobcentrePlus => "Jobcentre Plus",
            Self::Department => "the department",
        }
        .to_owned()
    }
}

impl Shown for ElectedMembers {
    fn shown(&self) -> String {
        let limit = self.reply_within.map_or_else(|| "no limit".to_owned(), |term| format!("within {term}"));
        format!("{}; {limit}", self.titles.shown())
    }
}

impl Shown for Charge {
    fn shown(&self) -> String {
        let firmly = match self.wording {
            ChargeWording::Will => "will be recovered",
            ChargeWording::UnderNormalCircumstances => "recovered under normal circumstances",
            ChargeWording::Reported => "reported to be recovered",
        };
        let year = if self.funds_following_year { ", for the following year" } else { "" };
        format!("{} pence {firmly} when upheld at {}{year}", self.pence, self.upheld_at)
    }
}

impl Shown for IceStages {
    fn shown(&self) -> String {
        let named: Vec<String> = self.named.iter().map(ToString::to_string).collect();
        let count = self.count.map_or_else(String::new, |count| format!(" (of {count})"));
        let account = if self.account_at_every_stage { "; the provider's account at each" } else { "" };
        format!("{}{count}{account}", named.join(", "))
    }
}

impl Shown for ContractRecord {
    fn shown(&self) -> String {
        let agreed = if self.or_as_agreed { ", or as agreed" } else { "" };
        format!("{} after the contract ends{agreed}: {}", self.keep_for, self.covers.join("; "))
    }
}

impl Shown for ReportRecord {
    fn shown(&self) -> String {
        let then = |disposal: &ReportDisposal| match disposal {
            ReportDisposal::Destroy => "destroy".to_owned(),
            ReportDisposal::Anonymise => format!("anonymise for at most {}", self.anonymised_at_most),
        };
        let then: Vec<String> = self.then.iter().map(then).collect();
        format!(
            "at most {} after payment, then {}: {}",
            self.keep_at_most,
            then.join(" or "),
            self.of.join("; ")
        )
    }
}

impl Shown for FundedRetention {
    fn shown(&self) -> String {
        format!("to {}, not for starts from {}", self.until_year, self.not_for_starts_from)
    }
}

impl Shown for Erasure {
    fn shown(&self) -> String {
        let holding = if self.holding_reply_at_once { "holding reply at once, " } else { "" };
        format!("{holding}answer within {}; {}", self.answer_within, self.erasable)
    }
}

impl Shown for ChangeApproval {
    fn shown(&self) -> String {
        let kind = |kind: &ChangeKind| match kind {
            ChangeKind::Access => "access",
            ChangeKind::Efficiency => "efficiency",
        };
        let kinds: Vec<&str> = self.covers.iter().map(kind).collect();
        let written = if self.in_writing { ", in writing" } else { "" };
        let before = if self.before_implementation { ", before the change" } else { "" };
        format!("by {}{written}{before}: {}", self.approver, kinds.join(", "))
    }
}
