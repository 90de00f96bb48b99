//! The reference of a case that people read out over the telephone.

use complaints_domain::ComplaintId;

/// Crockford's alphabet: no letter that looks or sounds like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The reference of a complaint, such as `C-7K3M-9QXD-4HT2`: sixty random bits of its id.
pub(crate) fn of(complaint: ComplaintId) -> String {
    // The last 62 bits of a version 7 UUID are random.
    let random = complaint.uuid().as_u128();
    let mut reference = String::from("C");
    for at in 0..12 {
        if at % 4 == 0 {
            reference.push('-');
        }
        let index = usize::try_from((random >> (5 * at)) & 31).unwrap_or_default();
        reference.push(char::from(ALPHABET[index]));
    }
    reference
}

#[cfg(test)]
mod tests {
    use redress_kernel::{Id, text};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_reference_has_one_form_and_no_nino_in_it() {
        let reference = of(Id::new(Uuid::from_u128(0x0123_4567_89ab_7def_8123_4567_89ab_cdef)));
        assert_eq!(reference.len(), "C-7K3M-9QXD-4HT2".len());
        assert_eq!(text::canonical_reference(&reference), reference);
    }
}
