//! The report as it is: what JSON writes, and what the other formats show.

use std::collections::BTreeMap;

use config_rule::Kind as RuleKind;
use exceptions::{Effect, Exception, Exceptions};
use frameworks::{Control, Framework, Obligation};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::report::applied::{Applied, Bench};
use crate::report::gather::{self, Gathered, Problems, Tally};
use crate::report::input::Input;

/// Evidence for frameworks, from an estate. Scripts rely on these names, as on those of all that it holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    /// Always `vitals`, and the first thing in the file.
    pub(super) report: &'static str,
    /// The version of the command line, which is that of the rules.
    pub(super) version: &'static str,
    /// The time that was judged as of.
    pub(super) as_of: Timestamp,
    /// Where that time comes from.
    pub(super) as_of_is: AsOf,
    /// States captured later don't count.
    pub(super) at: Option<Timestamp>,
    /// Whether all could be judged.
    pub(super) complete: bool,
    pub(super) problems: Problems,
    pub(super) inputs: Vec<Input>,
    pub(super) estate: Estate,
    /// The exceptions from the report's rules, whether they act on anything or not.
    pub(super) exceptions: Vec<Accepted>,
    pub(super) frameworks: Vec<Evidence>,
    /// Every rule that judged, the worst first; twice where frameworks give it different parameters.
    pub(super) rules: Vec<Rule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sign_off: Option<SignOff>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AsOf {
    Given,
    At,
    NewestCapture,
}

/// What was judged.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Estate {
    pub(super) accounts: Vec<String>,
    pub(super) regions: Vec<String>,
    pub(super) resources: u64,
    pub(super) captured_from: Option<Timestamp>,
    pub(super) captured_to: Option<Timestamp>,
    /// The accounts and regions that were asked for; empty where all were.
    pub(super) only_accounts: Vec<String>,
    pub(super) only_regions: Vec<String>,
}

/// What there is to say of one framework.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Evidence {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) edition: &'static str,
    pub(super) superseded_by: Option<&'static str>,
    /// Where the published mappings come from.
    pub(super) source: &'static str,
    /// Whether all of its controls are listed.
    pub(super) whole: bool,
    /// How many controls have which status.
    pub(super) statuses: BTreeMap<Status, usize>,
    pub(super) resources: Tally,
    pub(super) inferred_resources: Tally,
    /// The noncompliances that rules of published mappings found.
    pub(super) findings: Findings,
    /// Those of rules that only inferred mappings name.
    pub(super) inferred_findings: Findings,
    /// The number of findings through time; absent where no resource changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trend: Option<Vec<Point>>,
    pub(super) controls: Vec<ControlEvidence>,
}

/// How many noncompliances there are. Scripts rely on these names.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Findings {
    pub(super) open: usize,
    pub(super) excepted: usize,
}

/// How many noncompliances there were at a time, accepted ones among them.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Point {
    pub(super) time: Timestamp,
    pub(super) findings: i64,
}

/// What a control's rules say of it, taken together. The order is that of concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    /// Some resource is noncompliant.
    Noncompliant,
    /// Some resource is noncompliant, and exceptions accept all of it.
    Excepted,
    /// Some resource is compliant, and none noncompliant.
    Compliant,
    /// No resource is of a kind that its rules judge.
    NoResources,
    /// It has rules, but none that can judge files.
    NotJudged,
    /// Only inferred mappings name rules for it.
    InferredOnly,
    /// No rule evidences it.
    NoRule,
}

/// The evidence for one control.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ControlEvidence {
    pub(super) id: &'static str,
    pub(super) reference: String,
    pub(super) title: &'static str,
    pub(super) obligation: Option<Obligation>,
    pub(super) level: Option<u8>,
    /// By published mappings alone.
    pub(super) status: Status,
    pub(super) resources: Tally,
    pub(super) inferred_resources: Tally,
    pub(super) rules: Vec<RuleEvidence>,
}

