//! C2SP `signed-note`: a text, an empty line, and a line for each signature.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Signer, VerifierKey};

const SIGNATURE_LINE: &str = "— ";

/// A note taken apart, its signatures not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote<'a> {
    body: &'a str,
    signatures: Vec<(&'a str, Vec<u8>)>,
}

/// Why a note is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// Not a signed note, or not one about a log.
    #[error("the text is not a signed checkpoint")]
    Malformed,
    /// No signature of the key that was asked for.
    #[error("the checkpoint is not signed by the expected key")]
    Unsigned,
    /// A signature of that key over another text.
    #[error("the signature of the checkpoint is false")]
    FalseSignature,
    /// Signed by the right key about another log.
    #[error("the checkpoint is about another log")]
    WrongOrigin,
}

/// Signs `body`, which ends in a newline, as a note.
///
/// What is signed here and is no checkpoint must not pass for one: let its first line be no log's name.
pub fn sign(body: &str, signer: &Signer) -> String {
    let signature = STANDARD.encode(signer.sign(body));
    format!("{body}\n{SIGNATURE_LINE}{} {signature}\n", signer.verifier().name())
}

impl<'a> SignedNote<'a> {
    /// Takes a note apart.
    pub fn parse(text: &'a str) -> Result<Self, NoteFault> {
        if text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(NoteFault::Malformed);
        }
        // The last empty line divides: the body may contain others.
        let divide = text.rfind("\n\n").ok_or(NoteFault::Malformed)?;
        let (body, rest) = (&text[..=divide], &text[divide + 2..]);
        let lines = rest.strip_suffix('\n').ok_or(NoteFault::Malformed)?;
        let signatures = lines.split('\n').map(signature).collect::<Option<Vec<_>>>();
        Ok(Self { body, signatures: signatures.ok_or(NoteFault::Malformed)? })
    }

    /// The text that was signed.
    pub const fn body(&self) -> &'a str {
        self.body
    }

    /// Checks that `key` signed the text. Signatures of other keys, such as witnesses, are passed over.
    pub fn verify(&self, key: &VerifierKey) -> Result<(), NoteFault> {
        let mut found = false;
        for (_, bytes) in self.signatures.iter().filter(|(name, _)| *name == key.name()) {
            match key.check(self.body, bytes) {
                Some(true) => found = true,
                Some(false) => return Err(NoteFault::FalseSignature),
                None => {}
            }
        }
        if found { Ok(()) } else { Err(NoteFault::Unsigned) }
    }
}

fn signature(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, signature) = line.strip_prefix(SIGNATURE_LINE)?.split_once(' ')?;
    let bytes = STANDARD.decode(signature).ok()?;
    (!name.is_empty() && bytes.len() > 4).then_some((name, bytes))
}
