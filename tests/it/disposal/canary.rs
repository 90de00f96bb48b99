//! What was planted in every field that people fill, in routing and with the examiner, is found in no file after disposal and the documented
//! clean-up, on both databases (L31, L32, L33). What complaints and callers lay by is planted by the test of records-retention.

mod planted;
mod sightings;

use redress_proto::{complaints::v1::WithdrawnBy, records_retention::v1 as proto};
use redress_testkit::backends;

use super::ground::{Ground, ON};
use planted::plant;
use sightings::{Files, clean_up};

#[tokio::test(flavor = "multi_thread")]
async fn after_disposal_and_clean_up_the_canary_is_in_no_file() {
    for backend in backends() {
        let mut ground = Ground::on(backend.clone(), 0xca9a).await;
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
        let disposal = ground.dispose(&mut registrar, &names).await;
        let objects: i32 = disposal.receipts.iter().map(|receipt: &proto::Receipt| receipt.objects).sum();
        assert_eq!(objects, 1, "{disposal:?}");
        ground.suite.as_mut().unwrap().pause().await;
        clean_up(&backend);
        assert_eq!(files.sightings(), Vec::<String>::new());
        ground.leave().await;
    }
}
