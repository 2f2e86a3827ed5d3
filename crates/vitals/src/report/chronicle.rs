//! Every verdict on every state of every resource: since when each noncompliance holds, and how many there were when.
//!
//! The states of a resource come from any file in any order, and there are many. They wait in temporary files, spread by
//! resource, and one file at a time is read back and put in order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};

use anyhow::{Context as _, Result};

/// So many files that one holds a small part of an estate.
const BUCKETS: u8 = 32;

/// The bytes of one verdict in a file.
const SIZE: usize = 37;

const HOUR: i64 = 3_600_000;

/// What a rule said of one state of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    /// A hash of the resource.
    pub(super) resource: (u64, u64),
    /// The rule.
    pub(super) applied: u32,
    /// When the state was captured, in milliseconds since 1970.
    pub(super) captured: i64,
    /// The number of the item in the input.
    pub(super) number: u64,
    pub(super) noncompliant: bool,
}

/// Since when a resource is noncompliant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Course {
    /// When the first noncompliant state was captured, in milliseconds since 1970.
    pub(super) since: i64,
    /// Whether a state before that one was seen.
    pub(super) seen_before: bool,
    /// How often it became noncompliant.
    pub(super) times: u32,
}

/// How the number of noncompliances changed.
#[derive(Default)]
pub(super) struct Changes {
    /// The first whole hour, since 1970, that a change precedes → rule → by how many.
    by_hour: BTreeMap<i64, BTreeMap<u32, i64>>,
    /// The oldest state that a later one took the place of.
    since: Option<i64>,
}

/// Takes verdicts in any order.
pub(super) struct Chronicle {
    buckets: Vec<BufWriter<File>>,
}

impl Chronicle {
    pub(super) fn new() -> Result<Self> {
        let bucket = || tempfile::tempfile().map(BufWriter::new).context("a temporary file can't be made");
        Ok(Self { buckets: (0..BUCKETS).map(|_| bucket()).collect::<Result<_>>()? })
    }

    pub(super) fn add(&mut self, said: Said) -> Result<()> {
        let bucket = &mut self.buckets[usize::from(said.resource.0.to_le_bytes()[0] % BUCKETS)];
        bucket.write_all(&said.to_bytes()).context("a temporary file can't be written")
    }

    /// Puts the verdicts in order. Of each noncompliance that holds at the end, says since when it does.
    pub(super) fn read(self, mut tell: impl FnMut((u64, u64), u32, Course)) -> Result<Changes> {
        let mut changes = Changes::default();
        for bucket in self.buckets {
            let mut said = read_back(bucket).context("a temporary file can't be read")?;
            said.sort_unstable();
            for pair in said.chunk_by(|a, b| (a.resource, a.applied) == (b.resource, b.applied)) {
                if let Some(course) = changes.follow(pair) {
                    tell(pair[0].resource, pair[0].applied, course);
                }
            }
        }
        Ok(changes)
    }
}

fn read_back(bucket: BufWriter<File>) -> std::io::Result<Vec<Said>> {
    let mut file = bucket.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes.as_chunks().0.iter().map(Said::from_bytes).collect())
}

impl Said {
    fn to_bytes(self) -> [u8; SIZE] {
        let mut bytes = [0; SIZE];
        bytes[..8].copy_from_slice(&self.resource.0.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.resource.1.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.applied.to_le_bytes());
        bytes[20..28].copy_from_slice(&self.captured.to_le_bytes());
        bytes[28..36].copy_from_slice(&self.number.to_le_bytes());
        bytes[36] = u8::from(self.noncompliant);
        bytes
    }

    fn from_bytes(bytes: &[u8; SIZE]) -> Self {
        fn part<const N: usize>(bytes: &[u8; SIZE], from: usize) -> [u8; N] {
            *bytes[from..].first_chunk().expect("the part is within")
        }
        Self {
            resource: (u64::from_le_bytes(part(bytes, 0)), u64::from_le_bytes(part(bytes, 8))),
            applied: u32::from_le_bytes(part(bytes, 16)),
            captured: i64::from_le_bytes(part(bytes, 20)),
            number: u64::from_le_bytes(part(bytes, 28)),
            noncompliant: bytes[36] == 1,
        }
    }
}

impl Changes {
    /// Follows one rule's verdicts on one resource through time. Says since when it is noncompliant, if it is at the end.
    fn follow(&mut self, pair: &[Said]) -> Option<Course> {
        let mut course: Option<Course> = None;
        let mut times = 0;
        let mut seen_before = false;
        // Several files hold the same state: of those captured at the same time, the last in the input counts.
        for same in pair.chunk_by(|a, b| a.captured == b.captured) {
            let state = same[same.len() - 1];
            match (course, state.noncompliant) {
                (None, true) => {
                    times += 1;
                    course = Some(Course { since: state.captured, seen_before, times });
                    self.change(state, 1);
                }
                (Some(_), false) => {
                    course = None;
                    self.change(state, -1);
                }
                (None, false) | (Some(_), true) => {}
            }
            seen_before = true;
        }
        let (first, last) = (pair[0].captured, pair[pair.len() - 1].captured);
        if first < last {
            self.since = Some(self.since.map_or(first, |since| since.min(first)));
        }
        course
    }

