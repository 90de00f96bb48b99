//! Settings: every mistake at once, and what is in force without its secrets.

use redress_chassis::{
    Configuration, Settings,
    config::{Config, Mistake, Mistakes},
    process::settle,
};

use crate::puppet::MEMBERS;

fn mistakes(environment: &[(&str, &str)]) -> Vec<Mistake> {
    let Err(Mistakes(mistakes)) = settle(&MEMBERS, &environment.to_vec(), None) else { panic!("no mistake") };
    mistakes
}

fn named(mistakes: &[Mistake]) -> Vec<&str> {
    mistakes.iter().map(|mistake| mistake.setting.as_str()).collect()
}

#[test]
fn every_mistake_is_named_with_its_source_and_what_is_accepted() {
    let found = mistakes(&[
        ("REDRESS_LISTEN_ADDRESS", "everywhere"),
        ("REDRESS_DATABASE_URL", "mysql://root:hunter2@db/redress"),
        ("REDRESS_LIMITS_CALLS", "0"),
        ("REDRESS_LIMITS_DRAIN", "10"),
        ("REDRESS_LIMITS_STREAMS", "many"),
        ("REDRESS_TELEMETRY_FORMAT", "xml"),
        ("REDRESS_AUTH_DEVELOPMENT", "yes"),
        ("REDRESS_KEYRING_MASTER_KEY", "hunter2"),
        ("REDRESS_TLS_KEY", "/nowhere/key.pem"),
        ("REDRESS_POLICY_TEXTS", "/nowhere"),
        ("REDRESS_LISTEN_ADRESS", "127.0.0.1:1"),
    ]);
    for setting in [
        "listen.address",
        "database.url",
        "limits.calls",
        "limits.drain",
        "limits.streams",
        "telemetry.format",
        "auth.development",
        "keyring.master_key",
        "tls.key",
        "policy.texts",
        "listen.adress",
    ] {
        let mistake = found.iter().find(|mistake| mistake.setting == setting);
        let mistake = mistake.unwrap_or_else(|| panic!("{setting} in {:?}", named(&found)));
        assert!(mistake.source.starts_with("REDRESS_"), "{mistake}");
        assert!(
            mistake.problem.contains("accepted:") || mistake.problem.contains("is not a setting"),
            "{mistake}"
        );
    }
    // Nobody could call either, which is a mistake of its own.
    assert!(named(&found).contains(&"auth.jwks_file"));
    assert!(!format!("{}", Mistakes(found)).contains("hunter2"));
}

#[test]
fn settings_that_only_fit_together_are_seen_together() {
    let found = mistakes(&[
        ("REDRESS_DATABASE_URL", "postgres://redress@db/{service}"),
        ("REDRESS_KEYRING_URL", "postgres://redress@db/{service}"),
        ("REDRESS_AUTH_DEVELOPMENT", "true"),
        ("REDRESS_AUTH_LEEWAY", "2m"),
    ]);
    assert_eq!(named(&found), ["keyring.url", "keyring.master_key", "auth.leeway"]);
}

#[test]
fn the_password_of_a_database_lies_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, "hunter2\n").unwrap();
    let path = file.display().to_string();
    let key = "A".repeat(43) + "=";
    let environment = |url: &'static str, keyring: &'static str| {
        vec![
            ("REDRESS_DATABASE_URL", url.to_owned()),
            ("REDRESS_DATABASE_PASSWORD_FILE", path.clone()),
            ("REDRESS_KEYRING_URL", keyring.to_owned()),
            ("REDRESS_KEYRING_PASSWORD_FILE", path.clone()),
            ("REDRESS_KEYRING_MASTER_KEY", key.clone()),
            ("REDRESS_AUTH_DEVELOPMENT", "true".to_owned()),
        ]
    };
    let good = environment("postgres://complaints@db/{service}", "postgres://keys@keys/{service}");
    let settled = settle(&MEMBERS, &Owned(good), None).unwrap();
    for setting in ["database.password", "keyring.password"] {
        let shown = settled.effective.iter().find(|one| one.setting == setting).unwrap();
        assert_eq!(shown.value, "(hidden)");
    }
    let bad = environment("postgres://complaints:twice@db/{service}", "sqlite:{data}/keys.db");
    let Err(Mistakes(found)) = settle(&MEMBERS, &Owned(bad), None) else { panic!("no mistake") };
    assert_eq!(named(&found), ["database.password", "keyring.password"]);
}

