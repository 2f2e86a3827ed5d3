//! `--account`, `--region` and `--resource-type`: which items are judged.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use crate::cli::FilterArgs;

/// Which items are judged.
pub(crate) struct Scope<'a> {
    accounts: &'a [String],
    regions: &'a [String],
    resource_types: &'a [String],
}

/// The accounts and regions that there are.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) accounts: BTreeSet<String>,
    pub(crate) regions: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    pub(crate) fn of(args: &'a FilterArgs) -> Self {
        Self { accounts: &args.account, regions: &args.region, resource_types: &args.resource_type }
    }

    /// Items of all types in these places.
    pub(crate) fn places(accounts: &'a [String], regions: &'a [String]) -> Self {
        Self { accounts, regions, resource_types: &[] }
    }

    /// Whether a resource of this type and place is judged.
    pub(crate) fn covers(&self, resource_type: &str, account: Option<&str>, region: Option<&str>) -> bool {
        names(self.accounts, account) && names(self.regions, region) && names(self.resource_types, Some(resource_type))
    }

    /// Fails for an account or region that was asked for and isn't there: it is more likely a mistake than an empty one.
    pub(crate) fn check(&self, seen: &Seen) -> Result<()> {
        for (option, wanted, there) in
            [("--account", self.accounts, &seen.accounts), ("--region", self.regions, &seen.regions)]
        {
            let Some(missing) = wanted.iter().find(|name| !there.contains(*name)) else { continue };
            if there.is_empty() {
                bail!("{option} {missing}: there is no item with one");
            }
            let there: Vec<_> = there.iter().map(String::as_str).collect();
            bail!("{option} {missing}: no item is there; there are {}", there.join(", "));
        }
        Ok(())
    }
}

fn names(wanted: &[String], name: Option<&str>) -> bool {
    wanted.is_empty() || name.is_some_and(|name| wanted.iter().any(|wanted| wanted == name))
}

impl Seen {
    /// Notes where an item is, judged or not.
    pub(crate) fn note(&mut self, account: Option<&str>, region: Option<&str>) {
        for (there, name) in [(&mut self.accounts, account), (&mut self.regions, region)] {
            if let Some(name) = name.filter(|name| !there.contains(*name)) {
                there.insert(name.to_owned());
            }
        }
    }

    /// Adds what was noted elsewhere.
    pub(crate) fn add(&mut self, other: Self) {
        self.accounts.extend(other.accounts);
        self.regions.extend(other.regions);
    }
}
