//! The conformance packs: which rules each holds, and whether AWS or one of our functions judges them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use config_rule::{Entry, Home, Managed};
use frameworks::Framework;
use serde::Serialize;

use super::Files;
use super::managed::ManagedRules;
use crate::names::pascal;

/// What can be switched on: a framework's packs, or the pack of the rules that no other one holds.
pub(super) struct Offer {
    /// The framework's id; `None` for the rules that no other offer holds.
    framework: Option<&'static str>,
    /// The name of the file, and the beginning of the packs' names.
    pub(super) id: &'static str,
    /// The root template's parameter that switches it on.
    pub(super) parameter: &'static str,
    /// Whether it is on where the operator says nothing.
    pub(super) by_default: bool,
    /// The condition that holds where it is on.
    pub(super) condition: &'static str,
    /// Whether the rules are spread over packs by theme: one pack would pass the limits of AWS Config.
    by_theme: bool,
}

/// Every offer. PCI DSS 3.2.1 is retired and has none.
pub(super) const OFFERS: [Offer; 6] = [
    Offer {
        framework: Some("hipaa"),
        id: "hipaa",
        parameter: "HipaaPack",
        by_default: true,
        condition: "Hipaa",
        by_theme: true,
    },
    Offer {
        framework: Some("cis-v1.4"),
        id: "cis-v1-4",
        parameter: "CisPack",
        by_default: false,
        condition: "Cis",
        by_theme: false,
    },
    Offer {
        framework: Some("nist-csf"),
        id: "nist-csf",
        parameter: "NistCsfPack",
        by_default: false,
        condition: "NistCsf",
        by_theme: true,
    },
    Offer {
        framework: Some("nist-800-53-r5"),
        id: "nist-800-53-r5",
        parameter: "Nist80053Pack",
        by_default: false,
        condition: "Nist80053",
        by_theme: true,
    },
    Offer {
        framework: Some("pci-dss-4.0"),
        id: "pci-dss-4-0",
        parameter: "PciDssPack",
        by_default: false,
        condition: "PciDss",
        by_theme: true,
    },
    Offer {
        framework: None,
        id: "extra",
        parameter: "ExtraPack",
        by_default: true,
        condition: "Extra",
        by_theme: false,
    },
];

/// The themes by which a framework's rules are spread over packs. A rule stays in its pack whatever is added.
const THEMES: [(&str, &[&str]); 3] = [
    (
        "data",
        &[
            "backup",
            "dms",
            "dynamodb",
            "ebs",
            "efs",
            "elasticache",
            "elasticsearch",
            "emr",
            "kinesis",
            "kms",
            "opensearch",
            "rds",
            "redshift",
            "s3",
            "sagemaker",
            "secretsmanager",
            "sns",
            "sqs",
        ],
    ),
    (
        "workloads",
        &[
            "acm",
            "apigateway",
            "autoscaling",
            "cloudfront",
            "codebuild",
            "ec2",
            "ecs",
            "elasticbeanstalk",
            "elb",
            "lambda",
            "ssm",
            "vpc",
            "waf",
        ],
    ),
    (
        "governance",
        &[
            "account",
            "cloudformation",
            "cloudtrail",
            "cloudwatch",
            "config",
            "guardduty",
            "iam",
            "inspector",
            "macie",
            "organizations",
            "process",
            "securityhub",
            "trustedadvisor",
        ],
    ),
];

/// One rule within a pack.
struct Member {
    id: String,
    service: String,
    home: Home,
    /// Only the framework's second level asks for it.
    level_2: bool,
    /// AWS has an equivalent: ours judges only where the operator wants it to.
    equivalent: bool,
    /// How one of our functions judges it; `None` where the rule is not built.
    ours: Option<Rule>,
    /// How AWS judges it; `None` where it has no equivalent, or refuses it with the framework's parameters.
    aws: Option<Rule>,
}

/// A rule as it stands in a pack's text.
#[derive(Serialize)]
struct Rule {
    id: String,
    logical_id: String,
    name: String,
    parameters: BTreeMap<String, String>,
    /// The types whose changes invoke the rule; empty where only a schedule does.
    types: Vec<String>,
    /// The identifier of AWS's managed rule; `None` where our function judges.
    managed: Option<String>,
    /// How often a schedule invokes our function, where it does.
    frequency: Option<&'static str>,
}

