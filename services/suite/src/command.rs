//! The command line: what can be typed, and what each command does.

pub mod bag;
pub mod calendar;
pub mod chain;
pub mod choice;
pub mod completions;
pub mod contact;
pub mod day;
pub mod document;
pub mod erasure;
pub mod explain;
pub mod forward;
pub mod ice;
pub mod improvement;
pub mod input;
pub mod intake;
pub mod journal;
pub mod letter;
pub mod life;
pub mod member;
pub mod mixed;
pub mod paper;
pub mod participant;
pub mod procedure;
pub mod retention;
pub mod session;
pub mod subscription;
pub mod told;
pub mod under;
pub mod view;
pub mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{exit, serve};

pub use session::Session;

/// Runs complaints the way DWP contracts demand: the suite itself, and the client a complaints officer works with.
///
/// CASE is a case reference such as C-7K3M-9QXD, your own reference, a uuid, or complaints/{uuid}. Contracts and
/// participants go by their references too, organisations by their names. Dates are 2024-02-27, today or yesterday, and
/// always days in London.
#[derive(Debug, Parser)]
#[command(name = "redress", version, after_help = exit::HELP, max_term_width = 110)]
pub struct Cli {
    /// How to reach the suite and how to show answers.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// How to reach the suite and how to show answers.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// Where the suite listens
    #[arg(
        long,
        global = true,
        env = "REDRESS_ADDRESS",
        default_value = "http://127.0.0.1:7400",
        value_name = "URL"
    )]
    pub address: String,
    /// Token that says who you are; the token file is read when it is not given
    #[arg(long, global = true, env = "REDRESS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// File that holds the token [default: redress/token in the folder of your settings]
    #[arg(long, global = true, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Authorities that may have signed the suite's certificate, PEM; needed with https
    #[arg(long, global = true, value_name = "FILE")]
    pub authorities: Option<PathBuf>,
    /// Most seconds a command may take, retries included
    #[arg(long, global = true, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600), value_name = "SECONDS")]
    pub timeout: u64,
    /// Answers and errors as JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,
    /// No colour, even on a terminal
    #[arg(long, global = true)]
    pub no_colour: bool,
}

/// What `redress` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What runs a process of the suite.
    #[command(flatten)]
    Suite(Suite),
    /// What asks nobody.
    #[command(flatten)]
    Local(Local),
    /// What asks the suite.
    #[command(flatten)]
    Client(Client),
}

/// What runs a process of the suite, and says itself how that ended.
#[derive(Debug, Subcommand)]
pub enum Suite {
    /// Run the whole suite in this process on embedded databases
    Up(serve::up::Up),
    /// Run one service in this process, as it is deployed
    Serve(serve::service::Serve),
    /// Bring databases to the schema of this version
    Migrate(serve::migrate::Migrate),
    /// Back up databases, documents and keys, while the services run
    Backup(serve::backup::Backup),
    /// Put a backup back in place of databases that are lost
    Restore(serve::backup::Restore),
    /// Check the settings and name every mistake
    CheckConfig(serve::check_config::CheckConfig),
}

/// What needs no suite that runs.
#[derive(Debug, Subcommand)]
pub enum Local {
    /// Make an identity for development
    Token(serve::token::Token),
    /// Check an evidence bag, an exported journal, an erasure ledger or a backup, without asking anyone
    Verify(serve::verify::Verify),
    /// Bank holidays
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// Print a completion script for a shell
    Completions(completions::Completions),
}

/// What asks a suite that runs.
#[derive(Debug, Subcommand)]
pub enum Client {
    /// Carry one example case through everything that exists, explained step by step
    Demo(crate::demo::Demo),
    /// Ask whether the suite is serving
    Healthcheck(serve::healthcheck::Healthcheck),

