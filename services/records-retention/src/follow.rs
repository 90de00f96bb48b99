//! What the other services tell: cases, contacts and examinations that open and end, and holders that did what they were told.

mod change;
mod contact;
mod examiner;
mod holder;
pub(crate) mod news;

use records_retention_domain::{DisposalId, Refusal, disposal::Receipt, id, record::Holder};
use redress_journal::{
    append::Origin,
    entry::Entry,
    shell::inside::carry_out,
    subscription::{HandleFault, Handler},
};
use redress_kernel::id::Noun as _;
use redress_store::Tx;

use crate::{
    app::App,
    command::{case::TakeIn, contact::TakeContact, receipt::TakeReceipt},
    holding::Contents,
    replay::{self, Written},
    store,
};

/// Acts on what the complaints service tells.
#[derive(Clone)]
pub(crate) struct OfComplaints {
    pub(crate) app: App,
}

/// Acts on what the routing service tells.
#[derive(Clone)]
pub(crate) struct OfRouting {
    pub(crate) app: App,
}

/// Acts on what the ice-liaison service tells.
#[derive(Clone)]
pub(crate) struct OfExaminer {
    pub(crate) app: App,
}

/// Acts on what this service told itself, as the holder of what lies with its records.
#[derive(Clone)]
pub(crate) struct OfItself {
    pub(crate) app: App,
    pub(crate) holder: redress_disposal::Holder<Contents>,
}

impl Handler for OfComplaints {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        if redress_chain::learn(tx, entry).await? {
            let Some(end) = news::end(entry)? else { return Ok(()) };
            store::recount::set(tx, end.contract, entry.position).await?;
            return self.app.take(tx, entry, &end).await;
        }
        if let Some(news) = news::case(entry)? {
            let ids = self.app.desk.parts.ids.clone();
            let command = TakeIn { rulebook: self.app.rulebook.clone(), news, ids };
            return self.app.take(tx, entry, &command).await;
        }
        holder::take(&self.app, tx, entry, Holder::Complaints).await
    }
}

impl Handler for OfRouting {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        if let Some(news) = contact::news(entry)? {
            let ids = self.app.desk.parts.ids.clone();
            let command = TakeContact { rulebook: self.app.rulebook.clone(), news, ids };
            return self.app.take_when_known(tx, entry, &command).await;
        }
        holder::take(&self.app, tx, entry, Holder::Routing).await
    }
}

impl Handler for OfExaminer {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        if let Some(news) = examiner::news(entry)? {
            let ids = self.app.desk.parts.ids.clone();
            let command = TakeIn { rulebook: self.app.rulebook.clone(), news, ids };
            return self.app.take_when_known(tx, entry, &command).await;
        }
        holder::take(&self.app, tx, entry, Holder::IceLiaison).await
    }
}

impl Handler for OfItself {
    /// The line that says that a record is gone, written down before it is noted.
    type Prepared = Option<Written>;

    async fn prepare(&self, entry: &Entry) -> Result<Option<Written>, HandleFault> {
        replay::write_down(&self.app, entry).await
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, written: Option<Written>) -> Result<(), HandleFault> {
        replay::note(tx, written).await?;
        if let Some(contract) = change::moved(entry)? {
            store::recount::set(tx, contract, entry.position).await?;
        }
        self.holder.handle(tx, entry, ()).await?;
        holder::take(&self.app, tx, entry, Holder::RecordsRetention).await
    }
}

impl App {
    /// Carries out a command that an entry brought.
    async fn take<C>(&self, tx: &mut Tx, entry: &Entry, command: &C) -> Result<(), HandleFault>
    where
        C: redress_journal::shell::Command<crate::world::World, Refusal = Refusal>,
    {
        // A refusal here is none of the other service's making: what it told happened, and it must have its effect.
        let done = self.try_to_take(tx, entry, command).await?;
        done.map_err(|refusal| HandleFault::Poison(refusal.reason().to_owned()))
    }

    /// The same for news of a service that learned of contracts where this one learns of them, and may have learned sooner.
    async fn take_when_known<C>(&self, tx: &mut Tx, entry: &Entry, command: &C) -> Result<(), HandleFault>
    where
        C: redress_journal::shell::Command<crate::world::World, Refusal = Refusal>,
    {
        match self.try_to_take(tx, entry, command).await? {
            Err(Refusal::NotFound { name }) if name.starts_with(id::Contract::COLLECTION) => {
                Err(HandleFault::Unavailable)
            }
            done => done.map_err(|refusal| HandleFault::Poison(refusal.reason().to_owned())),
        }
    }

    async fn try_to_take<C>(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        command: &C,
    ) -> Result<Result<(), Refusal>, HandleFault>
    where
        C: redress_journal::shell::Command<crate::world::World, Refusal = Refusal>,
    {
        let parts = &self.desk.parts;
        let origin = Origin { causation: entry.id().ok(), ..Origin::of_suite() };
        let done = carry_out(tx, command, origin, parts.ids.as_ref(), parts.clock.now()).await?;
        Ok(done.map(drop))
    }

    /// Takes in a holder's answer.
    async fn take_receipt(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        disposal: DisposalId,
        receipt: Receipt,
    ) -> Result<(), HandleFault> {
        let command = TakeReceipt { rulebook: self.rulebook.clone(), disposal, receipt };
        match self.try_to_take(tx, entry, &command).await? {
            Ok(()) => Ok(()),
            // Ordered before this database was put back, and lost with what came after the backup: the record is due again here,
            // and the disposal that comes to it has its own answer.
            Err(Refusal::NotFound { .. }) => {
                tracing::warn!(disposal.id = %disposal, "a holder answered for a disposal that nobody knows any more");
                Ok(())
            }
            Err(refusal) => Err(HandleFault::Poison(refusal.reason().to_owned())),
        }
    }
}
