//! What can be typed.

use clap::{CommandFactory as _, Parser as _, error::ErrorKind};
use redress::command::{Cli, Client, Command};

const UUID: &str = "0190c2f6-7d5e-7000-8000-000000000001";

fn parse(line: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(std::iter::once("redress").chain(line.split_whitespace()))
}

#[test]
fn the_command_line_is_well_formed() {
    Cli::command().debug_assert();
}

#[test]
fn every_day_to_day_command_is_understood() {
    for line in [
        "up",
        "up --demo --data d --listen 127.0.0.1:0 --admin 127.0.0.1:0",
        "demo --data d",
        "serve complaints",
        "migrate complaints --config f.toml",
        "check-config",
        "healthcheck",
        "token --role complaints-officer --role auditor --org 0190c2f6-7d5e-7000-8000-000000000001 --subject me --print",
        "verify export.jsonl --key k --older o",
        "verify bag.tar",
        "verify bag.tar --key k --key l",
        "calendar import bank-holidays.json --from 2019-01-01 --until 2029-12-31 --dry-run",
        "calendar import list.toml --folder calendars --json",
        "calendar import - --from 2019-01-01 --until 2029-12-31 --division scotland --cancelled 2028-05-01",
        "register --participant P-1 --contract C-1 --respondent Tay --channel in-person --text hello",
        "register --participant P-1 --contract C-1 --respondent A --respondent B --channel post --text-file - --received-on yesterday --formal --subject data-protection",
        "route --contract C-1 --about provider --about jobcentre-plus --channel post --explain",
        "route --contract C-1 --writer elected-member --title MSP --about provider --channel post --member Grant --office Ayr --text hello",
        "forward rows.csv --contract K-1 --state rows.state --rejected rows.rejected --json",
        "contact 0190c2f6-7d5e-7000-8000-000000000001 --full",
        "contacts --stage offered --outcome mixed --limit 10",
        "receipt C-7K3M-9QXD --organisation Tay --received-on 2024-01-02 --channel telephone",
        "show C-7K3M-9QXD --full --derive --json",
        "list --due-before 2024-02-27 --stage at-stage --contract C-1 --limit 10",
        "list --newest --page-token abc",
        "timeline C-7K3M-9QXD",
        "watch --after 7 --limit 1",
        "acknowledge C-1 --channel email --on today",
        "assign C-1 officer-1",
        "step C-1 call-complainant --on 2024-01-08 --evidence documents/0190c2f6-7d5e-7000-8000-000000000001 --note done",
        "escalate C-1 --on yesterday --reason unhappy",
        "redirect C-1 --because programme-policy --channel telephone",
        "examiner C-1 --referred-on 2024-01-08 --examiner-reference ICE-1",
        "reopen C-1 --step 1:call-complainant --step 2:senior-review --due-on 2024-01-08",
        "withdraw C-1 --by participant --channel post",
        "close C-1 --reason other --reason-text moved",
        "draft final C-1 --outcome upheld --text-file letter.txt",
        "approve C-1 --digest 9f86d081",
        "rework C-1 --digest 9f86d081 --comment shorter",
        "issue stage C-1 --outcome not-upheld --channel post --text-file letter.txt",
        "issue final C-1 --outcome partially-upheld --channel post --text-file - --on 2024-01-08 --request-id 0190c2f6-7d5e-7000-8000-000000000001",
        "issue correction C-1 --corrects 0190c2f6-7d5e-7000-8000-000000000001 --channel post --text x",
        "signposting C-1",
        "letters C-1",
        "letter 0190c2f6-7d5e-7000-8000-000000000001 --pdf out.pdf",
        "attach C-1 note.pdf --kind evidence",
        "download 0190c2f6-7d5e-7000-8000-000000000001 -o out.pdf",
        "documents participants/0190c2f6-7d5e-7000-8000-000000000001",
        "bag C-1",
        "bag C-1 -o bag.tar --withhold documents/0190c2f6-7d5e-7000-8000-000000000001=COUNSEL-7 --withhold letters/0190c2f6-7d5e-7000-8000-000000000001=COUNSEL-7",
        "explain eight-week-right --from 2024-01-02 --pack jets-scotland@2022-02-25 --division scotland --known-on 2024-01-02",
        "explain stage-response --case C-1 --term 10-working-days",
        "packs",
        "packs jets-scotland@2022-02-25",
        "organisation create Clyde --kind provider",
        "organisation list --json",
        "contract create REF --programme jets-scotland --holder A --commissioner B --effective-on 2022-04-01 --division scotland",
        "contract end REF --on 2027-03-31",
        "contract novate REF --to Tay --on 2027-03-31 --etag 3",
        "subcontractor add Tay --contract REF --parent Clyde --effective-on 2022-04-01",
        "participant create P-1 --contract REF --organisation Tay --full-name Morag --explained-on 2024-01-02 --channel in-person --agreement signature",
        "participant list --unexplained",
        "participant first-contact P-1 --channel in-person",
        "procedure create procedure.json --contract REF",
        "procedure review 0190c2f6-7d5e-7000-8000-000000000001 --document core-briefing-pack",
        "problem report Title --contract REF --text x --changes-access",
        "problem resolve 0190c2f6-7d5e-7000-8000-000000000001",
        "change propose Title --contract REF --category access --performance-manager pm-1 --text x",
        "change move 0190c2f6-7d5e-7000-8000-000000000001 submit",
        "change decide 0190c2f6-7d5e-7000-8000-000000000001 approve",
        "journal checkpoint",
        "journal checkpoint --service routing",
        "journal subscriptions",
        "journal parked --source routing --limit 5",
        "journal retry routing 7",
        "journal skip routing 7",
        "journal readmit routing --resume-after 7",
        "journal export --output all.jsonl",
        "journal prove 7 --output proof.json",
        "completions zsh",
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}\n{error}");
        }
    }
}