    /// Register a complaint
    Register(intake::Register),
    /// Record that another member of the supply chain received the same complaint
    Receipt(intake::Receipt),
    /// Send a contact through the right door, or say which one that is and why
    Route(contact::Route),
    /// Pass on many contacts from a file
    Forward(forward::Forward),
    /// Show a contact: where it went, why, and what became of it
    Contact(contact::Contact),
    /// List contacts, newest first
    Contacts(contact::Contacts),
    /// Take a contact about your subcontractors, as the contract holder
    Accept(contact::Accept),
    /// Do not take a contact about your subcontractors
    Reject(contact::Reject),
    /// Correct where a contact went
    Reroute(contact::Reroute),
    /// Record that the person of a contact was told to go to Jobcentre Plus
    Direct(contact::Direct),
    /// Papers of contacts
    #[command(subcommand)]
    Paper(paper::Paper),
    /// Show a case with its clocks, steps, letters and timeline
    Show(view::Show),
    /// List cases, what is due first
    List(view::List),
    /// Show what happened to a case
    Timeline(view::Timeline),
    /// Follow changes as they happen
    Watch(watch::Watch),
    /// Record that the acknowledgement went out
    Acknowledge(life::Acknowledge),
    /// Name the person who handles a case
    Assign(life::Assign),
    /// Record that a step of the procedure was done
    Step(life::Step),
    /// Take a case to the next stage
    Escalate(life::Escalate),
    /// Send the person to Jobcentre Plus, where the complaint belongs
    Redirect(life::Redirect),
    /// Record that the Independent Case Examiner took a case up
    Examiner(life::Examiner),
    /// Reopen the steps the examiner named
    Reopen(life::Reopen),
    /// Record that the person withdrew the complaint
    Withdraw(life::Withdraw),
    /// Close a case
    Close(life::Close),

    /// Send a draft reply to the department for approval
    #[command(subcommand)]
    Draft(letter::Draft),
    /// Approve a draft that you have read
    Approve(letter::Approve),
    /// Ask for a draft to be reworked
    Rework(letter::Rework),
    /// Issue a response or a correction; it cannot be undone
    #[command(subcommand)]
    Issue(letter::Issue),
    /// Print the text a final response must carry
    Signposting(letter::Signposting),
    /// List the letters of a case
    Letters(letter::Letters),
    /// Show a letter, or save it as PDF or text
    Letter(letter::Show),

    /// Attach a document to a case or a participant
    Attach(document::Attach),
    /// Save a document
    Download(document::Download),
    /// List the documents of a case or a participant
    Documents(document::Documents),
    /// Pack everything about a case into an evidence bag for the examiner
    Bag(bag::Bag),

    /// Derive a date from its rule, day by day
    Explain(explain::Explain),
    /// Show policy packs
    Packs(explain::Packs),

    /// Organisations
    #[command(subcommand)]
    Organisation(chain::Organisation),
    /// Contracts
    #[command(subcommand)]
    Contract(chain::Contract),
    /// Subcontractors in the supply chain of a contract
    #[command(subcommand)]
    Subcontractor(chain::Subcontractor),
    /// Participants and their first contact
    #[command(subcommand)]
    Participant(participant::Participant),
    /// The provider's own procedures
    #[command(subcommand)]
    Procedure(procedure::Procedure),
    /// Problems the provider found in its own services
    #[command(subcommand)]
    Problem(improvement::Problem),
    /// Changes the provider proposes, which wait for the Performance Manager
    #[command(subcommand)]
    Change(improvement::Change),

    /// Complaints against both the provider and Jobcentre Plus
    #[command(subcommand)]
    Mixed(mixed::Mixed),
    /// Letters of elected members and peers
    #[command(subcommand)]
    Member(member::Member),
    /// Complaints with the Independent Case Examiner: cases, letters, charges, figures
    #[command(subcommand)]
    Ice(ice::Ice),
    /// Records: what is kept until when and why, what holds it, and how it ends
    #[command(subcommand)]
    Retention(retention::Retention),

    /// Requests of people to be erased
    #[command(subcommand)]
    Erasure(erasure::Erasure),

    /// The journal: its signed head, exports, proofs, and how others' journals are followed
    Journal(journal::Journal),
}