struct Owned(Vec<(&'static str, String)>);

impl redress_chassis::config::Environment for Owned {
    fn variables(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }
}

#[test]
fn peers_need_an_address_that_is_one_and_an_identity() {
    let found = mistakes(&[
        ("REDRESS_AUTH_DEVELOPMENT", "true"),
        ("REDRESS_PEERS_ROUTING", "routing:7400"),
        ("REDRESS_PEERS_COMPLAINTS", "https://complaints.example"),
        ("REDRESS_PEERS_ICE_LIAISON", "http://user:hunter2@ice"),
        ("REDRESS_PEERS_RECORDS_RETENTION", "http://retention/path"),
        ("REDRESS_PEERS_TOKEN_FILE", "/nowhere"),
    ]);
    let expected = [
        "peers.routing",
        "peers.ice_liaison",
        "peers.records_retention",
        "peers.token_file",
        "peers.authorities",
    ];
    assert_eq!(named(&found), expected);
    assert!(!format!("{}", Mistakes(found)).contains("hunter2"));
    let key = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/localhost.crt");
    let found = mistakes(&[
        ("REDRESS_AUTH_KEY_FILE", key),
        ("REDRESS_AUTH_KEY_ID", "one"),
        ("REDRESS_PEERS_ROUTING", "http://routing:7400"),
    ]);
    assert_eq!(named(&found), ["peers.token_file"], "no peer would answer");
}

#[test]
fn a_file_serves_as_well_and_the_environment_wins() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("redress.toml");
    let key = folder.path().join("master.key");
    std::fs::write(&key, "A".repeat(43) + "=\n").unwrap();
    let text = format!(
        "[auth]\ndevelopment = true\n[limits]\ncalls = 7\nqueue = \"0s\"\n[keyring]\nmaster_key_file = \"{}\"\n",
        key.display()
    );
    std::fs::write(&file, text).unwrap();
    let environment = vec![
        ("REDRESS_LIMITS_CALLS", "9"),
        ("REDRESS_TEST_POSTGRES", "not ours"),
        ("REDRESS_CLIENT_ENDPOINT", "not ours"),
        ("HOME", "not ours"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"),
    ];
    let settled = settle(&MEMBERS, &environment, Some(&file)).unwrap();
    let shown = |setting: &str| {
        let one = settled.effective.iter().find(|one| one.setting == setting).unwrap();
        (one.value.clone(), one.source.clone())
    };
    let from_file = file.display().to_string();
    assert_eq!(shown("limits.calls"), ("9".to_owned(), "REDRESS_LIMITS_CALLS".to_owned()));
    assert_eq!(shown("limits.queue"), ("0s".to_owned(), from_file.clone()));
    assert_eq!(shown("limits.drain"), ("25s".to_owned(), "default".to_owned()));
    assert_eq!(shown("keyring.master_key"), ("(hidden)".to_owned(), from_file));
    assert_eq!(shown("OTEL_EXPORTER_OTLP_ENDPOINT").0, "http://collector:4317");

    std::fs::write(&file, "[limits]\ncalls = \n").unwrap();
    let Err(Mistakes(found)) = settle(&MEMBERS, &vec![("REDRESS_AUTH_DEVELOPMENT", "true")], Some(&file))
    else {
        panic!("no mistake")
    };
    assert_eq!(found[0].problem, "is not TOML, see line 2");
    let Err(Mistakes(found)) = settle(&MEMBERS, &vec![("REDRESS_CONFIG_FILE", "/nowhere.toml")], None) else {
        panic!("no mistake")
    };
    assert!(found[0].problem.starts_with("cannot be read"));
}

#[test]
fn a_secret_is_set_once() {
    let found = mistakes(&[
        ("REDRESS_AUTH_DEVELOPMENT", "true"),
        ("REDRESS_KEYRING_MASTER_KEY", "AAAA"),
        ("REDRESS_KEYRING_MASTER_KEY_FILE", "/nowhere"),
    ]);
    assert_eq!(named(&found), ["keyring.master_key"]);
    let found =
        mistakes(&[("REDRESS_AUTH_DEVELOPMENT", "true"), ("REDRESS_KEYRING_MASTER_KEY_FILE", "/nowhere")]);
    assert_eq!(named(&found), ["keyring.master_key_file"]);
}

#[test]
fn the_debug_form_of_settings_hides_secrets() {
    let key = "B".repeat(43) + "=";
    let environment = vec![
        ("REDRESS_KEYRING_MASTER_KEY", key.as_str()),
        ("REDRESS_DATABASE_URL", "postgres://complaints@db/{service}"),
        ("REDRESS_DATABASE_PASSWORD", "hunter2"),
    ];
    let config = Config::read(&mut Settings::gather(&environment, None));
    let shown = format!("{config:?}");
    assert!(!shown.contains("BBBB") && !shown.contains("hunter2"));
}

#[test]
fn the_readme_lists_every_setting_with_its_default() {
    let readme = include_str!("../../README.md");
    let mut listed: Vec<(String, String)> = readme
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            let setting = cells.next()?.trim_end_matches('`').to_owned();
            Some((setting, cells.next()?.trim_matches('`').to_owned()))
        })
        .collect();
    let settled = settle(&MEMBERS, &vec![("REDRESS_AUTH_DEVELOPMENT", "true")], None).unwrap();
    let mut known: Vec<(String, String)> =
        settled.effective.into_iter().map(|one| (one.setting, one.value)).collect();
    for one in &mut known {
        if one.0 == "auth.development" {
            one.1 = "false".to_owned();
        }
    }
    listed.sort();
    known.sort();
    assert_eq!(listed, known);
}
