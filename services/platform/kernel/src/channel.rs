//! The way in which something reached somebody.

use serde::{Deserialize, Serialize};

/// The way in which something reached somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Channel {
    /// Face to face.
    InPerson,
    /// By telephone.
    Telephone,
    /// By post; a window that protects the person then leaves time for delivery (Q6).
    Post,
    /// By e-mail.
    Email,
    /// Through a form or message on a website.
    Online,
}
