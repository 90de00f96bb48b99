//! The checks, field by field. A limit on the provider may get shorter, a window of the complainant longer, a duty may be
//! added. Where nothing is known there is nothing to loosen, and the value passes.

use redress_kernel::{Citation, Violation};

use super::{Breach, Overlay, reason};
use crate::{Pack, Refusal, Source, Term, Tri};

pub(super) fn against_pack(pack: &Pack, overlay: &Overlay) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let rules = &pack.rules;

    switched_off(
        pack,
        "first_contact_explanation",
        overlay.first_contact_explanation,
        rules.first_contact_explanation.source(),
        &mut breaches,
    );
    switched_off(
        pack,
        "draft_approval",
        overlay.draft_approval,
        rules.draft_approval.source(),
        &mut breaches,
    );
    stages(pack, overlay, &mut breaches);

    longer(
        pack,
        "final_response_within",
        overlay.final_response_within,
        &rules.eight_week_right,
        |term| *term,
        &mut breaches,
    );
    longer(
        pack,
        "contribution_within",
        overlay.contribution_within,
        &rules.jcp_contribution,
        |limit| limit.at_most,
        &mut breaches,
    );
    longer(
        pack,
        "ice_correspondence_within",
        overlay.ice_correspondence_within,
        &rules.ice_correspondence,
        |limit| limit.at_most,
        &mut breaches,
    );
    longer(
        pack,
        "reports_kept_at_most",
        overlay.reports_kept_at_most,
        &rules.report_record,
        |record| record.keep_at_most,
        &mut breaches,
    );
    longer(
        pack,
        "anonymised_reports_kept_at_most",
        overlay.anonymised_reports_kept_at_most,
        &rules.report_record,
        |record| record.anonymised_at_most,
        &mut breaches,
    );
    if let (Some(own), Some(window), Some(source)) =
        (overlay.ice_window, rules.ice_window.value(), rules.ice_window.source())
        && !window.never_longer_than(own)
    {
        breaches.push(breach(
            "ice_window",
            reason::TOO_SHORT,
            format!("must be at least {window}"),
            pack.cite(source),
        ));
    }
    contract_record(pack, overlay, &mut breaches);
    empty(overlay, &mut breaches);
    breaches
}

pub(super) fn against_upper(pack: &Pack, upper: &Overlay, lower: &Overlay) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let rule = || {
        let duty = pack.duties_of("XCT-06").next();
        duty.map_or_else(|| Refusal::own("XCT-06"), |duty| pack.cite(&duty.source))
    };
    let mut limit = |field: String, own: Option<Term>, above: Option<Term>| match (own, above) {
        (Some(own), Some(above)) if !own.never_longer_than(above) => breaches.push(breach(
            field,
            reason::TOO_LONG,
            format!("must be at most {above}, as in the procedure above"),
            rule(),
        )),
        (None, Some(above)) => {
            breaches.push(breach(
                field,
                reason::NOT_STATED,
                format!("must be stated, at most {above}, as in the procedure above"),
                rule(),
            ));
        }
        (Some(_) | None, _) => {}
    };
    limit("acknowledge_within".to_owned(), lower.acknowledge_within, upper.acknowledge_within);
    for (at, above) in upper.stages.iter().enumerate() {
        if let Some(own) = lower.stages.get(at) {
            limit(format!("stages[{at}].respond_within"), own.respond_within, above.respond_within);
        }
    }
    // A limit that the lower procedure leaves out is the one above it, so only a stated one can be too long.
    for (field, own, above) in [
        ("final_response_within", lower.final_response_within, upper.final_response_within),
        ("contribution_within", lower.contribution_within, upper.contribution_within),
        ("ice_correspondence_within", lower.ice_correspondence_within, upper.ice_correspondence_within),
    ] {
        if own.is_some() {
            limit(field.to_owned(), own, above);
        }
    }
    for (at, above) in upper.stages.iter().enumerate() {
        let Some(own) = lower.stages.get(at) else { continue };
        let shut_earlier = match (own.escalate_within, above.escalate_within) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(own), Some(above)) => !above.never_longer_than(own),
        };
        if shut_earlier {
            let field = format!("stages[{at}].escalate_within");
            breaches.push(breach(
                field,
                reason::TOO_SHORT,
                "must leave at least the time of the procedure above".to_owned(),
                rule(),
            ));
        }
    }
    if lower.stages.len() < upper.stages.len() {
        let description =
            format!("must have at least {} stages, as in the procedure above", upper.stages.len());
        breaches.push(breach("stages", reason::TOO_FEW_STAGES, description, rule()));
    }
    for (field, own, above) in [
        ("first_contact_explanation", lower.first_contact_explanation, upper.first_contact_explanation),
        ("draft_approval", lower.draft_approval, upper.draft_approval),
    ] {
        if own == Some(false) && above == Some(true) {
            breaches.push(breach(
                field,
                reason::SWITCHED_OFF,
                "must stay on, as in the procedure above".to_owned(),
                rule(),
            ));
        }
    }
    breaches
}

fn switched_off(
    pack: &Pack,
    field: &str,
    own: Option<bool>,
    source: Option<&Source>,
    breaches: &mut Vec<Breach>,
) {
    if let (Some(false), Some(source)) = (own, source) {
        breaches.push(breach(
            field,
            reason::SWITCHED_OFF,
            "must stay on: the guidance demands it".to_owned(),
            pack.cite(source),
        ));
    }
}

