//! A record whose parts lay here and elsewhere is gone as a whole after a restore: each holder's line says what that holder erased, and a
//! line of its own that the record has ended (L35).

use redress_proto::records_retention::v1 as proto;
use redress_testkit::{backends, wait};

use super::shelf::{SERVICES, Shelf, content, erasures, serves};
use crate::cast::{Cast, day, refused};

#[tokio::test(flavor = "multi_thread")]
async fn a_record_with_parts_here_and_elsewhere_is_not_due_again() {
    for backend in backends() {
        let mut cast = Cast::on(backend).await;
        let complaint = cast.complaint("They lost my shoes.").await;
        let file = cast.record_of(&complaint).await.name;
        cast.lay_by(&file, b"A note beside the file.").await;
        cast.withdraw(&complaint).await;
        cast.freed(&file).await;
        let holders: Vec<_> = cast.get(&file).await.parts.iter().map(proto::Part::holder).collect();
        assert!(holders.contains(&proto::Holder::RecordsRetention) && holders.len() == 3, "{holders:?}");
        cast.fall_due().await;
        let shelf = Shelf::new();
        shelf.back_up(&cast).await;
        cast.dispose(&[&file]).await;
        // One line of the part that lay here, and one of the record's end.
        wait::until_async("the end to be written down", || async {
            erasures(&cast, "records-retention").await == 2
        })
        .await;

        cast.suite.pause().await;
        for service in SERVICES {
            cast.suite.lose(service).await.unwrap();
        }
        shelf.put_back(&cast).await.unwrap();
        cast.suite.restart().await.unwrap();
        serves(&cast).await;
        let found = cast.get(&file).await;
        assert_eq!(found.stage(), proto::RecordStage::Destroyed, "{found:?}");
        assert!(found.tombstone.unwrap().destroyed_on.is_some());
        assert!(content(&cast, &file).await.is_none());
        // Asked again where the database was too busy to answer.
        let gone = || async { refused(cast.propose(&[&file]).await) == "ITEM_DESTROYED" };
        wait::until_async("the refusal", gone).await;
        let due = proto::ListRecordsRequest {
            due_until: Some(day("2028-12-31")),
            page_size: 200,
            ..Default::default()
        };
        let due = cast.records().await.list_records(due).await.unwrap().into_inner().records;
        assert!(!due.is_empty() && due.iter().all(|record| record.name != file), "{due:?}");
        // Nothing is written twice, however often it is told again.
        assert_eq!(erasures(&cast, "records-retention").await, 2);
        cast.suite.stop().await.unwrap();
    }
}
