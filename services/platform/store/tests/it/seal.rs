//! What is sealed opens under its key and in its place, and nowhere else.

use redress_store::Context;
use uuid::Uuid;

use crate::{fixture::Fresh, keyring::open};

const PLACE: Context = Context::new("complaints", "sealed", Uuid::from_u128(1));

#[tokio::test]
async fn what_is_sealed_opens_only_under_its_key_and_in_its_place() {
    let fresh = Fresh::sqlite().await;
    let keyring = open(&fresh.db, 1, &[]).await;
    let (key, other) = (keyring.take().await.unwrap(), keyring.take().await.unwrap());
    for text in [b"".as_slice(), b"Mrs O'Brien", &[0; 10_000]] {
        let sealed = key.seal(&PLACE, text).unwrap();
        assert_eq!(key.unseal(&PLACE, &sealed).unwrap(), text);

        assert!(other.unseal(&PLACE, &sealed).is_err(), "another key");
        for elsewhere in [
            Context { table: "participants", ..PLACE },
            Context { column: "name", ..PLACE },
            Context { row: Uuid::from_u128(2), ..PLACE },
            // The border between two names counts.
            Context { table: "complaintss", column: "ealed", ..PLACE },
        ] {
            assert!(key.unseal(&elsewhere, &sealed).is_err(), "{elsewhere:?}");
        }
        for at in [0, 1, 13, sealed.len() - 1] {
            let mut tampered = sealed.clone();
            tampered[at] ^= 1;
            assert!(key.unseal(&PLACE, &tampered).is_err(), "byte {at}");
        }
        assert!(key.unseal(&PLACE, &sealed[..sealed.len() - 1]).is_err(), "cut off");
        assert!(key.unseal(&PLACE, &[]).is_err(), "nothing");
    }
    fresh.gone().await;
}

#[tokio::test]
async fn the_same_text_is_never_sealed_alike() {
    let fresh = Fresh::sqlite().await;
    let key = open(&fresh.db, 1, &[]).await.take().await.unwrap();
    assert_ne!(key.seal(&PLACE, b"yes").unwrap(), key.seal(&PLACE, b"yes").unwrap());
    fresh.gone().await;
}