/// A template with the packs of one offer.
#[derive(Serialize)]
pub(super) struct PackStack {
    pub(super) id: &'static str,
    pub(super) logical_id: String,
    pub(super) title: String,
    pub(super) parameter: &'static str,
    pub(super) by_default: bool,
    pub(super) condition: &'static str,
    /// Whether the framework has two levels, between which the operator chooses.
    pub(super) levels: bool,
    /// Whether some rule runs in the home region only.
    needs_home: bool,
    /// The conditions that the packs' rules need.
    conditions: BTreeSet<&'static str>,
    packs: Vec<Pack>,
    /// The services whose functions the packs may call.
    #[serde(skip)]
    pub(super) services: BTreeSet<String>,
    /// The rules that AWS judges, whatever the operator chooses.
    stays_managed: Vec<String>,
    /// Managed rules that AWS refuses with the framework's parameters.
    refused: Vec<String>,
    /// Those of them that are built.
    refused_but_ours: Vec<String>,
    /// Rules that neither AWS nor Vitals has.
    missing: Vec<String>,
}

#[derive(Serialize)]
struct Pack {
    logical_id: String,
    name: String,
    parts: Vec<Part>,
    /// How many rules there are at most.
    rules: usize,
    equivalent: usize,
    only_ours: usize,
    only_aws: usize,
}

/// The rules of a pack that stand under one condition, as text.
#[derive(Serialize)]
struct Part {
    condition: Option<&'static str>,
    /// Rules judged by the same whatever the operator chooses.
    fixed: Option<String>,
    /// Rules that AWS and we can judge, judged by us.
    ours: Option<String>,
    /// The same rules, judged by AWS.
    aws: Option<String>,
}

/// The offers' conditions under which a rule of ours is in a pack.
pub(super) fn conditions_of(entry: &Entry) -> Vec<&'static str> {
    let id = entry.metadata.id;
    OFFERS
        .iter()
        .filter(|offer| named(offer, id))
        .map(|offer| match framework(offer).and_then(|framework| framework.level_of(id)) {
            Some(2) => "CisLevel2",
            _ => offer.condition,
        })
        .collect()
}

/// Whether AWS has an equivalent of a rule.
pub(super) fn is_equivalent(entry: &Entry) -> bool {
    matches!(entry.metadata.managed, Managed::Equivalent(_))
}

fn framework(offer: &Offer) -> Option<&'static Framework> {
    offer.framework.and_then(frameworks::find)
}

/// Whether an offer holds a rule. Packs hold published mappings only; what is inferred is judgement.
fn named(offer: &Offer, id: &str) -> bool {
    match framework(offer) {
        Some(framework) => framework.controls_of(id).next().is_some(),
        None => OFFERS.iter().filter_map(framework).all(|framework| framework.controls_of(id).next().is_none()),
    }
}

/// Adds the templates of the packs and the page about them.
pub(super) fn make(files: &mut Files) -> Result<Vec<PackStack>> {
    let managed = ManagedRules::read()?;
    let stacks = OFFERS.iter().map(|offer| stack(offer, &managed)).collect::<Result<Vec<_>>>()?;
    let templates = super::templates();
    for stack in &stacks {
        let text = templates.render_str(include_str!("../../templates/packs.yaml.j2"), stack)?;
        files.insert(PathBuf::from(format!("deploy/packs/{}.yaml", stack.id)), text.into_bytes());
    }
    let page = minijinja::context! { packs => &stacks };
    let text = templates.render_str(include_str!("../../templates/packs.md.j2"), page)?;
    files.insert(PathBuf::from("docs/packs.md"), text.into_bytes());
    Ok(stacks)
}

