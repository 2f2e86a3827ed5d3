//! The second reading: judging, counting, and keeping what is noncompliant.

use std::collections::HashMap;
use std::rc::Rc;

use anyhow::Result;
use config_rule::Compliance;
use exceptions::Exception;
use frameworks::Framework;
use serde::Serialize;

use crate::check::{Unreadable, each_batch};
use crate::judge;
use crate::report::applied::{Bench, Head, Judged, Told};
use crate::report::chronicle::{Changes, Chronicle, Course, Said};
use crate::scope::Scope;
use crate::stream::{Batch, Keys, Limits, Newest, Source, say};

/// Most problems that a report repeats.
const PROBLEMS: usize = 100;

/// How many resources stand how. Scripts rely on these names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tally {
    pub(super) compliant: u64,
    /// Noncompliant, and not all of it accepted.
    pub(super) non_compliant: u64,
    /// Noncompliant, and all of it accepted by exceptions in force.
    pub(super) excepted: u64,
    pub(super) not_applicable: u64,
}

/// How a resource stands to what several rules ask; the worst counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    NotApplicable,
    Compliant,
    Excepted,
    NonCompliant,
}

/// What a rule found on one resource.
pub(super) struct Finding<'e> {
    pub(super) resource: Rc<Head>,
    pub(super) reason: String,
    pub(super) course: Option<Course>,
    pub(super) exception: Option<&'e Exception>,
    key: (u64, u64),
}

/// What was found.
pub(super) struct Gathered<'e> {
    /// The findings of each rule, by its place in [`Bench::applied`].
    pub(super) findings: Vec<Vec<Finding<'e>>>,
    /// The verdicts of each rule.
    pub(super) by_rule: Vec<Tally>,
    /// How resources stand to each control, by published mappings and by inferred ones: framework → control.
    pub(super) controls: Vec<Vec<[Tally; 2]>>,
    /// How resources stand to each framework.
    pub(super) frameworks: Vec<[Tally; 2]>,
    pub(super) changes: Changes,
    /// How many items are the newest of their resource and in scope.
    pub(super) resources: u64,
    pub(super) problems: Problems,
    pub(super) complete: bool,
}

/// What could not be judged. Scripts rely on these names.
#[derive(Default, Serialize)]
pub(super) struct Problems {
    pub(super) count: u64,
    pub(super) first: Vec<String>,
}

/// What is judged.
pub(super) struct Estate<'a> {
    pub(super) sources: &'a [Source],
    pub(super) scope: &'a Scope<'a>,
    pub(super) until: Option<i64>,
    pub(super) keys: &'a Keys,
    pub(super) newest: Newest,
}

/// Judges every state of every resource; the newest is what counts, and the others say since when.
pub(super) fn gather<'e>(estate: Estate<'_>, bench: &Bench<'e>, frameworks: &[&Framework]) -> Result<Gathered<'e>> {
    let Estate { sources, scope, until, keys, newest } = estate;
    let mut counting = Counting::new(bench, frameworks);
    let mut chronicle = Chronicle::new()?;
    let mut newest = newest.numbers().peekable();
    let mut number = 0;
    let mut resources = 0;
    let mut problems = Problems::default();
    let work = |_: &Source, batch: &Batch| {
        let look = |text| {
            let item = judge::read(text).map_err(|problem| vec![problem])?;
            let key = keys.of(&item);
            let covered = scope.covers(item.resource_type(), item.account_id(), item.region()) && key.counts(until);
            Ok::<_, Vec<String>>(covered.then(|| (key, bench.item(&item))))
        };
        batch.items().map(|(text, offset)| (look(text), offset)).collect::<Vec<_>>()
    };
    let read_all = each_batch(
        sources,
        Limits::default(),
        work,
        |source, batch| {
            for (looked, offset) in batch {
                let is_newest = newest.next_if_eq(&number).is_some();
                number += 1;
                let judged = match looked {
                    Ok(None) => continue,
                    Ok(Some(judged)) => Ok(judged),
                    Err(unread) => Err(unread),
                };
                let (unjudged, judged) = match judged {
                    Ok((key, mut judged)) => (std::mem::take(&mut judged.problems), Some((key, judged))),
                    Err(unread) => (unread, None),
                };
                if is_newest {
                    for problem in unjudged {
                        problems.add(format!("{}, the item at byte {offset}: {problem}", source.name()));
                    }
                }
                let Some((key, judged)) = judged else { continue };
                if let Some(captured) = key.captured() {
                    for told in &judged.verdicts {
                        chronicle.add(Said {
                            resource: key.resource(),
                            applied: u32::try_from(told.applied)?,
                            captured,
                            number: number - 1,
                            noncompliant: told.compliance == Compliance::NonCompliant,
                        })?;
                    }
                }
                if is_newest {
                    resources += 1;
                    counting.resource(key.resource(), judged);
                }
            }
            Ok(())
        },
        Unreadable::Tell,
    )?;
    let mut courses = HashMap::new();
    let changes = chronicle.read(|resource, applied, course| {
        courses.insert((resource, applied), course);
    })?;
    let complete = read_all && problems.count == 0;
    Ok(counting.finish(&courses, changes, resources, problems, complete))
}