fn longer<T>(
    pack: &Pack,
    field: &str,
    own: Option<Term>,
    rule: &Tri<T>,
    limit: impl Fn(&T) -> Term,
    breaches: &mut Vec<Breach>,
) {
    let (Some(own), Some(value), Some(source)) = (own, rule.value(), rule.source()) else { return };
    let limit = limit(value);
    if !own.never_longer_than(limit) {
        breaches.push(breach(
            field,
            reason::TOO_LONG,
            format!("must be at most {limit}, whatever the start"),
            pack.cite(source),
        ));
    }
}

fn stages(pack: &Pack, overlay: &Overlay, breaches: &mut Vec<Breach>) {
    let process = || pack.citation(&pack.rules.every_step).unwrap_or_else(|| Refusal::own("CMP-05"));
    if overlay.stages.is_empty() {
        breaches.push(breach(
            "stages",
            reason::TOO_FEW_STAGES,
            "must have at least one stage".to_owned(),
            process(),
        ));
    }
    if let (Some(fewest), Some(source)) =
        (pack.rules.provider_stages.value(), pack.rules.provider_stages.source())
        && overlay.stages.len() < usize::from(*fewest)
    {
        breaches.push(breach(
            "stages",
            reason::TOO_FEW_STAGES,
            format!("must have at least {fewest} stages"),
            pack.cite(source),
        ));
    }
    if let (true, Some(citation)) =
        (pack.rules.stated_timescales.is_required(), pack.citation(&pack.rules.stated_timescales))
    {
        for (at, _) in overlay.stages.iter().enumerate().filter(|(_, stage)| stage.respond_within.is_none()) {
            let field = format!("stages[{at}].respond_within");
            breaches.push(breach(
                field,
                reason::NOT_STATED,
                "must be stated: action is taken to stated timescales".to_owned(),
                citation.clone(),
            ));
        }
    }
    if let (Some(eight_weeks), Some(source)) =
        (pack.rules.eight_week_right.value(), pack.rules.eight_week_right.source())
    {
        let limits: Vec<Term> = overlay.stages.iter().filter_map(|stage| stage.respond_within).collect();
        if !together_within(&limits, *eight_weeks) {
            let description =
                format!("must together end within {eight_weeks} of receipt, whatever the start");
            breaches.push(breach("stages", reason::CANNOT_END_IN_TIME, description, pack.cite(source)));
        }
    }
}

/// Whether `limits`, one after the other, can never end after `all`. Working days are added up before they are turned into
/// calendar days, so that no weekend or holiday counts twice.
fn together_within(limits: &[Term], all: Term) -> bool {
    let working = |term: &&Term| term.unit == crate::Unit::WorkingDays;
    let working_days: u32 = limits.iter().filter(working).map(|term| u32::from(term.amount)).sum();
    let Ok(working_days) = u16::try_from(working_days) else { return false };
    let rest: u32 = limits.iter().filter(|term| !working(term)).map(|term| term.most_days()).sum();
    Term::new(working_days, crate::Unit::WorkingDays).most_days() + rest <= all.fewest_days()
}

fn contract_record(pack: &Pack, overlay: &Overlay, breaches: &mut Vec<Breach>) {
    let record = &pack.rules.contract_record;
    let (Some(own), Some(value), Some(source)) =
        (overlay.contract_record_kept_for, record.value(), record.source())
    else {
        return;
    };
    if own == value.keep_for {
        return;
    }
    let field = "contract_record_kept_for";
    if !value.or_as_agreed {
        breaches.push(breach(
            field,
            reason::TOO_SHORT,
            format!("must be {}", value.keep_for),
            pack.cite(source),
        ));
    } else if overlay.contract_record_agreement.trim().is_empty() {
        // Q13: literally "as long as may be agreed", so shorter and longer are open to agreement, and only to that.
        let description =
            format!("must be {} unless contract_record_agreement names the agreement", value.keep_for);
        breaches.push(breach(field, reason::AGREEMENT_REQUIRED, description, pack.cite(source)));
    }
}

fn empty(overlay: &Overlay, breaches: &mut Vec<Breach>) {
    let stages = overlay.stages.iter().enumerate().flat_map(|(at, stage)| {
        [
            (format!("stages[{at}].respond_within"), stage.respond_within),
            (format!("stages[{at}].escalate_within"), stage.escalate_within),
        ]
    });
    let single = [
        ("acknowledge_within", overlay.acknowledge_within),
        ("final_response_within", overlay.final_response_within),
        ("contribution_within", overlay.contribution_within),
        ("ice_correspondence_within", overlay.ice_correspondence_within),
        ("ice_window", overlay.ice_window),
    ];
    let single = single.into_iter().map(|(field, term)| (field.to_owned(), term));
    for (field, _) in stages.chain(single).filter(|(_, term)| term.is_some_and(|term| term.amount == 0)) {
        breaches.push(breach(
            field,
            reason::EMPTY,
            "must be at least one".to_owned(),
            Refusal::own("CMP-06"),
        ));
    }
}

fn breach(field: impl Into<String>, reason: &'static str, description: String, citation: Citation) -> Breach {
    Breach { violation: Violation::new(field, reason, description), citation }
}
