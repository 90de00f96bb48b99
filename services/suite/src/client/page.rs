//! Walking the pages of a list.

use super::Failure;

/// Most that a service returns at once.
const LARGEST: usize = 200;

/// Part of a list, and where the rest begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; empty on the last.
    pub next: String,
}

/// Asks for pages from `token` on until `limit` items are there or the list ends.
pub async fn gather<T>(
    limit: usize,
    token: String,
    fetch: impl AsyncFn(i32, String) -> Result<(Vec<T>, String), Failure>,
) -> Result<Page<T>, Failure> {
    let mut page = Page { items: Vec::new(), next: token };
    loop {
        let wanted = limit.saturating_sub(page.items.len()).min(LARGEST);
        let size = i32::try_from(wanted).unwrap_or(i32::MAX);
        let (items, next) = fetch(size, page.next).await?;
        page.items.extend(items);
        page.next = next;
        if page.next.is_empty() || page.items.len() >= limit {
            return Ok(page);
        }
    }
}
