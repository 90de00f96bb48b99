//! What was planted in every field that people fill, in routing and with the examiner, is found in no file after disposal and the documented
//! clean-up, on both databases (L31, L32, L33), and no key that sealed something of it is either. What complaints and callers lay by is planted
//! by the test of records-retention.
//!
//! On PostgreSQL the databases and roles are those of the deployment: a service does not own its tables, not even that of its keys.

mod planted;
mod sightings;
mod untold;

use redress_proto::{complaints::v1::WithdrawnBy, records_retention::v1 as proto};
use redress_testkit::{Backend, backends};
use redress_tests::deployed::{Deployed, psql};

use super::ground::{Ground, ON};
use planted::plant;
use sightings::{Files, clean_up};

const SERVICES: [&str; 4] = ["complaints", "routing", "ice-liaison", "records-retention"];

#[tokio::test(flavor = "multi_thread")]
async fn after_disposal_and_clean_up_the_canary_is_in_no_file() {
    for backend in backends() {
        let deployed = match &backend {
            Backend::Sqlite => None,
            Backend::Postgres(administrator) => Some(Deployed::prepare(administrator, &SERVICES).unwrap()),
        };
        let mut ground = match &deployed {
            None => Ground::on(backend.clone(), 0xca9a).await,
            Some(deployed) => Ground::on_deployed(deployed, 0xca9a).await,
        };
        let mut registrar = ground.registrar();
        let planted = plant(&mut ground).await;
        let files = Files::of(&ground, &backend);
        assert!(!files.sightings().is_empty(), "references are kept in the clear while they are needed");
        let mut officer = ground.officer();
        officer.withdraw(&planted.complaint, WithdrawnBy::Participant, ON).await.unwrap();
        let mut names = Vec::new();
        for subject in planted.subjects() {
            names.push(registrar.record(subject, |record| !record.held).await.unwrap().name);
        }
        ground.fall_due(&mut registrar).await;
        let keys = deployed.as_ref().map(wrapped).unwrap_or_default();
        let disposal = ground.dispose(&mut registrar, &names).await;
        let objects: i32 = disposal.receipts.iter().map(|receipt: &proto::Receipt| receipt.objects).sum();
        assert_eq!(objects, 1, "{disposal:?}");
        ground.suite.as_mut().unwrap().pause().await;
        clean_up(&backend);
        assert_eq!(files.sightings(), Vec::<String>::new());
        if let Some(deployed) = &deployed {
            let left = wrapped(deployed);
            let destroyed: Vec<&Vec<u8>> = keys.iter().filter(|key| !left.contains(key)).collect();
            assert!(destroyed.len() > 1, "{} of {} keys", destroyed.len(), keys.len());
            // They are destroyed together.
            for key in destroyed.into_iter().take(2) {
                assert_eq!(files.with(key), Vec::<String>::new(), "a destroyed key");
            }
        }
        ground.leave().await;
        if let Some(deployed) = deployed {
            deployed.remove().unwrap();
        }
    }
}

/// Every key that there is, as the databases of keys keep it.
fn wrapped(deployed: &Deployed) -> Vec<Vec<u8>> {
    let asked = "SELECT encode(wrapped, 'hex') FROM data_keys WHERE wrapped IS NOT NULL";
    let all: Vec<String> = deployed.keyrings().map(|keyring| psql(&keyring, asked).unwrap()).collect();
    all.iter().flat_map(|keys| keys.lines()).map(bytes).collect()
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        hexadecimal.chars().map(|digit| digit.to_digit(16).unwrap().try_into().unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}
