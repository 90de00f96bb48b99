//! What was decided or computed, and why.

use redress_bag::case::{Decision, Fact};
use redress_proto::{
    complaints::v1::{Clock, Letter},
    r#type::v1::Deadline,
};

use super::{contact, day, examination, timeline, word};
use crate::evidence::Papers;

pub(super) fn decisions(papers: &Papers) -> Vec<Decision> {
    let complaint = &papers.complaint;
    let mut decisions: Vec<Decision> = complaint.letters.iter().filter_map(outcome).collect();
    let steps: Vec<Fact> = timeline::steps(papers).collect();
    if !steps.is_empty() {
        decisions.push(Decision {
            question: "Was every step of the procedure done?".to_owned(),
            answer: format!(
                "{} of {}",
                steps.iter().filter(|step| step.value.starts_with("done")).count(),
                steps.len()
            ),
            derivation: steps,
            citations: vec!["CMP-05".to_owned()],
        });
    }
    decisions.extend(complaint.clocks.iter().filter_map(clock));
    decisions.extend(
        complaint
            .examiner_window
            .as_ref()
            .and_then(|window| deadline("Until when may the person turn to the examiner?", window, None)),
    );
    decisions.extend(complaint.early_access.as_ref().and_then(|early| {
        Some(Decision {
            question: "From when may the person turn to the examiner without a final response?".to_owned(),
            answer: day(early.opens_on.as_ref())?,
            derivation: Vec::new(),
            citations: word::rules(&early.citations),
        })
    }));
    decisions.extend(contact::decisions(papers));
    decisions.extend(examination::decisions(papers));
    decisions.extend(complaint.flags.iter().map(|flag| Decision {
        question: format!("Compliance: {}", word::of(&flag.code)),
        answer: day(flag.since.as_ref()).map_or_else(|| "noted".to_owned(), |since| format!("since {since}")),
        derivation: Vec::new(),
        citations: word::rules(&flag.citations),
    }));
    decisions
}

fn outcome(letter: &Letter) -> Option<Decision> {
    let outcome = word::value(letter.outcome().as_str_name(), "OUTCOME_")?;
    let issued = day(letter.issued_on.as_ref())?;
    let kind = word::value(letter.kind().as_str_name(), "LETTER_KIND_")?;
    Some(Decision {
        question: format!("What did the {kind} of {issued} decide?"),
        answer: outcome,
        derivation: Vec::new(),
        citations: Vec::new(),
    })
}

/// A clock without its state, which depends on the day one looks at it.
fn clock(clock: &Clock) -> Option<Decision> {
    let due = clock.deadline.as_ref()?;
    let met = day(clock.met_on.as_ref()).map(|met| format!("met on {met}"));
    deadline(&format!("By when: {}?", word::of(&due.kind)), due, met)
}

fn deadline(question: &str, due: &Deadline, met: Option<String>) -> Option<Decision> {
    let answer = std::iter::once(day(due.due_on.as_ref())?).chain(met).collect::<Vec<_>>().join("; ");
    let step = |on: Option<String>, note: &str| Some(Fact::new(on?, note));
    let derivation = due.derivation.iter().filter_map(|one| step(day(one.on.as_ref()), &one.note));
    Some(Decision {
        question: question.to_owned(),
        answer,
        derivation: derivation.collect(),
        citations: word::rules(&due.citations),
    })
}