/// What one rule says of a control.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleEvidence {
    pub(super) rule: &'static str,
    pub(super) mapping: Mapping,
    pub(super) state: State,
    pub(super) resources: Tally,
    /// Its place in the report's list of rules, where it judged.
    pub(super) place: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mapping {
    Published,
    Inferred,
}

/// Whether a rule judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum State {
    Judged,
    /// It asks AWS for what is in no file of items.
    AsksAws,
    /// The framework names it, and it is not built yet.
    NotBuilt,
}

/// A rule and what it found.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) service: &'static str,
    pub(super) severity: &'static str,
    /// How a noncompliant resource is mended.
    pub(super) fix: &'static str,
    /// The values that it judged by.
    pub(super) parameters: BTreeMap<String, String>,
    /// Framework → the controls that it evidences.
    pub(super) controls: BTreeMap<&'static str, Vec<&'static str>>,
    /// Framework → the controls that it is inferred to evidence.
    pub(super) inferred_controls: BTreeMap<&'static str, Vec<&'static str>>,
    pub(super) resources: Tally,
    pub(super) findings: Vec<Finding>,
}

/// One noncompliant resource.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
    pub(super) resource_type: String,
    pub(super) resource_id: String,
    pub(super) resource_name: Option<String>,
    pub(super) arn: Option<String>,
    pub(super) account_id: Option<String>,
    pub(super) region: Option<String>,
    pub(super) reason: String,
    /// When the oldest state was captured from which on it is noncompliant.
    pub(super) since: Option<Timestamp>,
    /// Whether an older state was read, so that it became noncompliant then. Where not, it may have been before.
    pub(super) since_is_known: bool,
    /// How often it became noncompliant.
    pub(super) times: u32,
    /// The exception that accepts it.
    pub(super) exception: Option<Exempt>,
}

/// Who accepted a noncompliance, and until when.
#[derive(Clone, Serialize)]
pub(super) struct Exempt {
    pub(super) ticket: String,
    pub(super) owner: String,
    pub(super) reason: String,
    pub(super) expires: Date,
    /// Whether AWS Config is told `NON_COMPLIANT` all the same, or `COMPLIANT`.
    pub(super) effect: Effect,
}

/// An exception and what it does.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Accepted {
    pub(super) rule: String,
    pub(super) account: Option<String>,
    pub(super) resource: Option<String>,
    pub(super) starts: Option<Date>,
    #[serde(flatten)]
    pub(super) exempt: Exempt,
    pub(super) standing: Standing,
    /// How many noncompliances it accepts.
    pub(super) findings: usize,
}

/// Whether an exception is in force.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Standing {
    InForce,
    /// It is, and ends within 30 days.
    EndsSoon,
    NotYet,
    Over,
}

/// What a person fills in.
#[derive(Default, Serialize)]
pub(super) struct SignOff {
    pub(super) name: Option<String>,
    pub(super) date: Option<String>,
    pub(super) decision: Option<String>,
}

/// Orders the rules as the report does, the worst first: place in [`Bench::applied`] by place in the report.
pub(super) fn order(bench: &Bench<'_>) -> Vec<usize> {
    let mut order: Vec<_> = (0..bench.applied.len()).collect();
    // The sort is stable: among equals the order is that of the bench.
    order.sort_by_key(|place| {
        let metadata = bench.applied[*place].entry.metadata;
        (std::cmp::Reverse(metadata.severity), metadata.id)
    });
    order
}

