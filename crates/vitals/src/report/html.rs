//! What the HTML page shows beside the report itself: pictures, and the parts that make it one file.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use minijinja::{Value, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::report::model::{ControlEvidence, Evidence, Point, Report, Status};

const STYLE: &str = include_str!("templates/report.css");
const SCRIPT: &str = include_str!("templates/report.js");

/// Services that have a bar of their own.
const SERVICES: usize = 12;

const SEVERITIES: [&str; 4] = ["critical", "high", "medium", "low"];

const STATUSES: [Status; 7] = [
    Status::Noncompliant,
    Status::Excepted,
    Status::Compliant,
    Status::NoResources,
    Status::NotJudged,
    Status::InferredOnly,
    Status::NoRule,
];

/// The style, the script, and a policy that lets the page do nothing else: names in it were chosen by strangers.
pub(super) fn parts() -> Value {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
        format!("default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'", hash(STYLE), hash(SCRIPT))
    });
    context! { style => Value::from_safe_string(STYLE.to_owned()), script => Value::from_safe_string(SCRIPT.to_owned()), policy => *POLICY }
}

/// The pictures at the top, in numbers: a bar is 1000 wide.
#[derive(Serialize)]
pub(super) struct Pictures<'a> {
    coverage: Vec<Coverage<'a>>,
    services: Vec<Bar>,
    /// Noncompliances of services that have no bar.
    other_services: usize,
    /// Open noncompliances by severity, the worst first.
    severities: Vec<Part>,
    open: usize,
    excepted: usize,
    /// Resources with an open noncompliance.
    resources: usize,
    trends: Vec<Trend>,
}

/// The controls of a framework, each as a square.
#[derive(Serialize)]
struct Coverage<'a> {
    families: Vec<Family<'a>>,
    parts: Vec<Part>,
}

/// The controls whose ids begin alike.
#[derive(Serialize)]
struct Family<'a> {
    name: &'static str,
    controls: &'a [ControlEvidence],
}

#[derive(Serialize)]
struct Bar {
    name: &'static str,
    count: usize,
    parts: Vec<Part>,
}

/// A part of a bar.
#[derive(Serialize)]
struct Part {
    /// A status or a severity.
    kind: Value,
    count: usize,
    x: usize,
    width: usize,
}

/// A line through time, in a box of 1000 by 100.
#[derive(Serialize)]
struct Trend {
    name: &'static str,
    line: String,
    most: i64,
    first: Point,
    last: Point,
}

impl<'a> Pictures<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        let mut services: BTreeMap<&'static str, [usize; 4]> = BTreeMap::new();
        let mut severities = [0; 4];
        let mut resources = HashSet::new();
        let mut excepted = 0;
        for rule in &report.rules {
            let severity = SEVERITIES.iter().position(|severity| *severity == rule.severity).unwrap_or_default();
            for finding in &rule.findings {
                if finding.exception.is_some() {
                    excepted += 1;
                    continue;
                }
                services.entry(rule.service).or_default()[severity] += 1;
                severities[severity] += 1;
                resources.insert((&finding.account_id, &finding.region, &finding.resource_type, &finding.resource_id));
            }
        }
        // The worst first: by how many are critical, then high, and so on.
        let mut services: Vec<_> = services.into_iter().collect();
        services.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let others = services.split_off(services.len().min(SERVICES));
        let total = |counts: &[usize; 4]| counts.iter().sum::<usize>();
        let most = services.iter().map(|(_, counts)| total(counts)).max().unwrap_or_default();
        let of_severities = |counts: &[usize; 4], whole| {
            parts_of(SEVERITIES.into_iter().map(Value::from).zip(counts.iter().copied()), whole)
        };
        Self {
            coverage: report.frameworks.iter().map(coverage).collect(),
            services: services
                .iter()
                .map(|(name, counts)| Bar { name, count: total(counts), parts: of_severities(counts, most) })
                .collect(),
            other_services: others.iter().map(|(_, counts)| total(counts)).sum(),
            severities: of_severities(&severities, total(&severities)),
            open: total(&severities),
            excepted,
            resources: resources.len(),
            trends: report.frameworks.iter().filter_map(trend).collect(),
        }
    }
}

fn coverage(framework: &Evidence) -> Coverage<'_> {
    let counted = STATUSES
        .into_iter()
        .map(|status| (Value::from_serialize(status), framework.statuses.get(&status).copied().unwrap_or_default()));
    let families = framework.controls.chunk_by(|a, b| family(a.id) == family(b.id));
    Coverage {
        families: families.map(|controls| Family { name: family(controls[0].id), controls }).collect(),
        parts: parts_of(counted, framework.controls.len()),
    }
}

/// How the ids of related controls begin: `164.312(a)(1)`, `AC-2(1)`, `ID.AM-1`, `10.2.1` → `164.312`, `AC`, `ID`, `10`.
fn family(id: &str) -> &str {
    let end = match id.find('(') {
        Some(end) if id.starts_with(|c: char| c.is_ascii_digit()) => Some(end),
        _ => id.find(['.', '-']),
    };
    end.map_or(id, |end| &id[..end])
}

/// The parts of a bar, each from where the one before ends, so that rounding leaves no gap.
fn parts_of(counted: impl Iterator<Item = (Value, usize)>, whole: usize) -> Vec<Part> {
    let at = |count: usize| (count * 1000).checked_div(whole).unwrap_or_default();
    let mut before = 0;
    counted
        .map(|(kind, count)| {
            let x = at(before);
            before += count;
            Part { kind, count, x, width: at(before) - x }
        })
        .collect()
}

/// A stair: a count holds until the next.
fn trend(framework: &Evidence) -> Option<Trend> {
    let points = framework.trend.as_deref()?;
    let (first, last) = (*points.first()?, *points.last()?);
    let most = points.iter().map(|point| point.findings).max()?;
    let steps = i64::try_from(points.len().saturating_sub(1)).ok()?.max(1);
    let place = |number: i64, point: &Point| (number * 1000 / steps, 100 - point.findings * 100 / most.max(1));
    let mut line = String::new();
    for (number, point) in (0..).zip(points) {
        let (x, y) = place(number, point);
        let step = if number == 0 { write!(line, "M{x} {y}") } else { write!(line, "H{x}V{y}") };
        step.expect("a string takes any text");
    }
    Some(Trend { name: framework.name, line, most, first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_have_families() {
        let families = ["164.312(a)(1)", "AC-2(1)", "ID.AM-1", "10.2.1", "A3.3.1", "1.4"].map(family);
        assert_eq!(families, ["164.312", "AC", "ID", "10", "A3", "1"]);
    }

    #[test]
    fn the_parts_of_a_bar_fill_it() {
        let parts = parts_of([1, 0, 1, 1].into_iter().map(|count| (Value::from("x"), count)), 3);
        let places: Vec<_> = parts.iter().map(|part| (part.x, part.width)).collect();
        assert_eq!(places, [(0, 333), (333, 0), (333, 333), (666, 334)]);
        assert!(parts_of([(Value::from("x"), 0)].into_iter(), 0).iter().all(|part| part.width == 0));
    }
}
