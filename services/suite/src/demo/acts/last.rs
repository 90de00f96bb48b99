//! The last stage and the final response, with all that must stand in it.

use redress_proto::complaints::v1::{Complaint, DownloadLetterRequest, LetterFormat, LetterKind};

use super::{
    super::{Example, text},
    intake, signposting, work,
};
use crate::{client::Failure, present::document, transfer};

/// Issues the final response and saves it.
pub(super) async fn play(example: &Example, case: Complaint) -> Result<Complaint, Failure> {
    let teller = example.teller;
    let officer = &example.cast.officer;
    teller.chapter("5. The final response");
    let case = work::step(officer, example, &case, ("senior-review", 6), Vec::new()).await?;
    teller.say("The senior manager has looked at it afresh. Every step is done; now the letter must say where the person can go.");
    teller.refused(
        "a final response without the signposting text.",
        "SIGNPOST_MISSING",
        work::finish(officer, example, &case, text::bare_final_response(), 2).await,
    )?;
    let required = signposting(example, officer, &case, 2).await?;
    teller.refused(
        "with the signposting text, but without the advice of the six months.",
        "ICE_WINDOW_NOTICE_MISSING",
        work::finish(officer, example, &case, text::final_response(&required, false), 2).await,
    )?;
    let case = work::finish(officer, example, &case, text::final_response(&required, true), 2).await?;
    teller.say("With both in it, word for word, the final response goes out by post.");
    teller.because(&required.citations);
    teller.case(&case);
    let case = intake::get(officer, case.name).await?;
    if let Some(window) = &case.examiner_window {
        teller.say("How long the way to the Independent Case Examiner is open, counted so that it cannot harm the person:");
        teller.derived(window);
    }
    let letter = case.letters.iter().find(|letter| letter.kind() == LetterKind::FinalResponse);
    let Some(letter) = letter else {
        return Err(Failure::Unsound("the final response is not on file".to_owned()));
    };
    let file = example.data.join(format!("{}-final-response.pdf", case.case_reference));
    let question = DownloadLetterRequest { name: letter.name.clone(), format: LetterFormat::Pdf.into() };
    let size = transfer::save_letter(officer, question, &file).await?;
    teller.say(&format!(
        "The letter as it was issued, printable: {} ({})",
        file.display(),
        document::size(size)
    ));
    Ok(case)
}