fn stack(offer: &Offer, managed: &ManagedRules) -> Result<PackStack> {
    let (mut members, mut missing) = (Vec::new(), Vec::new());
    let (mut refused, mut refused_but_ours) = (Vec::new(), Vec::new());
    for id in ids(offer) {
        match member(offer, id, managed) {
            Some(member) => {
                if member.equivalent && member.aws.is_none() {
                    refused.push(id.to_owned());
                    refused_but_ours.push(id.to_owned());
                }
                members.push(member);
            }
            None if managed.find(id).is_some() => refused.push(id.to_owned()),
            None => missing.push(id.to_owned()),
        }
    }
    let levels = framework(offer).is_some_and(|framework| framework.controls.iter().any(|c| c.level.is_some()));
    let title = framework(offer).map_or_else(
        || "rules that no other pack holds".to_owned(),
        |framework| format!("{} {}", framework.name, framework.edition),
    );
    let services = members.iter().filter(|member| member.ours.is_some()).map(|member| member.service.clone()).collect();
    let stays_managed = members.iter().filter(|member| member.ours.is_none()).map(|member| member.id.clone()).collect();
    let packs = packs(offer, members)?;
    let conditions: BTreeSet<_> = packs.iter().flat_map(|pack| &pack.parts).filter_map(|part| part.condition).collect();
    Ok(PackStack {
        id: offer.id,
        logical_id: format!("{}Packs", offer.condition),
        title,
        parameter: offer.parameter,
        by_default: offer.by_default,
        condition: offer.condition,
        levels,
        needs_home: conditions.iter().any(|condition| condition.ends_with("HomeRegion")),
        conditions,
        packs,
        services,
        stays_managed,
        refused,
        refused_but_ours,
        missing,
    })
}

fn ids(offer: &Offer) -> BTreeSet<&'static str> {
    match framework(offer) {
        Some(framework) => framework.controls.iter().flat_map(|c| &c.rules).map(String::as_str).collect(),
        None => rules::all().map(|entry| entry.metadata.id).filter(|id| named(offer, id)).collect(),
    }
}

/// A rule as the offer's packs hold it; `None` where nobody can judge it there.
fn member(offer: &Offer, id: &str, managed: &ManagedRules) -> Option<Member> {
    let framework = framework(offer);
    let parameters = framework.and_then(|framework| framework.parameters.get(id)).cloned().unwrap_or_default();
    let level_2 = framework.and_then(|framework| framework.level_of(id)) == Some(2);
    if let Some(entry) = rules::find(id) {
        return Some(Member {
            id: id.to_owned(),
            service: entry.metadata.service().to_owned(),
            home: entry.metadata.home,
            level_2,
            equivalent: is_equivalent(entry),
            aws: equivalent(entry, &parameters, managed),
            ours: Some(ours(entry, parameters)),
        });
    }
    let rule = managed.find(id)?;
    rule.needs.iter().all(|name| parameters.contains_key(name)).then(|| Member {
        id: id.to_owned(),
        service: rule.service.clone(),
        home: rule.home(),
        level_2,
        equivalent: false,
        ours: None,
        aws: Some(Rule {
            id: id.to_owned(),
            logical_id: pascal(id),
            name: id.to_owned(),
            parameters: in_any_partition(parameters),
            types: rule.types.clone(),
            managed: Some(rule.identifier()),
            frequency: None,
        }),
    })
}

fn ours(entry: &Entry, parameters: BTreeMap<String, String>) -> Rule {
    let metadata = entry.metadata;
    let types = if metadata.trigger.on_change() { entry.resource_types } else { &[] };
    Rule {
        id: metadata.id.to_owned(),
        logical_id: pascal(metadata.id),
        name: metadata.rule_name().to_owned(),
        parameters: in_any_partition(parameters),
        types: types.iter().map(|&name| name.to_owned()).collect(),
        managed: None,
        frequency: metadata.trigger.frequency().map(config_rule::Frequency::as_str),
    }
}

/// AWS's equivalent of a rule, unless AWS refuses it with these parameters.
fn equivalent(entry: &Entry, given: &BTreeMap<String, String>, managed: &ManagedRules) -> Option<Rule> {
    let metadata = entry.metadata;
    let Managed::Equivalent(identifier) = metadata.managed else { return None };
    // AWS's defaults are not all ours: said aloud, both judge alike.
    let defaults = metadata.parameters.iter().filter_map(|spec| Some((spec.name.to_owned(), (spec.default)()?)));
    let own = managed.own.get(metadata.id).map_or(&[][..], Vec::as_slice);
    let parameters: BTreeMap<_, _> = defaults.chain(given.clone()).filter(|(name, _)| !own.contains(name)).collect();
    let mut needs = managed.needs.get(metadata.id).into_iter().flatten();
    let types = if managed.periodic.contains(metadata.id) { &[] } else { entry.resource_types };
    needs.all(|name| parameters.contains_key(name)).then(|| Rule {
        id: metadata.id.to_owned(),
        logical_id: pascal(metadata.id),
        name: metadata.id.to_owned(),
        parameters: in_any_partition(parameters),
        types: types.iter().map(|&name| name.to_owned()).collect(),
        managed: Some(identifier.to_owned()),
        frequency: None,
    })
}

