//! Where letters belong.

use complaints_domain::{ComplaintId, LetterId};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};

pub(crate) const SELECT_COMPLAINT: &str = "SELECT complaint_id FROM letters WHERE letter_id = $1";

pub(crate) const INSERT: Table = Table::insert("letters", &["letter_id", "complaint_id"]);

/// The complaint of a letter. Whether the caller may see it is asked of the complaint.
pub(crate) async fn find_complaint(tx: &mut Tx, letter: LetterId) -> Result<Option<ComplaintId>, DbError> {
    let found = |row: &Row<'_>| Ok(Id::new(row.get("complaint_id")?));
    tx.query(SELECT_COMPLAINT).bind(letter).optional(found).await
}

/// Records where new letters belong.
pub(crate) async fn insert(tx: &mut Tx, letters: &[(LetterId, ComplaintId)]) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for (letter, complaint) in letters {
        batch.push([letter.value(), complaint.value()]);
    }
    tx.flush(batch).await.map(drop)
}
