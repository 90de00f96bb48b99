//! The roles that the deployment makes, on a real server: a service reads and writes rows of its own database, and that is all.

use redress_tests::{
    deployed::{Deployed, psql},
    postgres,
};

const SERVICES: [&str; 2] = ["complaints", "routing"];

#[test]
fn a_service_may_change_rows_of_its_own_and_nothing_else() {
    let Some(administrator) = postgres::administrator() else { return };
    let deployed = Deployed::prepare(&administrator, &SERVICES).unwrap();
    let [service, other] = SERVICES.map(|service| deployed.named(service));
    let owner = deployed.url(&service, &format!("{service}-owner"));
    psql(&owner, "CREATE TABLE marks (mark TEXT PRIMARY KEY)").unwrap();

    let own = deployed.url(&service, &service);
    for may in ["INSERT INTO marks VALUES ('a')", "UPDATE marks SET mark = 'b'", "DELETE FROM marks"] {
        psql(&own, may).unwrap_or_else(|refused| panic!("{may}: {refused}"));
    }
    for may_not in [
        "CREATE TABLE more (mark TEXT)",
        "CREATE SCHEMA more",
        "CREATE TEMPORARY TABLE more (mark TEXT)",
        "ALTER TABLE marks ADD COLUMN more TEXT",
        "DROP TABLE marks",
        "TRUNCATE marks",
        "CREATE DATABASE more",
        "CREATE ROLE more",
        "COPY marks TO PROGRAM 'cat'",
        "SELECT pg_read_file('PG_VERSION')",
    ] {
        refused(&own, may_not);
    }
    refused(&own, &format!("SET ROLE \"{service}-owner\""));
    // Neither it nor who migrates it comes into another's database.
    for role in [service.clone(), format!("{service}-owner")] {
        refused(&deployed.url(&other, &role), "SELECT 1");
    }
    deployed.remove().unwrap();
}

fn refused(url: &str, statement: &str) {
    let Err(refused) = psql(url, statement) else { panic!("{url} may {statement}") };
    let told = refused.to_string();
    assert!(told.contains("permission denied") || told.contains("must be "), "{statement}: {told}");
}
