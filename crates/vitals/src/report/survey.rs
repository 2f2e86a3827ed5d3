//! The first reading: which state of each resource is its newest, and of what time and place the items are.

use anyhow::Result;

use crate::judge;
use crate::scope::{Scope, Seen};
use crate::stream::{Batch, Keys, Limits, Newest, Source, Step, for_each_batch};

/// What there is to judge.
pub(super) struct Survey {
    pub(super) newest: Newest,
    /// The accounts and regions of all items.
    pub(super) seen: Seen,
    /// Those of the items in scope.
    pub(super) in_scope: Seen,
    /// When the first and the last item in scope was captured, in milliseconds since 1970.
    pub(super) captured: Option<(i64, i64)>,
}

/// Looks at all items. States captured after `until` don't count.
pub(super) fn survey(sources: &[Source], scope: &Scope<'_>, until: Option<i64>, keys: &Keys) -> Result<Survey> {
    let mut survey =
        Survey { newest: Newest::new(until), seen: Seen::default(), in_scope: Seen::default(), captured: None };
    let work = |_: &Source, batch: &Batch| {
        let (mut seen, mut in_scope) = (Seen::default(), Seen::default());
        let read: Vec<_> = batch
            .items()
            .map(|(text, _)| {
                let item = judge::read(text).ok()?;
                let (account, region) = (item.account_id(), item.region());
                seen.note(account, region);
                let key = keys.of(&item);
                let covered = scope.covers(item.resource_type(), account, region) && key.counts(until);
                if covered {
                    in_scope.note(account, region);
                }
                Some((key, covered))
            })
            .collect();
        (read, seen, in_scope)
    };
    for_each_batch(sources, Limits::default(), work, |step| {
        // What can't be read is said when it is judged.
        let Step::Batch(_, (read, seen, in_scope)) = step else { return Ok(()) };
        survey.seen.add(seen);
        survey.in_scope.add(in_scope);
        for item in read {
            survey.newest.add(item.map(|(key, _)| key));
            if let Some(captured) = item.filter(|(_, covered)| *covered).and_then(|(key, _)| key.captured()) {
                let (from, to) = survey.captured.unwrap_or((captured, captured));
                survey.captured = Some((from.min(captured), to.max(captured)));
            }
        }
        Ok(())
    })?;
    Ok(survey)
}