    fn change(&mut self, state: Said, by: i64) {
        let hour = state.captured.div_euclid(HOUR) + i64::from(state.captured.rem_euclid(HOUR) > 0);
        *self.by_hour.entry(hour).or_default().entry(state.applied).or_default() += by;
    }

    /// How many noncompliances of the chosen rules there were at points of time up to `end`, in milliseconds since 1970:
    /// at most 61, evenly spread, none before the oldest state that was replaced. `None` where no state was.
    pub(super) fn series(&self, end: i64, counts: impl Fn(u32) -> bool) -> Option<Vec<(i64, i64)>> {
        let end = end.div_euclid(HOUR) + i64::from(end.rem_euclid(HOUR) > 0);
        let start = self.since?.div_euclid(HOUR);
        // Hours, days, weeks: an axis that people can read.
        let step = [1, 6, 24, 7 * 24, 28 * 24].into_iter().find(|step| (end - start) / step < 60);
        let step = step.unwrap_or_else(|| (end - start) / 59);
        let points = (end - start) / step;
        let mut sum = 0;
        let mut changes = self.by_hour.iter().peekable();
        let at = (0..=points).map(|point| end - (points - point) * step);
        Some(
            at.map(|hour| {
                while let Some((_, by_rule)) = changes.next_if(|(change, _)| **change <= hour) {
                    sum += by_rule.iter().filter(|(applied, _)| counts(**applied)).map(|(_, by)| by).sum::<i64>();
                }
                (hour * HOUR, sum)
            })
            .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(resource: u64, hour: i64, number: u64, noncompliant: bool) -> Said {
        Said { resource: (resource, 0), applied: 7, captured: hour * HOUR, number, noncompliant }
    }

    fn read(said: &[Said]) -> (BTreeMap<u64, Course>, Changes) {
        let mut chronicle = Chronicle::new().expect("temporary files");
        for said in said {
            chronicle.add(*said).expect("a temporary file");
        }
        let mut courses = BTreeMap::new();
        let changes = chronicle.read(|resource, applied, course| {
            assert_eq!(applied, 7);
            courses.insert(resource.0, course);
        });
        (courses, changes.expect("temporary files"))
    }

    #[test]
    fn a_noncompliance_is_followed_through_states_in_any_order() {
        let (courses, changes) = read(&[
            said(1, 30, 0, true),
            said(1, 20, 1, false),
            said(1, 10, 2, true),
            said(1, 40, 3, true),
            said(2, 10, 4, true),
            said(3, 10, 5, true),
            said(3, 20, 6, false),
        ]);
        let expected = [
            (1, Course { since: 30 * HOUR, seen_before: true, times: 2 }),
            (2, Course { since: 10 * HOUR, seen_before: false, times: 1 }),
        ];
        assert_eq!(courses, BTreeMap::from(expected));
        let counts = |hour: i64| {
            let series = changes.series(40 * HOUR, |_| true).expect("states were replaced");
            series.into_iter().find(|(at, _)| *at == hour * HOUR).expect("a point").1
        };
        assert_eq!([10, 19, 20, 29, 30, 40].map(counts), [3, 3, 1, 1, 2, 2]);
        assert!(changes.series(40 * HOUR, |_| false).expect("points").iter().all(|(_, count)| *count == 0));
    }

    #[test]
    fn the_same_state_in_several_files_is_one_and_its_last_verdict_counts() {
        let (courses, changes) =
            read(&[said(1, 10, 0, true), said(1, 10, 5, true), said(2, 9, 1, true), said(2, 9, 2, false)]);
        assert_eq!(courses, BTreeMap::from([(1, Course { since: 10 * HOUR, seen_before: false, times: 1 })]));
        assert_eq!(changes.series(10 * HOUR, |_| true), None);
    }

    #[test]
    fn a_series_has_few_points_however_long_the_time() {
        for hours in [1, 59, 60, 1_000, 20_000, 1_000_000] {
            let (_, changes) = read(&[said(1, 0, 0, true), said(1, hours, 1, false)]);
            let series = changes.series(hours * HOUR, |_| true).expect("a state was replaced");
            assert!(series.len() <= 62, "{hours} hours: {}", series.len());
            assert_eq!(*series.last().expect("points"), (hours * HOUR, 0), "{hours} hours");
            assert!(series[..series.len() - 1].iter().any(|(_, count)| *count == 1), "{hours} hours");
        }
    }
}
