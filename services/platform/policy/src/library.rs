//! All packs and texts, and the choice of the pack that binds a contract.

mod read;

use jiff::civil::Date;
use redress_kernel::Citation;

use crate::{Document, Legislatures, LoadFault, Pack, PackRef, Refusal, Text, text};

/// Packs, the documents they cite, and the texts they prescribe.
#[derive(Clone, Debug)]
pub struct Library {
    documents: Vec<Document>,
    packs: Vec<Pack>,
    texts: Vec<Text>,
    legislatures: Legislatures,
}

/// A pack that was chosen, and why.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The day its document was withdrawn, when that was on or before the day of receipt. The pack binds the contract all the same (XCT-01).
    pub withdrawn_on: Option<Date>,
    /// The rule that chose it.
    pub because: Citation,
}

impl Library {
    /// The packs and texts that come with the suite.
    pub fn embedded() -> Result<Self, LoadFault> {
        read::embedded()
    }

    /// Replaces the texts of one template by those in `file`, the content of a text file as in `texts/`; `name` is shown in faults.
    pub fn with_text(mut self, name: &str, file: &str) -> Result<Self, LoadFault> {
        let replacement = text::parse(name, file)?;
        let template = &replacement[0].template;
        if !self.texts.iter().any(|text| text.template == *template) {
            return Err(LoadFault::new(name, "replaces a template that no pack has"));
        }
        self.texts.retain(|text| text.template != *template);
        self.texts.extend(replacement);
        Ok(self)
    }

    /// Every pack, ordered by id and version.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Every document that a pack may cite.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Every text.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// Elections, and titles that make nobody a member.
    pub fn legislatures(&self) -> &Legislatures {
        &self.legislatures
    }

    /// The pack of exactly this id and version, as pinned on a case.
    pub fn get(&self, reference: &PackRef) -> Result<&Pack, Refusal> {
        self.packs.iter().find(|pack| pack.reference == *reference).ok_or(Refusal::UnknownPack)
    }

    /// The pack for a complaint received on `received_on` under a contract of `programme` that takes effect on `contract_effective_on`.
    ///
    /// The contract's date decides which guidance binds, never the complaint's; among the versions of that guidance the latest
    /// that held on the day of receipt (XCT-01, Q19).
    pub fn choose(
        &self,
        programme: &str,
        contract_effective_on: Date,
        received_on: Date,
    ) -> Result<Choice<'_>, Refusal> {
        let of_programme: Vec<&Pack> = self.packs.iter().filter(|pack| pack.programme == programme).collect();
        if of_programme.is_empty() {
            return Err(Refusal::UnknownProgramme);
        }
        let covering: Vec<&Pack> = of_programme
            .into_iter()
            .filter(|pack| pack.applies.covers_contract(contract_effective_on))
            .collect();
        let Some(earliest) = covering.iter().min_by_key(|pack| pack.applies.in_force_from) else {
            return Err(Refusal::ContractNotCovered {
                programme: programme.to_owned(),
                contract_effective_on,
            });
        };
        let in_force =
            covering.iter().filter(|pack| pack.applies.in_force_from.is_some_and(|from| from <= received_on));
        let Some(pack) = in_force.max_by_key(|pack| pack.applies.in_force_from) else {
            return Err(Refusal::GuidanceNotKnown { pack: earliest.reference.clone(), received_on });
        };
        let because = pack
            .cite(&pack.applies.source)
            .with("contract_effective_on", contract_effective_on)
            .with("received_on", received_on);
        Ok(Choice {
            pack,
            withdrawn_on: pack.applies.withdrawn_on.filter(|withdrawn| *withdrawn <= received_on),
            because,
        })
    }

    /// The signposting text that a final response under `pack` issued on `issued_on` must carry (CMP-07); nothing where the pack has none.
    pub fn signposting(&self, pack: &Pack, issued_on: Date) -> Result<Option<&Text>, Refusal> {
        let Some(signposting) = pack.rules.signposting.known(&pack.reference, "signposting")? else {
            return Ok(None);
        };
        let template = &signposting.value.template;
        text::in_force(&self.texts, template, issued_on).map(Some)
    }

    /// Checks that `letter` carries the signposting text that is in force (CMP-07), and no other version of it (CMP-31).
    pub fn check_signposting(&self, pack: &Pack, letter: &str, issued_on: Date) -> Result<(), Refusal> {
        let Some(wanted) = self.signposting(pack, issued_on)? else { return Ok(()) };
        text::check(&self.texts, wanted, letter, pack.citation(&pack.rules.signposting))
    }

    /// The advice on how long the way to ICE is open (CMP-09), to be rendered with its last day; nothing where the pack has no window.
    pub fn window_advice(&self, pack: &Pack, issued_on: Date) -> Result<Option<&Text>, Refusal> {
        if pack.rules.ice_window.known(&pack.reference, "ice_window")?.is_none() {
            return Ok(None);
        }
        text::in_force(&self.texts, text::WINDOW_ADVICE, issued_on).map(Some)
    }
}