/// Parameters with the ARNs of AWS's own resources as they are in any partition; the packs' texts go through `!Sub`.
fn in_any_partition(parameters: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let arn = |value: String| match value.strip_prefix("arn:aws:") {
        Some(rest) => format!("arn:${{AWS::Partition}}:{rest}"),
        None => value,
    };
    parameters.into_iter().map(|(name, value)| (name, arn(value))).collect()
}

fn packs(offer: &Offer, members: Vec<Member>) -> Result<Vec<Pack>> {
    let mut by_theme: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    for member in members {
        let theme = THEMES
            .iter()
            .position(|(_, services)| services.contains(&member.service.as_str()))
            .with_context(|| format!("{}: add its service, {}, to a theme in packs.rs", member.id, member.service))?;
        by_theme.entry(if offer.by_theme { theme } else { 0 }).or_default().push(member);
    }
    by_theme
        .into_iter()
        .map(|(theme, members)| {
            let (theme, _) = THEMES[theme];
            let (logical_id, name) = if offer.by_theme {
                (pascal(theme), format!("vitals-{}-{theme}", offer.id))
            } else {
                ("Rules".to_owned(), format!("vitals-{}", offer.id))
            };
            pack(logical_id, name, members)
        })
        .collect()
}

fn pack(logical_id: String, name: String, members: Vec<Member>) -> Result<Pack> {
    let rules = members.len();
    let equivalent = members.iter().filter(|member| member.equivalent).count();
    let only_aws = members.iter().filter(|member| member.ours.is_none()).count();
    let mut by_condition: BTreeMap<Option<&'static str>, Vec<Member>> = BTreeMap::new();
    for member in members {
        let condition = match (member.home, member.level_2) {
            (Home::Regional, false) => None,
            (Home::HomeRegion, false) => Some("IsHomeRegion"),
            (Home::UsEast1, false) => Some("IsUsEast1"),
            (Home::Regional, true) => Some("Level2"),
            (Home::HomeRegion, true) => Some("Level2InHomeRegion"),
            (Home::UsEast1, true) => Some("Level2InUsEast1"),
        };
        by_condition.entry(condition).or_default().push(member);
    }
    ensure!(by_condition.contains_key(&None), "{name} would be empty in some regions, which AWS Config refuses");
    let parts = by_condition.into_iter().map(|(condition, members)| part(condition, members)).collect::<Result<_>>()?;
    Ok(Pack { logical_id, name, parts, rules, equivalent, only_ours: rules - equivalent - only_aws, only_aws })
}

fn part(condition: Option<&'static str>, members: Vec<Member>) -> Result<Part> {
    let (either, fixed): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| member.equivalent);
    let fixed: Vec<_> = fixed.into_iter().filter_map(|member| member.ours.or(member.aws)).collect();
    let (ours, aws): (Vec<_>, Vec<_>) = either.into_iter().map(|member| (member.ours, member.aws)).unzip();
    let flat = |rules: Vec<Option<Rule>>| rules.into_iter().flatten().collect::<Vec<_>>();
    Ok(Part {
        condition,
        fixed: text("Whatever RuleEngine says", &fixed)?,
        ours: text("With RuleEngine=lambda", &flat(ours))?,
        aws: text("With RuleEngine=managed", &flat(aws))?,
    })
}

/// Rules as a part of a pack's own template; `None` where there are none.
fn text(title: &str, rules: &[Rule]) -> Result<Option<String>> {
    if rules.is_empty() {
        return Ok(None);
    }
    let context = minijinja::context! { title, rules };
    Ok(Some(super::templates().render_str(include_str!("../../templates/pack-rules.yaml.j2"), context)?))
}