/// The evidence for each framework.
pub(super) fn evidence(
    frameworks: &[&'static Framework],
    bench: &Bench<'_>,
    order: &[usize],
    gathered: &Gathered<'_>,
    end: Timestamp,
) -> Vec<Evidence> {
    frameworks
        .iter()
        .enumerate()
        .map(|(number, framework)| {
            let judged: BTreeMap<_, _> = order
                .iter()
                .enumerate()
                .filter(|(_, applied)| bench.applied[**applied].frameworks.contains(&number))
                .map(|(place, applied)| {
                    (bench.applied[*applied].entry.metadata.id, (place, gathered.by_rule[*applied]))
                })
                .collect();
            let controls: Vec<_> = framework
                .controls
                .iter()
                .zip(&gathered.controls[number])
                .map(|(control, tallies)| control_evidence(framework, control, *tallies, &judged))
                .collect();
            let mut statuses = BTreeMap::new();
            for control in &controls {
                *statuses.entry(control.status).or_default() += 1;
            }
            let published = |applied: &Applied| framework.controls_of(applied.entry.metadata.id).next().is_some();
            let count = |by_published: bool| {
                bench
                    .applied
                    .iter()
                    .zip(&gathered.findings)
                    .filter(|(applied, _)| applied.frameworks.contains(&number) && published(applied) == by_published)
                    .flat_map(|(_, findings)| findings)
                    .fold(Findings::default(), |counted, finding| match finding.exception {
                        None => Findings { open: counted.open + 1, ..counted },
                        Some(_) => Findings { excepted: counted.excepted + 1, ..counted },
                    })
            };
            let counts = |applied: u32| {
                let applied = &bench.applied[applied as usize];
                applied.frameworks.contains(&number) && published(applied)
            };
            Evidence {
                id: &framework.id,
                name: &framework.name,
                edition: &framework.edition,
                superseded_by: framework.superseded_by.as_deref(),
                source: &framework.source,
                whole: framework.whole,
                statuses,
                resources: gathered.frameworks[number][0],
                inferred_resources: gathered.frameworks[number][1],
                findings: count(true),
                inferred_findings: count(false),
                trend: gathered.changes.series(end.as_millisecond(), counts).map(|series| points(&series)),
                controls,
            }
        })
        .collect()
}

fn points(series: &[(i64, i64)]) -> Vec<Point> {
    let point = |(time, findings): &(i64, i64)| Some(Point { time: time_of(*time)?, findings: *findings });
    series.iter().filter_map(point).collect()
}

/// A time in milliseconds since 1970.
pub(super) fn time_of(milliseconds: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds).ok()
}

fn control_evidence(
    framework: &'static Framework,
    control: &'static Control,
    [resources, inferred_resources]: [Tally; 2],
    judged: &BTreeMap<&'static str, (usize, Tally)>,
) -> ControlEvidence {
    let of = |id: &'static String, mapping| {
        let known = judged.get(id.as_str());
        let state = match (known, rules::find(id)) {
            (Some(_), _) => State::Judged,
            (None, Some(entry)) => {
                debug_assert!(matches!(entry.kind, RuleKind::Facts { .. }), "{id} judges items and was left out");
                State::AsksAws
            }
            (None, None) => State::NotBuilt,
        };
        RuleEvidence {
            rule: id,
            mapping,
            state,
            resources: known.map(|(_, tally)| *tally).unwrap_or_default(),
            place: known.map(|(place, _)| *place),
        }
    };
    let published = control.rules.iter().map(|id| of(id, Mapping::Published));
    let inferred = control.inferred.iter().map(|id| of(id, Mapping::Inferred));
    let rules: Vec<_> = published.chain(inferred).collect();
    ControlEvidence {
        id: &control.id,
        reference: format!("{} {}", framework.cite, control.id),
        title: &control.title,
        obligation: control.obligation,
        level: control.level,
        status: status(&rules, resources),
        resources,
        inferred_resources,
        rules,
    }
}

fn status(rules: &[RuleEvidence], resources: Tally) -> Status {
    let mut published = rules.iter().filter(|rule| rule.mapping == Mapping::Published).peekable();
    if rules.is_empty() {
        Status::NoRule
    } else if published.peek().is_none() {
        Status::InferredOnly
    } else if !published.any(|rule| rule.state == State::Judged) {
        Status::NotJudged
    } else if resources.non_compliant > 0 {
        Status::Noncompliant
    } else if resources.excepted > 0 {
        Status::Excepted
    } else if resources.compliant > 0 {
        Status::Compliant
    } else {
        Status::NoResources
    }
}

