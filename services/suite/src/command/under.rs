//! Lists of what stands under contracts.

use clap::Args;

use super::{Session, input::Paging};
use crate::client::{Failure, Page, gather, resolve};

/// Which contract, and how much of it.
#[derive(Args, Clone, Debug)]
pub struct Under {
    /// Only those of this contract: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

impl Under {
    /// Asks for pages until there is enough. `fetch` asks for one, of a contract or of all, of a size, from a token on.
    pub async fn gather<T>(
        self,
        session: &Session,
        fetch: impl AsyncFn(String, i32, String) -> Result<(Vec<T>, String), Failure>,
    ) -> Result<Page<T>, Failure> {
        let contract = match &self.contract {
            Some(contract) => resolve::contract(&session.link, contract).await?,
            None => String::new(),
        };
        gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            fetch(contract.clone(), page_size, page_token).await
        })
        .await
    }
}
