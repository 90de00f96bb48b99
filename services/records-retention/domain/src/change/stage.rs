//! Where a change stands, by name.

/// Where a change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageName {
    /// Nobody asked for it.
    Unproposed,
    /// Waits for another person.
    Proposed,
    /// Approved; it cools.
    Approved,
    /// It holds.
    Applied,
    /// It came to nothing.
    Void,
}

impl StageName {
    /// Every stage, in order.
    pub const ALL: [Self; 5] = [Self::Unproposed, Self::Proposed, Self::Approved, Self::Applied, Self::Void];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unproposed => "UNPROPOSED",
            Self::Proposed => "PROPOSED",
            Self::Approved => "APPROVED",
            Self::Applied => "APPLIED",
            Self::Void => "VOID",
        }
    }

    /// Whether nothing follows it.
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Applied | Self::Void => true,
            Self::Unproposed | Self::Proposed | Self::Approved => false,
        }
    }
}
