//! Contracts of which there was news, whose records are to be counted again.

use records_retention_domain::ContractId;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};

pub(crate) const SELECT: &str = "SELECT contract_id, news FROM recounts LIMIT 100";

pub(crate) const DELETE: &str = "DELETE FROM recounts WHERE contract_id = $1 AND news = $2";

pub(crate) const SET: Table = Table::replace("recounts", &["contract_id", "news"], &["contract_id"]);

/// Those that wait, each with the position of its last news.
pub(crate) async fn find(tx: &mut Tx) -> Result<Vec<(ContractId, i64)>, DbError> {
    let read = |row: &Row<'_>| Ok((Id::new(row.get("contract_id")?), row.get("news")?));
    tx.query(SELECT).all(read).await
}

/// There was news of a contract.
pub(crate) async fn set(tx: &mut Tx, contract: ContractId, news: i64) -> Result<(), DbError> {
    let mut batch = Batch::new(&SET);
    batch.push([contract.value(), news.value()]);
    tx.flush(batch).await.map(drop)
}

/// Its records are counted, as far as this news goes; later news stays.
pub(crate) async fn done(tx: &mut Tx, contract: ContractId, news: i64) -> Result<(), DbError> {
    tx.query(DELETE).bind(contract).bind(news).execute().await.map(drop)
}
