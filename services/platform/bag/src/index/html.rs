//! The index as a page.

use super::{markup::Markup, outline};
use crate::{
    case::{Case, Decision, Disposition, Fact, Happening, Procedure},
    day,
    plan::letter_paths,
    statement::{Item, JSON, Statement, TEXT},
};

/// The index as one page of HTML.
pub fn render(case: &Case, statement: &Statement) -> String {
    let mut page = Markup::default();
    page.raw(concat!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n",
        "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Evidence about complaint "
    ));
    page.text(&case.reference)
        .raw("</title>\n<style>\n")
        .raw(include_str!("page.css"))
        .raw("</style>\n</head>\n<body>\n");
    page.raw("<a class=\"skip\" href=\"#content\">Skip to the case</a>\n<header>\n<div class=\"width\">\n");
    page.within("<p>Evidence for the ", outline::bare(&case.recipient), "</p>\n");
    page.within("<h1>Complaint ", &case.reference, "</h1>\n");
    page.within("<p class=\"as-of\">Sent by ", &case.sender, ". ");
    page.within(
        "As the case stood on ",
        &day::moment(case.as_of),
        ".</p>\n</div>\n</header>\n<main id=\"content\" class=\"width\">\n",
    );
    page.within("<p class=\"lead\">", &outline::lead(statement), "</p>\n");

    let sections = sections(case, statement);
    page.raw("<nav aria-label=\"Contents\">\n<ul>\n");
    for (number, (title, _)) in sections.iter().enumerate() {
        page.raw("<li><a href=\"#part-").number(number + 1).within("\">", title, "</a></li>\n");
    }
    page.raw("</ul>\n</nav>\n");
    for (number, (title, write)) in sections.iter().enumerate() {
        page.raw("<section aria-labelledby=\"part-")
            .number(number + 1)
            .raw("\">\n<h2 id=\"part-")
            .number(number + 1);
        page.within("\">", title, "</h2>\n");
        write(&mut page);
        page.raw("</section>\n");
    }
    page.raw("</main>\n<footer class=\"width\">\n");
    page.within("<p>", &case.name, "</p>\n</footer>\n</body>\n</html>\n");
    page.finish()
}

type Section<'a> = (String, Box<dyn Fn(&mut Markup) + 'a>);

fn sections<'a>(case: &'a Case, statement: &'a Statement) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut add =
        |title: &str, write: Box<dyn Fn(&mut Markup) + 'a>| sections.push((title.to_owned(), write));
    add("The case", Box::new(|page| facts(page, &case.facts)));
    for passage in &case.passages {
        add(
            &passage.title,
            Box::new(|page| {
                page.within("<blockquote class=\"said\">", &passage.text, "</blockquote>\n");
            }),
        );
    }
    add("What happened", Box::new(|page| timeline(page, &case.timeline)));
    if !case.decisions.is_empty() {
        add("What was decided, and why", Box::new(|page| decisions(page, &case.decisions)));
    }
    if !case.letters.is_empty() {
        add("Letters", Box::new(|page| letters(page, case)));
    }
    if let Some(procedure) = &case.procedure {
        add("The procedure as it stood", Box::new(|page| self::procedure(page, procedure)));
    }
    add("Documents", Box::new(|page| documents(page, case, statement)));
    add("What is in this bag, and what is not", Box::new(|page| completeness(page, statement)));
    add(
        "How to check this bag",
        Box::new(|page| {
            page.raw("<ol>\n");
            for line in outline::CHECKING {
                page.within("<li>", line, "</li>\n");
            }
            page.raw("</ol>\n");
        }),
    );
    sections
}