impl Problems {
    fn add(&mut self, problem: String) {
        say(format_args!("error: {problem}"));
        self.count += 1;
        if self.first.len() < PROBLEMS {
            self.first.push(problem);
        }
    }
}

/// Counts as resources come in.
struct Counting<'e> {
    findings: Vec<Vec<Finding<'e>>>,
    by_rule: Vec<Tally>,
    /// All that a resource can stand to: each framework and each of its controls, by either kind of mapping.
    slots: Vec<Tally>,
    /// Of each rule, where in the list above its frameworks and controls stand.
    slots_of: Vec<Vec<usize>>,
    /// How the resource at hand stands, and to what.
    standings: Vec<Option<Standing>>,
    touched: Vec<usize>,
    /// The controls of each framework.
    shape: Vec<usize>,
}

impl<'e> Counting<'e> {
    fn new(bench: &Bench<'e>, frameworks: &[&Framework]) -> Self {
        let mut slots_of: Vec<Vec<usize>> = bench.applied.iter().map(|_| Vec::new()).collect();
        let mut slots = 0;
        for (place, framework) in frameworks.iter().enumerate() {
            // The framework first, then its controls, each with a slot for either kind of mapping.
            for (applied, slots_of) in bench.applied.iter().zip(&mut slots_of) {
                if !applied.frameworks.contains(&place) {
                    continue;
                }
                let id = applied.entry.metadata.id;
                for (number, control) in framework.controls.iter().enumerate() {
                    for (kind, rules) in [&control.rules, &control.inferred].into_iter().enumerate() {
                        if rules.iter().any(|rule| rule == id) {
                            slots_of.extend([slots + kind, slots + 2 * (number + 1) + kind]);
                        }
                    }
                }
                slots_of.sort_unstable();
                slots_of.dedup();
            }
            slots += 2 * (framework.controls.len() + 1);
        }
        Self {
            findings: bench.applied.iter().map(|_| Vec::new()).collect(),
            by_rule: vec![Tally::default(); bench.applied.len()],
            slots: vec![Tally::default(); slots],
            slots_of,
            standings: vec![None; slots],
            touched: Vec::new(),
            shape: frameworks.iter().map(|framework| framework.controls.len()).collect(),
        }
    }

    fn resource(&mut self, key: (u64, u64), judged: Judged<'e>) {
        let Some(item) = judged.item else { return };
        let item = Rc::new(item);
        for Told { applied, compliance, reason, exception } in judged.verdicts {
            let standing = match compliance {
                Compliance::Compliant => Standing::Compliant,
                Compliance::NonCompliant if exception.is_some() => Standing::Excepted,
                Compliance::NonCompliant => Standing::NonCompliant,
                Compliance::NotApplicable => Standing::NotApplicable,
            };
            self.by_rule[applied].count(standing);
            for slot in &self.slots_of[applied] {
                if self.standings[*slot].is_none() {
                    self.touched.push(*slot);
                }
                self.standings[*slot] = self.standings[*slot].max(Some(standing));
            }
            if compliance == Compliance::NonCompliant {
                let reason = reason.unwrap_or_else(|| "no reason given".to_owned());
                self.findings[applied].push(Finding {
                    resource: Rc::clone(&item),
                    reason,
                    course: None,
                    exception,
                    key,
                });
            }
        }
        for slot in self.touched.drain(..) {
            if let Some(standing) = self.standings[slot].take() {
                self.slots[slot].count(standing);
            }
        }
    }

    fn finish(
        self,
        courses: &HashMap<((u64, u64), u32), Course>,
        changes: Changes,
        resources: u64,
        problems: Problems,
        complete: bool,
    ) -> Gathered<'e> {
        let mut findings = self.findings;
        for (findings, applied) in findings.iter_mut().zip(0..) {
            for finding in findings.iter_mut() {
                finding.course = courses.get(&(finding.key, applied)).copied();
            }
            findings.sort_by(|a, b| a.resource.place().cmp(&b.resource.place()));
        }
        let mut slots = self.slots.chunks_exact(2).map(|both| [both[0], both[1]]);
        let mut frameworks = Vec::new();
        let mut controls = Vec::new();
        for count in self.shape {
            frameworks.extend(slots.next());
            controls.push(slots.by_ref().take(count).collect());
        }
        Gathered { findings, by_rule: self.by_rule, controls, frameworks, changes, resources, problems, complete }
    }
}

impl Tally {
    fn count(&mut self, standing: Standing) {
        match standing {
            Standing::Compliant => self.compliant += 1,
            Standing::Excepted => self.excepted += 1,
            Standing::NonCompliant => self.non_compliant += 1,
            Standing::NotApplicable => self.not_applicable += 1,
        }
    }
}

impl Head {
    /// What findings are sorted by.
    fn place(&self) -> impl Ord {
        (&self.account_id, &self.region, &self.resource_type, &self.resource_id)
    }
}
