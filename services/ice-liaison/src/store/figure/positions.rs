//! The figures as of any position are the sum of the facts up to it, however they were summed meanwhile; on both databases.

use ice_liaison_domain::{
    ContractId, OrganisationId,
    figures::{Fact, Measure, Sum},
};
use jiff::civil::date;
use redress_kernel::Id;
use redress_store::{Db, Tx};
use redress_testkit::database::on_each;
use uuid::Uuid;

use super::{Year, up_to};
use crate::store::fact::{self, Counted, Of, Source};

const DEPARTMENT: OrganisationId = Id::new(Uuid::from_u128(1));
const PRIME: OrganisationId = Id::new(Uuid::from_u128(2));
const CONTRACT: ContractId = Id::new(Uuid::from_u128(3));
const YEAR: Year = Year { caller: DEPARTMENT, begins: 2024 };
/// From one entry that counts for something to the next; some blocks have one, some none, most a few.
const STEP: i64 = 1_117;
/// Beyond the end of a large block.
const FACTS: i64 = 700;

#[tokio::test]
async fn any_position_is_the_sum_of_the_facts_up_to_it() {
    let lists = [redress_journal::MIGRATIONS, redress_chain::MIGRATIONS, crate::MIGRATIONS];
    on_each(&lists, async |db| {
        reach(db).await;
        // One entry is parked, and is placed when all others are.
        let late = 7;
        for number in (1..=FACTS).filter(|number| *number != late).chain([late]) {
            let mut tx = db.write().await.expect("to write");
            happen(&mut tx, number).await;
            tx.commit().await.expect("to commit");
        }
        let mut tx = db.read().await.expect("to read");
        for position in [0, 1, STEP, 7 * STEP, 4_095, 4_096, 100_000, 262_143, 262_144, 500_000, FACTS * STEP]
        {
            let told = told(&mut tx, position).await;
            let facts = position / STEP;
            assert_eq!(told.count, facts, "as of {position} on {}", db.engine().name());
            assert_eq!(told.days, facts * (facts + 1) / 2, "as of {position} on {}", db.engine().name());
        }
    })
    .await
    .expect("a database");
}

async fn reach(db: &Db) {
    let mut tx = db.write().await.expect("to write");
    let sql = "INSERT INTO known_reach (organisation_id, contract_id, below_id) VALUES ($1, $2, $3)";
    tx.query(sql).bind(DEPARTMENT).bind(CONTRACT).bind(PRIME).execute().await.expect("to insert");
    tx.commit().await.expect("to commit");
}

/// A case is taken, and its entry gets its place. Each took as many days as its number.
async fn happen(tx: &mut Tx, number: i64) {
    let entry = Uuid::from_u128(u128::from(number.unsigned_abs()));
    let counted = Counted {
        entry,
        ordinal: 0,
        source: Source::Own,
        position: None,
        year: YEAR.begins,
        of: Of { contract: CONTRACT, organisation: PRIME, programme: "jets-scotland".to_owned(), tier: 1 },
        fact: Fact {
            measure: Measure::WaitTime,
            on: date(2024, 6, 3),
            count: 1,
            days: number,
            in_standard: 0,
            pence: 0,
        },
    };
    fact::insert(tx, &[counted]).await.expect("to count");
    fact::place(tx, Source::Own, entry, number * STEP).await.expect("to be placed");
}

async fn told(tx: &mut Tx, position: i64) -> Sum {
    let mut told = Sum::default();
    for summed in up_to(tx, YEAR, Source::Own, position).await.expect("sums") {
        assert_eq!(summed.measure, Measure::WaitTime);
        told.add(summed.sum);
    }
    told
}