#[test]
fn every_command_of_the_examiner_is_understood() {
    for line in [
        "ice right C-1 --on 2024-08-01",
        "ice open C-1 --referred-on 2024-03-04 --reference ICE-77 --after-noon",
        "ice accept 0190c2f6-7d5e-7000-8000-000000000001 --discretion hospital",
        "ice advance 0190c2f6-7d5e-7000-8000-000000000001 request-evidence --on 2024-03-04",
        "ice receive 0190c2f6-7d5e-7000-8000-000000000001 process-check --text hello --stated-on 2024-03-06",
        "ice due --all --limit 10",
        "ice charge 0190c2f6-7d5e-7000-8000-000000000001 --pence 500000",
        "ice figures 2023",
        "ice figures 2023 --form pdf --position 7 --complaints-position 9 --to report.pdf",
        "ice decline 0190c2f6-7d5e-7000-8000-000000000001 already-remedied --reason settled --on yesterday",
        "ice revisit 0190c2f6-7d5e-7000-8000-000000000001 --step 1:investigate --step 2:review --due-on 2024-03-11",
        "ice papers C-1",
        "ice account 0190c2f6-7d5e-7000-8000-000000000001 --text hello --evidence documents/0190c2f6-7d5e-7000-8000-000000000001",
        "ice agree 0190c2f6-7d5e-7000-8000-000000000001 --person-on yesterday --provider-on today",
        "ice report 0190c2f6-7d5e-7000-8000-000000000001 partially-upheld --element upheld --element not-upheld --recommend apologise --text short",
        "ice recommendation list --all",
        "ice recommendation assign 0190c2f6-7d5e-7000-8000-000000000001 --owner officer-1 --due-on 2024-04-01",
        "ice recommendation complete 0190c2f6-7d5e-7000-8000-000000000001 --evidence letters/0190c2f6-7d5e-7000-8000-000000000001 --procedure 0190c2f6-7d5e-7000-8000-000000000001",
        "ice withdraw 0190c2f6-7d5e-7000-8000-000000000001 --on today",
        "ice close 0190c2f6-7d5e-7000-8000-000000000001",
        "ice recovery list --liable Tay",
        "ice recovery show 0190c2f6-7d5e-7000-8000-000000000001",
        "ice recovery excuse 0190c2f6-7d5e-7000-8000-000000000001 --authority D-7 --reason hardship",
        "ice recovery pay 0190c2f6-7d5e-7000-8000-000000000001 --pence 500000 --posted-on today",
        "ice recovery reverse 0190c2f6-7d5e-7000-8000-000000000001 --pence 500000 --authority D-8 --reason error",
        "ice recovery statement Tay --from 2024-04-01",
        "ice recovery close-year 2023",
        "ice figures 2023 --form html --by contract --position 7 --to out.html",
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}\n{error}");
        }
    }
}

