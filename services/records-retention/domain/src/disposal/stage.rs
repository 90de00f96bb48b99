//! Where a disposal stands.

/// Where a disposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageName {
    /// Nobody proposed it.
    Unproposed,
    /// Waits for another person.
    Proposed,
    /// Approved, open to a veto.
    Approved,
    /// The holders are told.
    Ordered,
    /// Stands still.
    Halted,
    /// Done.
    Certified,
    /// Came to nothing.
    Void,
}

impl StageName {
    /// Every stage, in order.
    pub const ALL: [Self; 7] = [
        Self::Unproposed,
        Self::Proposed,
        Self::Approved,
        Self::Ordered,
        Self::Halted,
        Self::Certified,
        Self::Void,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unproposed => "UNPROPOSED",
            Self::Proposed => "PROPOSED",
            Self::Approved => "APPROVED",
            Self::Ordered => "ORDERED",
            Self::Halted => "HALTED",
            Self::Certified => "CERTIFIED",
            Self::Void => "VOID",
        }
    }

    /// Whether nothing follows it.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Certified | Self::Void => true,
            Self::Unproposed | Self::Proposed | Self::Approved | Self::Ordered | Self::Halted => false,
        }
    }
}
