//! A refusal in words, and as JSON.

use std::fmt::Write as _;

use std::error::Error as _;

use serde_json::{Map, Value, json};

use crate::{
    client::{Failure, Problem},
    exit::Exit,
};

use super::{Fields, Grid, Screen, Tone, advice, citation, json, word};

/// A failure in words. `request_id` is shown where repeating the command with it is safe.
pub fn show(screen: Screen, failure: &Failure, request_id: Option<&str>) -> String {
    match failure {
        Failure::Refused(problem) => refused(screen, problem, request_id),
        Failure::Unreachable { .. } => {
            let mut text = line(screen, &failure.to_string());
            text.push_str("\n is the suite running? `redress up` starts it; --address and REDRESS_ADDRESS say where it is");
            if let Some(request_id) = request_id {
                let _ = write!(text, "\n repeat safely with --request-id {request_id}");
            }
            text
        }
        Failure::Usage(_)
        | Failure::Invalid(_)
        | Failure::NotFound(_)
        | Failure::Configuration(_)
        | Failure::Unsound(_)
        | Failure::File { .. }
        | Failure::Fault(_) => {
            let cause = failure.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            line(screen, &format!("{failure}{cause}"))
        }
    }
}

/// A failure for a program.
pub fn as_json(failure: &Failure, request_id: Option<&str>) -> Value {
    let mut error = Map::new();
    error.insert("exitCode".to_owned(), json!(Exit::of(failure) as u8));
    error.insert("message".to_owned(), json!(failure.to_string()));
    if let Some(request_id) = request_id {
        error.insert("requestId".to_owned(), json!(request_id));
    }
    if let Failure::Refused(problem) = failure {
        error.insert("code".to_owned(), json!(format!("{:?}", problem.code)));
        error.insert("reason".to_owned(), json!(problem.reason));
        error.insert("domain".to_owned(), json!(problem.domain));
        error.insert("metadata".to_owned(), json!(problem.metadata));
        error.insert("currentStage".to_owned(), json!(problem.current_stage));
        error.insert("allowedStages".to_owned(), json!(problem.allowed_stages));
        error.insert("resource".to_owned(), json!(problem.resource));
        error.insert("trace".to_owned(), json!(problem.trace));
        let violations = problem.violations.iter().map(|violation| {
            json!({"field": violation.field, "reason": violation.reason, "description": violation.description})
        });
        error.insert("violations".to_owned(), violations.collect());
        let citations = problem.citations.iter().filter_map(|citation| json::of(citation).ok());
        error.insert("citations".to_owned(), citations.collect());
    }
    json!({ "error": error })
}

fn refused(screen: Screen, problem: &Problem, request_id: Option<&str>) -> String {
    let mut parts = vec![line(screen, &problem.message)];
    if !problem.violations.is_empty() {
        let mut grid = Grid::new(screen, &["field", "what to do", "reason"]);
        for violation in &problem.violations {
            grid.row([
                (Tone::Strong, violation.field.clone()),
                (Tone::Plain, violation.description.clone()),
                (Tone::Faint, violation.reason.clone()),
            ]);
        }
        parts.push(grid.text());
    }
    let mut fields = Fields::new(screen);
    fields.add("reason", &problem.reason);
    if !problem.current_stage.is_empty() {
        fields.add("stage", stage_words(&problem.current_stage));
        let allowed: Vec<String> = problem.allowed_stages.iter().map(|stage| stage_words(stage)).collect();
        fields
            .add("possible in", if allowed.is_empty() { "no stage".to_owned() } else { allowed.join(", ") });
    }
    fields.add("about", &problem.resource).add_toned(
        Tone::Strong,
        "rule",
        citation::lines(&problem.citations),
    );
    // Some services name the resource among the metadata as well.
    for (name, value) in problem.metadata.iter().filter(|(_, value)| **value != problem.resource) {
        fields.add(&word::of(name), value);
    }
    fields.add("what next", advice::next(problem)).add("trace", &problem.trace);
    if let Some(request_id) = request_id {
        fields.add("request id", request_id);
    }
    parts.push(fields.text());
    parts.join("\n")
}

fn stage_words(stage: &str) -> String {
    word::of_value(stage, "STAGE_")
}

fn line(screen: Screen, message: &str) -> String {
    format!("{} {message}", screen.paint(Tone::Bad, "redress:"))
}