#[test]
fn every_command_of_retention_is_understood() {
    for line in [
        "retention due --until 2030-01-01 --contract C-1 --limit 10",
        "retention list --contract C-1 --page-token abc",
        "retention show 0190c2f6-7d5e-7000-8000-000000000001",
        "retention why records/0190c2f6-7d5e-7000-8000-000000000001 --json",
        "retention register needs-assessment-report --contract C-1 --completed-on 2024-01-02 --reference R-1 --content r.pdf",
        "retention register services-supplied --contract C-1 --participant P-1 --funded-start-on 2020-01-02",
        "retention add 0190c2f6-7d5e-7000-8000-000000000001 file.pdf --etag 7",
        "retention add 0190c2f6-7d5e-7000-8000-000000000001 file --media-type application/pdf --file-name a.pdf --readmit-under ORDER-9",
        "retention save 0190c2f6-7d5e-7000-8000-000000000001 0190c2f6-7d5e-7000-8000-000000000001",
        "retention save 0190c2f6-7d5e-7000-8000-000000000001 0190c2f6-7d5e-7000-8000-000000000001 -o out.pdf",
        "retention payment 0190c2f6-7d5e-7000-8000-000000000001 --received-on yesterday",
        "retention payment 0190c2f6-7d5e-7000-8000-000000000001 --received-on today --payment 0190c2f6-7d5e-7000-8000-000000000001 --revision 2 --in-part --withdrawn",
        "retention hold place 0190c2f6-7d5e-7000-8000-000000000001 legal-claim --authority CLAIM-7 --review-on 2030-01-01",
        "retention hold review 0190c2f6-7d5e-7000-8000-000000000001 0190c2f6-7d5e-7000-8000-000000000001 --review-on 2030-01-01",
        "retention hold release 0190c2f6-7d5e-7000-8000-000000000001 0190c2f6-7d5e-7000-8000-000000000001",
        "retention dispose propose 0190c2f6-7d5e-7000-8000-000000000001 0190c2f6-7d5e-7000-8000-000000000001",
        "retention dispose approve 0190c2f6-7d5e-7000-8000-000000000001 --digest 9f86d081",
        "retention dispose veto 0190c2f6-7d5e-7000-8000-000000000001",
        "retention dispose execute 0190c2f6-7d5e-7000-8000-000000000001 --request-id 0190c2f6-7d5e-7000-8000-000000000001",
        "retention schedule change C-1 --months 84 --agreement AGR-7 --agreed-on 2026-01-05 --reason agreed --reference NOTE-7",
        "retention schedule propose C-1 --contract-end --reason ended-early --reference NOTE-7",
        "retention schedule approve 0190c2f6-7d5e-7000-8000-000000000001 --digest 9f86d081",
        "retention schedule withdraw 0190c2f6-7d5e-7000-8000-000000000001",
        "retention schedule show 0190c2f6-7d5e-7000-8000-000000000001",
        "retention schedule list --contract C-1 --limit 10",
        "retention dispose end propose 0190c2f6-7d5e-7000-8000-000000000001 abandon --reason still-needed --reference NOTE-7",
        "retention dispose end approve 0190c2f6-7d5e-7000-8000-000000000001 abandon --request-id 0190c2f6-7d5e-7000-8000-000000000001",
        "retention dispose show 0190c2f6-7d5e-7000-8000-000000000001",
        "retention dispose list --contract C-1",
        "retention dispose propose 0190c2f6-7d5e-7000-8000-000000000001 --anonymise",
        "retention register needs-assessment-report --contract C-1 --completed-on 2024-01-02 --report report.json",
        "retention judge 0190c2f6-7d5e-7000-8000-000000000001 still-anonymous",
        "retention simulate C-1 --pack jets-scotland@2022-02-25 --end-on 2030-01-01 --months 48 --due-by 2031-01-01",
        "retention certificate 0190c2f6-7d5e-7000-8000-000000000001 -o certificate.json",
        "retention switch",
        "retention stop",
        "retention go-on",
        "retention confirm-date",
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}\n{error}");
        }
    }
    // A period has its agreement, and one of the two changes.
    for line in [
        "retention schedule change C-1 --reason agreed --reference NOTE-7",
        "retention schedule change C-1 --months 84 --reason agreed --reference NOTE-7",
        "retention schedule change C-1 --months 84 --agreement A --agreed-on today --contract-end --reason agreed --reference N",
    ] {
        assert!(parse(line).is_err(), "{line}");
    }
    // Cases place and release holds of their own.
    assert!(
        parse(&format!("retention hold place {UUID} open-complaint --authority x --review-on today"))
            .is_err()
    );
}

