//! From the command line to an exit code.

use std::{io, io::Write as _, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use clap::Parser as _;
use redress_chassis::{
    config::{Environment as _, ProcessEnvironment},
    process::{RandomIds, SystemClock},
};
use redress_kernel::Clock as _;

use crate::{
    client::{Failure, Target, credentials},
    command::{Cli, Client, Command, Global, Local, Session, Suite, calendar::Calendar, session::pretty},
    exit::Exit,
    present::{Screen, problem},
};

/// What the process does.
pub fn main() -> ExitCode {
    let Cli { global, command } = Cli::parse();
    match command {
        Command::Suite(command) => run(command),
        Command::Local(command) => {
            let surroundings = Outside::of_process(&global);
            let screen = surroundings.screen;
            let done = alone(command, surroundings, global.json);
            ended(screen, done, global.json, None)
        }
        Command::Client(command) => {
            let surroundings = Outside::of_process(&global);
            let screen = surroundings.screen;
            let (done, request_id) = asking(command, &global, surroundings);
            ended(screen, done, global.json, request_id.as_deref())
        }
    }
}

/// What a command finds around it.
struct Outside {
    screen: Screen,
    token_file: Option<PathBuf>,
}

impl Outside {
    fn of_process(global: &Global) -> Self {
        let variables = ProcessEnvironment.variables();
        let plain =
            global.no_colour || variables.iter().any(|(name, value)| name == "NO_COLOR" && !value.is_empty());
        Self {
            screen: Screen::of_process(SystemClock.today(), plain),
            token_file: global.token_file.clone().or_else(|| credentials::default_file(&variables)),
        }
    }
}

fn run(command: Suite) -> ExitCode {
    match command {
        Suite::Up(up) => up.run(),
        Suite::Serve(serve) => serve.run(),
        Suite::Migrate(migrate) => migrate.run(),
        Suite::Backup(backup) => backup.run(),
        Suite::Restore(restore) => restore.run(),
        Suite::CheckConfig(check) => check.run(),
    }
}

fn alone(command: Local, Outside { screen, token_file }: Outside, machine: bool) -> Result<(), Failure> {
    match command {
        Local::Token(token) => token.run(token_file, machine),
        Local::Verify(verify) => verify.run(machine),
        Local::Calendar(Calendar::Import(import)) => import.run(screen, machine),
        Local::Completions(completions) => completions.run(),
    }
}

/// Asks the suite; also says under which request id, because whoever is left in doubt needs it.
fn asking(command: Client, global: &Global, surroundings: Outside) -> (Result<(), Failure>, Option<String>) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return (Err(Failure::Fault(format!("no runtime can be started: {error}"))), None),
    };
    runtime.block_on(async {
        let session = match session(global, surroundings) {
            Ok(session) => session,
            Err(failure) => return (Err(failure), None),
        };
        let done = Box::pin(ask(command, &session)).await;
        (done, session.last_request_id())
    })
}

fn session(global: &Global, surroundings: Outside) -> Result<Session, Failure> {
    let token = match (&global.token, surroundings.token_file) {
        (Some(token), _) => Some(token.clone()),
        (None, Some(file)) => credentials::read(&file)?,
        (None, None) => None,
    };
    let target = Target {
        address: global.address.clone(),
        token,
        authorities: global.authorities.clone(),
        timeout: Duration::from_secs(global.timeout),
    };
    Session::new(target, surroundings.screen, global.json, Arc::new(SystemClock), Arc::new(RandomIds))
}

async fn ask(command: Client, session: &Session) -> Result<(), Failure> {
    match command {
        Client::Demo(demo) => demo.run(session).await,
        Client::Healthcheck(healthcheck) => healthcheck.run(session).await,
        Client::Register(register) => register.run(session).await,
        Client::Receipt(receipt) => receipt.run(session).await,
        Client::Route(route) => route.run(session).await,
        Client::Forward(forward) => forward.run(session).await,
        Client::Contact(contact) => contact.run(session).await,
        Client::Contacts(contacts) => contacts.run(session).await,
        Client::Accept(accept) => accept.run(session).await,
        Client::Reject(reject) => reject.run(session).await,
        Client::Reroute(reroute) => reroute.run(session).await,
        Client::Direct(direct) => direct.run(session).await,
        Client::Paper(paper) => paper.run(session).await,
        Client::Show(show) => show.run(session).await,
        Client::List(list) => list.run(session).await,
        Client::Timeline(timeline) => timeline.run(session).await,
        Client::Watch(watch) => watch.run(session).await,
        Client::Acknowledge(acknowledge) => acknowledge.run(session).await,
        Client::Assign(assign) => assign.run(session).await,
        Client::Step(step) => step.run(session).await,
        Client::Escalate(escalate) => escalate.run(session).await,
        Client::Redirect(redirect) => redirect.run(session).await,
        Client::Examiner(examiner) => examiner.run(session).await,
        Client::Reopen(reopen) => reopen.run(session).await,
        Client::Withdraw(withdraw) => withdraw.run(session).await,
        Client::Close(close) => close.run(session).await,
        Client::Draft(draft) => draft.run(session).await,
        Client::Approve(approve) => approve.run(session).await,
        Client::Rework(rework) => rework.run(session).await,
        Client::Issue(issue) => issue.run(session).await,
        Client::Signposting(signposting) => signposting.run(session).await,
        Client::Letters(letters) => letters.run(session).await,
        Client::Letter(letter) => letter.run(session).await,
        Client::Attach(attach) => attach.run(session).await,
        Client::Download(download) => download.run(session).await,
        Client::Documents(documents) => documents.run(session).await,
        Client::Bag(bag) => bag.run(session).await,
        Client::Explain(explain) => explain.run(session).await,
        Client::Packs(packs) => packs.run(session).await,
        Client::Organisation(organisation) => organisation.run(session).await,
        Client::Contract(contract) => contract.run(session).await,
        Client::Subcontractor(subcontractor) => subcontractor.run(session).await,
        Client::Participant(participant) => participant.run(session).await,
        Client::Procedure(procedure) => procedure.run(session).await,
        Client::Problem(problem) => problem.run(session).await,
        Client::Change(change) => change.run(session).await,
        Client::Mixed(mixed) => mixed.run(session).await,
        Client::Member(member) => member.run(session).await,
        Client::Ice(ice) => ice.run(session).await,
        Client::Retention(retention) => retention.run(session).await,
        Client::Erasure(erasure) => erasure.run(session).await,
        Client::Journal(journal) => journal.run(session).await,
    }
}

/// Ends: says why nothing, or not all, was done, and how a script can tell.
fn ended(screen: Screen, done: Result<(), Failure>, machine: bool, request_id: Option<&str>) -> ExitCode {
    let Err(failure) = done else { return Exit::Done.into() };
    let text = if machine {
        pretty(&problem::as_json(&failure, request_id))
    } else {
        problem::show(screen, &failure, request_id)
    };
    // When standard error is gone there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{text}");
    Exit::of(&failure).into()
}