/// What each rule found, in the report's order.
pub(super) fn rules(
    frameworks: &[&'static Framework],
    bench: Bench<'_>,
    order: &[usize],
    gathered: &mut Gathered<'_>,
) -> Vec<Rule> {
    let mut applied: Vec<_> = bench.applied.into_iter().map(Some).collect();
    order
        .iter()
        .map(|place| {
            let applied = applied[*place].take().expect("the order names each rule once");
            let metadata = applied.entry.metadata;
            let its_frameworks = || applied.frameworks.iter().map(|number| frameworks[*number]);
            let ids =
                |controls: Vec<&'static Control>| controls.into_iter().map(|control| control.id.as_str()).collect();
            Rule {
                id: metadata.id,
                title: metadata.title(),
                service: metadata.service(),
                severity: metadata.severity.as_str(),
                fix: metadata.remediation,
                controls: its_frameworks()
                    .map(|framework| (framework.id.as_str(), ids(framework.controls_of(metadata.id).collect())))
                    .filter(|(_, ids): &(_, Vec<_>)| !ids.is_empty())
                    .collect(),
                inferred_controls: its_frameworks()
                    .map(|framework| (framework.id.as_str(), ids(framework.inferred_of(metadata.id).collect())))
                    .filter(|(_, ids): &(_, Vec<_>)| !ids.is_empty())
                    .collect(),
                parameters: applied.parameters,
                resources: gathered.by_rule[*place],
                findings: std::mem::take(&mut gathered.findings[*place]).into_iter().map(finding).collect(),
            }
        })
        .collect()
}

fn finding(found: gather::Finding<'_>) -> Finding {
    let gather::Finding { resource, reason, course, exception, .. } = found;
    Finding {
        resource_type: resource.resource_type.clone(),
        resource_id: resource.resource_id.clone(),
        resource_name: resource.resource_name.clone(),
        arn: resource.arn.clone(),
        account_id: resource.account_id.clone(),
        region: resource.region.clone(),
        reason,
        since: course.and_then(|course| time_of(course.since)),
        since_is_known: course.is_some_and(|course| course.seen_before),
        times: course.map_or(1, |course| course.times),
        exception: exception.map(Exempt::of),
    }
}

impl Exempt {
    fn of(exception: &Exception) -> Self {
        Self {
            ticket: exception.ticket.clone(),
            owner: exception.owner.clone(),
            reason: exception.reason.clone(),
            expires: exception.expires,
            effect: exception.effect,
        }
    }
}

/// What each exception from the report's rules does.
pub(super) fn accepted(
    exceptions: &Exceptions,
    bench: &Bench<'_>,
    gathered: &Gathered<'_>,
    now: Timestamp,
) -> Vec<Accepted> {
    let of_interest =
        |exception: &&Exception| bench.applied.iter().any(|applied| applied.entry.metadata.id == exception.rule);
    let found = || gathered.findings.iter().flatten().filter_map(|finding| finding.exception);
    exceptions
        .iter()
        .filter(of_interest)
        .map(|exception| Accepted {
            rule: exception.rule.clone(),
            account: exception.account.clone(),
            resource: exception.resource.as_ref().map(ToString::to_string),
            starts: exception.starts,
            exempt: Exempt::of(exception),
            standing: if exception.is_over(now) {
                Standing::Over
            } else if !exception.is_in_force(now) {
                Standing::NotYet
            } else if exception.ends_soon(now) {
                Standing::EndsSoon
            } else {
                Standing::InForce
            },
            findings: found().filter(|one| std::ptr::eq(*one, exception)).count(),
        })
        .collect()
}