#[test]
fn every_command_of_routing_is_understood() {
    for line in [
        "mixed show 0190c2f6-7d5e-7000-8000-000000000001 --full",
        "mixed list --stage jcp-leading --contract C-1 --limit 10",
        "mixed direct 0190c2f6-7d5e-7000-8000-000000000001 --channel telephone --on yesterday",
        "mixed request 0190c2f6-7d5e-7000-8000-000000000001 --on 2024-03-04 --due-on 2024-03-08",
        "mixed contribute 0190c2f6-7d5e-7000-8000-000000000001 --text hello --paper papers/0190c2f6-7d5e-7000-8000-000000000001 --paper papers/0190c2f6-7d5e-7000-8000-000000000001",
        "mixed propose 0190c2f6-7d5e-7000-8000-000000000001 --text-file -",
        "mixed agree 0190c2f6-7d5e-7000-8000-000000000001 --digest 9f86d081",
        "mixed agree 0190c2f6-7d5e-7000-8000-000000000001",
        "mixed issue 0190c2f6-7d5e-7000-8000-000000000001 --digest 9f86d081 --channel post --on today",
        "mixed issue 0190c2f6-7d5e-7000-8000-000000000001 --yes --channel post",
        "contact 0190c2f6-7d5e-7000-8000-000000000001 --full",
        "contacts --stage offered --contract C-1",
        "accept 0190c2f6-7d5e-7000-8000-000000000001 --organisation Tay",
        "reject 0190c2f6-7d5e-7000-8000-000000000001 --reason not-our-service",
        "reroute 0190c2f6-7d5e-7000-8000-000000000001 --reason misread --about provider --writer participant --respondent Tay",
        "direct 0190c2f6-7d5e-7000-8000-000000000001 --channel post --on yesterday --paper 0190c2f6-7d5e-7000-8000-000000000001",
        "paper add 0190c2f6-7d5e-7000-8000-000000000001 letter.pdf --file-name consent.pdf",
        "paper list 0190c2f6-7d5e-7000-8000-000000000001",
        "paper show 0190c2f6-7d5e-7000-8000-000000000001",
        "paper save 0190c2f6-7d5e-7000-8000-000000000001 -o consent.pdf",
        "member authority 0190c2f6-7d5e-7000-8000-000000000001 --paper 0190c2f6-7d5e-7000-8000-000000000001",
        "mixed satisfied 0190c2f6-7d5e-7000-8000-000000000001 --etag 7",
        "mixed residual 0190c2f6-7d5e-7000-8000-000000000001 --provider --jobcentre-plus --on yesterday",
        "member show 0190c2f6-7d5e-7000-8000-000000000001",
        "member list --stage holding-sent",
        "member assign 0190c2f6-7d5e-7000-8000-000000000001 officer-1",
        "member transfer 0190c2f6-7d5e-7000-8000-000000000001 --organisation Tay --received-on 2024-03-04",
        "member holding 0190c2f6-7d5e-7000-8000-000000000001 --apology sorry --delay-reason calls --new-due-on 2024-03-08",
        "member reply 0190c2f6-7d5e-7000-8000-000000000001 --text-file letter.txt --on today",
        "member close 0190c2f6-7d5e-7000-8000-000000000001 --request-id 0190c2f6-7d5e-7000-8000-000000000001",
    ] {
        if let Err(error) = parse(line) {
            panic!("{line}\n{error}");
        }
    }
}