fn facts(page: &mut Markup, facts: &[Fact]) {
    page.raw("<table>\n<tbody>\n");
    for fact in facts {
        page.within("<tr><th scope=\"row\" class=\"fact\">", &fact.label, "</th>");
        page.within("<td>", &fact.value, "</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn timeline(page: &mut Markup, timeline: &[Happening]) {
    page.raw("<table>\n<thead><tr><th scope=\"col\" class=\"day\">Day</th><th scope=\"col\">What happened</th></tr></thead>\n<tbody>\n");
    for happening in timeline {
        page.within("<tr><th scope=\"row\" class=\"day\">", &day::words(happening.on), "</th><td>")
            .text(&happening.what);
        for line in outline::beneath(happening) {
            page.within("<p class=\"quiet\">", &line, "</p>");
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn decisions(page: &mut Markup, decisions: &[Decision]) {
    page.raw("<table>\n<thead><tr><th scope=\"col\" class=\"fact\">Question</th><th scope=\"col\">Answer and reasons</th></tr></thead>\n<tbody>\n");
    for decision in decisions {
        page.within("<tr><th scope=\"row\" class=\"fact\">", &decision.question, "</th><td>")
            .text(&decision.answer);
        for step in &decision.derivation {
            page.within("<p class=\"quiet\">", &outline::fact(step), "</p>");
        }
        for line in outline::rules(&decision.citations) {
            page.within("<p class=\"quiet\">", &line, "</p>");
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn letters(page: &mut Markup, case: &Case) {
    for (index, letter) in case.letters.iter().enumerate() {
        page.within("<h3>", &letter.title, "</h3>\n");
        page.within("<p class=\"quiet\">", &letter.state, "</p>\n");
        match &letter.content {
            Disposition::Included(copy) => {
                let [text, pdf] = letter_paths(index + 1, letter);
                page.raw("<p>");
                if copy.pdf.is_some() {
                    page.link(&pdf, "As it was sent (PDF)").raw(" · ");
                }
                page.link(&text, "As text").raw("</p>\n");
                page.within("<div class=\"letter\">", copy.text.trim_end(), "</div>\n");
            }
            Disposition::Withheld(withheld) => {
                page.within("<p class=\"withheld\">Withheld: ", withheld.reason.words(), ". ");
                page.within("On the authority of: ", &withheld.authority, "</p>\n");
            }
        }
    }
}

fn procedure(page: &mut Markup, procedure: &Procedure) {
    page.within("<p>", &procedure.title, "</p>\n");
    facts(page, &procedure.facts);
    for (index, stage) in procedure.stages.iter().enumerate() {
        page.raw("<h3>Stage ").number(index + 1).within(": ", &stage.title, "</h3>\n");
        for limit in &stage.limits {
            page.within("<p class=\"quiet\">", &outline::fact(limit), "</p>\n");
        }
        page.raw("<ol>\n");
        for step in &stage.steps {
            page.within("<li>", step, "</li>\n");
        }
        page.raw("</ol>\n");
    }
}

fn documents(page: &mut Markup, case: &Case, statement: &Statement) {
    if case.documents.is_empty() {
        page.raw("<p>No document is on file.</p>\n");
        return;
    }
    page.raw("<table>\n<thead><tr><th scope=\"col\" class=\"day\">Filed</th><th scope=\"col\">Document</th></tr></thead>\n<tbody>\n");
    for document in &case.documents {
        page.within("<tr><th scope=\"row\" class=\"day\">", &day::words(document.filed_on), "</th><td>");
        match &document.content {
            Disposition::Included(()) => {
                let item = statement.items.iter().find(|item| item.id == document.id);
                for file in item.into_iter().flat_map(|item| &item.files) {
                    page.link(&file.path, &document.file_name);
                }
                let about =
                    format!("{}, {}, {}", document.kind, document.media_type, outline::size(document.size));
                page.within("<p class=\"quiet\">", &about, "</p>");
            }
            Disposition::Withheld(withheld) => {
                page.within("<p class=\"withheld\">", &document.kind, ", withheld: ");
                page.text(withheld.reason.words()).within(
                    ". On the authority of: ",
                    &withheld.authority,
                    "</p>",
                );
            }
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn completeness(page: &mut Markup, statement: &Statement) {
    page.raw("<p>Every paper of the case is listed here. The same list with digests: ");
    page.link(TEXT, "completeness.txt")
        .raw(" for people, ")
        .link(JSON, "completeness.json")
        .raw(" for programs.</p>\n");
    page.raw("<table>\n<caption>Papers</caption>\n<thead><tr><th scope=\"col\">Paper</th><th scope=\"col\">In this bag</th></tr></thead>\n<tbody>\n");
    for item in &statement.items {
        page.within("<tr><th scope=\"row\">", &item.title, "</th><td>");
        whereabouts(page, item);
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n<table>\n<caption>Journals: what was recorded, by whom and when, in a form that cannot be changed unseen</caption>\n");
    page.raw(
        "<thead><tr><th scope=\"col\">Journal</th><th scope=\"col\">In this bag</th></tr></thead>\n<tbody>\n",
    );
    for journal in &statement.journals {
        page.within("<tr><th scope=\"row\">", &journal.service, "</th><td>")
            .link(&journal.file.path, &outline::journal(journal));
        page.within("<p class=\"quiet\">Key <code>", &journal.key, "</code></p></td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n");
}

fn whereabouts(page: &mut Markup, item: &Item) {
    match &item.withheld {
        Some(_) => {
            page.within("<p class=\"withheld\">", &outline::whereabouts(item), "</p>");
        }
        None => {
            for (index, file) in item.files.iter().enumerate() {
                if index > 0 {
                    page.raw("<br>");
                }
                page.link(&file.path, file.path.strip_prefix("data/").unwrap_or(&file.path));
            }
        }
    }
}
