//! The deployment runs every service that the program serves, each with its own database, and tells operators of each.

use std::process::Command;

use redress_tests::workspace;

use super::runbook::read;

/// The services that the program serves, as its `serve` command knows them.
fn services() -> Vec<String> {
    let names = read("services/suite/src/serve/service.rs");
    let words = names.lines().filter_map(|line| line.trim().strip_prefix("Self::")?.split_once(" => \""));
    let services: Vec<String> =
        words.filter_map(|(_, word)| Some(word.split('"').next()?.to_owned())).collect();
    assert!(services.contains(&"complaints".to_owned()), "{services:?}");
    services
}

#[test]
fn the_deployment_knows_every_service() {
    let compose = read("deploy/docker-compose.yml");
    let observe = read("deploy/docker-compose.observe.yml");
    let gateway = read("deploy/haproxy/haproxy.cfg");
    let prometheus = read("deploy/prometheus/prometheus.yml");
    let makefile = read("Makefile");
    let symptoms = read("deploy/prometheus/rules/symptoms.yml");
    let list = services().join(" ");
    assert!(makefile.contains(&format!("SERVICES := {list}\n")), "the Makefile does not list: {list}");
    let all = services().join(", ");
    assert!(compose.contains(&format!("command: [{all}]\n")), "no databases are made for: {all}");
    assert!(prometheus.contains(&format!("names: [{all}]\n")), "Prometheus does not scrape: {all}");
    for service in services() {
        for wanted in [
            format!("  {service}-migrate:\n"),
            format!("  {service}:\n"),
            format!("command: [serve, {service}]\n"),
            format!("command: [migrate, {service}]\n"),
            format!("command: [backup, {service}, --to, /backups, --keys-to, /key-backups]\n"),
            format!("command: [restore, {service}, --from, /backups, --keys-from, /key-backups]\n"),
            format!("{service}:/data"),
            format!("./secrets/{service}/runtime:/run/secrets/redress:ro"),
            format!("./secrets/{service}/owner:/run/secrets/redress:ro"),
        ] {
            assert!(compose.contains(&wanted), "the deployment lacks {wanted}");
        }
        assert!(
            symptoms.contains(&format!("absent(up{{job=\"redress\", process=\"{service}\"}})")),
            "nobody hears that {service} is gone"
        );
        assert!(observe.contains(&format!("  {service}: *traced\n")), "{service} sends no traces");
        assert!(gateway.contains(&format!("default_backend {service}\n")), "{service} cannot be reached");
        assert!(gateway.contains(&format!(" {service}:7400\n")), "{service} has no replicas");
        let says = format!("backend {service}\n    http-request set-header redress-service {service}\n");
        assert!(gateway.contains(&says), "a call does not say that it is meant for {service}");
        let (ready, unready) = (format!("_backend {service}"), format!("use_backend {service}-unready if "));
        let lines: Vec<&str> = gateway.lines().map(str::trim).collect();
        for pair in lines.windows(2) {
            let [before, line] = pair else { continue };
            let sends = line.split_once(ready.as_str()).is_some_and(|(_, rest)| !rest.starts_with('-'));
            assert!(
                !sends || before.starts_with(unready.as_str()),
                "nobody answers where none is ready: {line}"
            );
        }
        assert!(gateway.contains(&format!("server-template {service} 16 {service}:7400 no-check\n")));
    }
}

/// What is made for one deployment is no part of what is deployed.
#[test]
fn no_secret_is_kept_with_the_source() {
    let kept = read(".gitignore");
    assert!(kept.lines().any(|line| line == "/deploy/secrets"), "secrets could be recorded");
    // A copy without its history cannot be asked.
    let mut list = Command::new("git");
    if let Ok(listed) = list.args(["ls-files", "deploy/secrets"]).current_dir(workspace::root()).output() {
        assert_eq!(String::from_utf8(listed.stdout).unwrap(), "", "secrets are recorded");
    }
}

#[test]
fn nothing_is_published_beyond_this_machine_and_nothing_runs_with_more_than_it_needs() {
    for file in ["deploy/docker-compose.yml", "deploy/docker-compose.observe.yml"] {
        let text = read(file);
        for line in text.lines().map(str::trim).filter(|line| line.starts_with("- \"") && line.contains(':'))
        {
            let port = line.trim_start_matches("- \"").split(':').next().unwrap();
            assert!(port == "127.0.0.1", "{file} publishes {line}");
        }
        for word in ["privileged", "network_mode", "docker.sock", "PASSWORD: "] {
            assert!(!text.contains(word), "{file} says {word}");
        }
    }
    let compose = read("deploy/docker-compose.yml");
    for line in
        ["read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "mem_limit: ", "internal: true"]
    {
        assert!(compose.contains(line), "the deployment lacks {line}");
    }
    let image = read("deploy/Dockerfile");
    assert!(
        image.contains("USER 65532:65532") && image.contains("HEALTHCHECK") && !image.contains("# syntax=")
    );
    let ignored = read(".dockerignore");
    assert!(ignored.lines().any(|line| line == "*"), "the build's context is not a list of what goes in");
    assert!(!ignored.contains("!deploy\n") && !workspace::root().join("deploy/secrets/.keep").exists());
}
