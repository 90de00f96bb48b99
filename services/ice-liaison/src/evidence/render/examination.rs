//! The cases with the examiner: what it wrote, what the provider said to it, and what came of it.
//!
//! Whether a letter is late or a standard missed by today is left out, as everywhere in a bag.

use redress_bag::case::{Copy, Decision, Disposition, Fact, Happening, Letter};
use redress_chassis::wire;
use redress_proto::{
    ice_liaison::v1::{Account, Examination, IceLetter, Report},
    r#type::v1::CivilDate,
};

use super::{day, word};
use crate::evidence::Papers;

/// The letters of the examiner, the accounts of the provider, and the reports, each as a paper of its own.
pub(super) fn letters(papers: &Papers) -> impl Iterator<Item = Letter> {
    papers.examinations.iter().flat_map(|one| {
        let received = one.letters.iter().map(|letter| received(papers, letter));
        let accounts = (1..).zip(&one.accounts).map(|(number, given)| account(one, number, given));
        received.chain(accounts).chain(one.report.as_ref().map(|it| report(one, it)))
    })
}

fn received(papers: &Papers, letter: &IceLetter) -> Letter {
    let kind = word::value(letter.kind().as_str_name(), "ICE_LETTER_KIND_").unwrap_or_default();
    let told = [
        day(letter.received_on.as_ref()).map(|on| format!("received on {on}")),
        day(letter.answered_on.as_ref()).map(|on| format!("answered on {on}")),
    ];
    let content = papers.disposition(&letter.name, || Copy {
        text: written(&format!("Letter of the Independent Case Examiner: {kind}"), &letter.body),
        pdf: None,
    });
    Letter {
        id: letter.name.clone(),
        title: format!("Letter of the examiner, {kind}"),
        state: told.into_iter().flatten().collect::<Vec<_>>().join(", "),
        content,
    }
}

fn account(of: &Examination, number: usize, account: &Account) -> Letter {
    let stage = word::of(&account.stage);
    Letter {
        id: format!("{}/accounts/{number}", of.name),
        title: format!("The provider's account, {stage}"),
        state: day(account.given_on.as_ref()).map(|on| format!("given on {on}")).unwrap_or_default(),
        content: Disposition::Included(Copy {
            text: written(&format!("The provider's account at the stage of {stage}"), &account.statement),
            pdf: None,
        }),
    }
}

fn report(of: &Examination, report: &Report) -> Letter {
    let mut text = written("The report of the Independent Case Examiner, in short", &report.summary);
    for recommendation in &of.recommendations {
        let kind = word::value(recommendation.kind().as_str_name(), "RECOMMENDATION_KIND_");
        text.push_str(&written(
            &format!("Recommendation, {}", kind.unwrap_or_default()),
            &recommendation.text,
        ));
    }
    Letter {
        id: format!("{}/report", of.name),
        title: "The examiner's report".to_owned(),
        state: day(report.decided_on.as_ref()).map(|on| format!("decided on {on}")).unwrap_or_default(),
        content: Disposition::Included(Copy { text, pdf: None }),
    }
}

fn written(title: &str, text: &str) -> String {
    format!("{title}\n\n{text}\n\n")
}

/// What the guidance made of the referral, and what the examiner decided.
pub(super) fn decisions(papers: &Papers) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for one in &papers.examinations {
        decisions.extend(right(one));
        decisions.extend(one.report.as_ref().and_then(|report| found(one, report)));
    }
    decisions
}

fn right(one: &Examination) -> Option<Decision> {
    let found = one.admissibility.as_ref()?;
    let referred = day(one.referred_on.as_ref())?;
    let answer = word::value(found.finding().as_str_name(), "ADMISSIBILITY_FINDING_")?;
    let window = found.window.iter().flat_map(|window| &window.derivation);
    let mut derivation: Vec<Fact> =
        window.filter_map(|step| Some(Fact::new(day(step.on.as_ref())?, step.note.as_str()))).collect();
    if one.discretion {
        derivation.push(Fact::new("the examiner", "took it at its own discretion"));
    }
    Some(Decision {
        question: format!("Had the person a right to go to the examiner on {referred}?"),
        answer,
        derivation,
        citations: word::rules(&found.citations),
    })
}

fn found(one: &Examination, report: &Report) -> Option<Decision> {
    let words = |name: &str| word::value(name, "FINDING_");
    let elements = report.elements.iter().filter_map(|element| {
        Some(Fact::new(format!("element {}", element.number), words(element.outcome().as_str_name())?))
    });
    let charge = word::value(one.charge_standing().as_str_name(), "CHARGE_STANDING_");
    Some(Decision {
        question: format!("What did the examiner find on {}?", day(report.decided_on.as_ref())?),
        answer: words(report.outcome().as_str_name())?,
        derivation: elements.chain(charge.map(|charge| Fact::new("charge", charge))).collect(),
        citations: vec!["ICE-09".to_owned(), "ICE-10".to_owned()],
    })
}

/// What happened in the cases, by the day it did.
pub(super) fn timeline(papers: &Papers) -> Vec<Happening> {
    let mut happenings = Vec::new();
    for one in &papers.examinations {
        let moves = one.history.iter().filter_map(|entry| {
            let stage = word::value(entry.stage().as_str_name(), "EXAMINATION_STAGE_")?;
            happening(entry.on.as_ref(), format!("At the examiner: {stage}"), Vec::new())
        });
        let sent = one.evidence.as_ref().and_then(|sent| {
            let facts = vec![
                Fact::new("included", sent.included.len().to_string()),
                Fact::new("withheld", sent.withheld.len().to_string()),
            ];
            happening(sent.sent_on.as_ref(), "Papers sent to the examiner".to_owned(), facts)
        });
        let opened = one.referred_on.as_ref();
        happenings.extend(happening(opened, "The person went to the examiner".to_owned(), Vec::new()));
        happenings.extend(moves.chain(sent));
    }
    happenings
}

fn happening(on: Option<&CivilDate>, what: String, particulars: Vec<Fact>) -> Option<Happening> {
    let on = on.and_then(wire::read_date)?;
    Some(Happening { on, what, who: String::new(), particulars, citations: Vec::new() })
}

/// The case for programs: without what depends on today, and without the words, which are papers of their own.
pub(super) fn settled(one: &Examination) -> Examination {
    let mut one = one.clone();
    // What the complaint stands at is told by its own record, and here a moment later.
    one.complaint_standing = 0;
    one.standards.clear();
    for letter in &mut one.letters {
        letter.state = 0;
        letter.body.clear();
    }
    for account in &mut one.accounts {
        account.statement.clear();
    }
    for recommendation in &mut one.recommendations {
        recommendation.state = 0;
        recommendation.text.clear();
    }
    if let Some(report) = &mut one.report {
        report.summary.clear();
    }
    one
}
