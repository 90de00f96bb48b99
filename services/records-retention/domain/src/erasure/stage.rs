//! Where an erasure request stands, by name.

/// Where an erasure request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageName {
    /// Nobody asked.
    Unrequested,
    /// Received; the holding reply is out.
    Received,
    /// The data protection office has given its reference.
    Referred,
    /// The person is kept.
    Refused,
    /// The person's records are due.
    Granted,
    /// They are gone.
    CarriedOut,
}

impl StageName {
    /// Every stage.
    pub const ALL: [Self; 6] =
        [Self::Unrequested, Self::Received, Self::Referred, Self::Refused, Self::Granted, Self::CarriedOut];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unrequested => "UNREQUESTED",
            Self::Received => "RECEIVED",
            Self::Referred => "REFERRED",
            Self::Refused => "REFUSED",
            Self::Granted => "GRANTED",
            Self::CarriedOut => "CARRIED_OUT",
        }
    }

    /// Whether nothing follows.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Refused | Self::CarriedOut => true,
            Self::Unrequested | Self::Received | Self::Referred | Self::Granted => false,
        }
    }
}