#[test]
fn what_makes_no_sense_ends_with_the_code_for_it() {
    for (line, kind) in [
        ("", ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand),
        ("regster", ErrorKind::InvalidSubcommand),
        ("register", ErrorKind::MissingRequiredArgument),
        (
            "register --participant P --contract C --respondent A --channel post",
            ErrorKind::MissingRequiredArgument,
        ),
        (
            "register --participant P --contract C --respondent A --channel post --text a --text-file b",
            ErrorKind::ArgumentConflict,
        ),
        (
            "register --participant P --contract C --respondent A --channel pigeon --text a",
            ErrorKind::InvalidValue,
        ),
        (
            "register --participant P --contract C --respondent A --channel unspecified --text a",
            ErrorKind::InvalidValue,
        ),
        ("acknowledge C-1 --channel post --on 2024-02-30", ErrorKind::ValueValidation),
        ("reopen C-1 --step call-complainant", ErrorKind::ValueValidation),
        ("explain eight-week-right --from today", ErrorKind::MissingRequiredArgument),
        ("explain eight-week-right --pack jets-scotland", ErrorKind::ValueValidation),
        ("list --limit 0", ErrorKind::ValueValidation),
        ("close C-1 --reason other --request-id 7", ErrorKind::ValueValidation),
        ("letter x --pdf a --text b", ErrorKind::ArgumentConflict),
        ("mixed residual 0190c2f6-7d5e-7000-8000-000000000001", ErrorKind::MissingRequiredArgument),
        (
            "mixed agree 0190c2f6-7d5e-7000-8000-000000000001 --digest 9f86d081 --yes",
            ErrorKind::ArgumentConflict,
        ),
        ("reroute 0190c2f6-7d5e-7000-8000-000000000001 --reason misread", ErrorKind::MissingRequiredArgument),
        ("member reply 0190c2f6-7d5e-7000-8000-000000000001", ErrorKind::MissingRequiredArgument),
    ] {
        let error = parse(line).expect_err(line);
        assert_eq!(error.kind(), kind, "{line}");
        assert_eq!(error.exit_code(), 2, "{line}");
    }
}

#[test]
fn the_values_of_the_contract_are_explained_by_the_contract() {
    let help = parse("close --help").expect_err("help").to_string();
    assert!(help.contains("window-passed"), "{help}");
    assert!(help.contains("The examiner's window passed"), "{help}");
    assert!(!help.contains("unspecified"), "{help}");
}

#[test]
fn the_help_documents_the_exit_codes() {
    let help = parse("--help").expect_err("help").to_string();
    for line in redress::exit::HELP.lines() {
        assert!(help.contains(line), "{line}");
    }
}

#[test]
fn what_applies_everywhere_may_stand_anywhere() {
    for line in ["--json --address http://example:1 list", "list --json --address http://example:1"] {
        let cli = parse(line).unwrap();
        assert!(cli.global.json, "{line}");
        assert_eq!(cli.global.address, "http://example:1");
    }
}

#[test]
fn names_are_taken_in_every_form() {
    use redress::client::resolve::name;
    let full = format!("complaints/{UUID}");
    assert_eq!(name("complaints", UUID), Some(full.clone()));
    assert_eq!(name("complaints", &full), Some(full.clone()));
    assert_eq!(name("complaints", &UUID.to_uppercase()), Some(full));
    for reference in [
        "C-7K3M-9QXD",
        "",
        "contracts/0190c2f6-7d5e-7000-8000-000000000001",
        "complaints/x",
        "0190c2f67d5e70008000000000000001",
    ] {
        assert_eq!(name("complaints", reference), None, "{reference}");
    }
}

#[test]
fn lengths_and_steps_are_read() {
    let Command::Client(Client::Explain(explain)) =
        parse("explain stage-response --case C-1 --term 8-weeks").unwrap().command
    else {
        panic!("explain");
    };
    let term = explain.term.unwrap();
    assert_eq!((term.amount, term.unit()), (8, redress_proto::policy::v1::TermUnit::Weeks));
    let Command::Client(Client::Reopen(reopen)) = parse("reopen C-1 --step 2:senior-review").unwrap().command
    else {
        panic!("reopen");
    };
    assert_eq!((reopen.steps[0].stage_number, reopen.steps[0].id.as_str()), (2, "senior-review"));
}
