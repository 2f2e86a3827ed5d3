//! Three-valued truth.

/// Whether something holds for every request that agrees with the known facts, for none, or for some.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds, whatever the unknown facts are.
    Always,
    /// It does not hold, whatever the unknown facts are.
    Never,
    /// The known facts don't decide it.
    Depends,
}

impl Truth {
    /// Both hold.
    pub(crate) fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::Never, _) | (_, Truth::Never) => Truth::Never,
            (Truth::Always, Truth::Always) => Truth::Always,
            _ => Truth::Depends,
        }
    }

    /// At least one holds.
    pub(crate) fn or(self, other: Truth) -> Truth {
        self.negate().and(other.negate()).negate()
    }

    /// It does not hold.
    pub(crate) fn negate(self) -> Truth {
        match self {
            Truth::Always => Truth::Never,
            Truth::Never => Truth::Always,
            Truth::Depends => Truth::Depends,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::Always } else { Truth::Never }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{Always, Depends, Never};

    #[test]
    fn unknowns_spread_only_where_they_matter() {
        assert_eq!(Never.and(Depends), Never);
        assert_eq!(Always.and(Depends), Depends);
        assert_eq!(Always.or(Depends), Always);
        assert_eq!(Never.or(Depends), Depends);
        assert_eq!(Depends.negate(), Depends);
    }
}
