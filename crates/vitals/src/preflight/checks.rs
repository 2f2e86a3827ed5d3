//! The limits, each with what breaks it and what to do.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::Value;

use super::deployment::{Deployment, Pack, ROOT, Templates};
use super::{PackCount, Report, TemplateCount};

/// Most resources of a stack (CloudFormation).
const RESOURCES: usize = 500;
/// Most parameters of a template (CloudFormation).
const PARAMETERS: usize = 200;
/// Most rules of a conformance pack (AWS Config).
const RULES: usize = 130;
/// Most bytes of a conformance pack's text (AWS Config).
const BYTES: usize = 51_200;
/// Most characters of a rule's parameters (AWS Config).
const INPUT_PARAMETERS: usize = 1024;
/// Most characters of a function's name (Lambda).
const FUNCTION_NAME: usize = 64;
/// Most characters of a pack's name within an organisation, and of a rule's name (AWS Config).
const NAME: usize = 128;
/// What AWS Config appends to the name of a pack's rule: `-conformance-pack-` and nine characters.
const SUFFIX: usize = 27;
/// Most characters of a rule's name for `GetComplianceDetailsByConfigRule`, which rules on a schedule call.
const NAME_OF_SCHEDULED: usize = 64;

/// What AWS Config sends to a rule that changes invoke.
const CHANGES: [&str; 2] = ["ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification"];

const FUNCTION: &str = "AWS::Serverless::Function";

/// Checks the templates for every choice that the parameters of the root offer.
///
/// # Errors
///
/// Where a template can't be resolved.
pub fn check(templates: &Templates) -> Result<Report> {
    let mut report = Report::default();
    let mut functions = BTreeMap::new();
    for (path, template) in &templates.0 {
        check_template(path, template, &mut functions, &mut report);
    }
    for choice in choices(&templates.0[ROOT]) {
        let deployment = templates.deploy(&choice)?;
        for pack in &deployment.packs {
            check_pack(pack, &deployment, &mut report);
        }
    }
    Ok(report)
}

/// The names of all functions.
pub(super) fn function_names(templates: &Templates) -> BTreeSet<String> {
    let resources = templates.0.values().flat_map(|template| fields(&template["Resources"]));
    let functions = resources.filter(|(_, resource)| resource["Type"] == FUNCTION);
    functions.filter_map(|(_, function)| function["Properties"]["FunctionName"].as_str().map(str::to_owned)).collect()
}

/// What an operator can choose: each pack alone, all of them and none, with each engine, where all rules run, where
/// names are longest, and where global resources are not recorded.
fn choices(root: &Value) -> Vec<BTreeMap<String, String>> {
    let values = |name: &str| -> Vec<String> {
        let allowed = root["Parameters"][name]["AllowedValues"].as_array().into_iter().flatten();
        allowed.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let packs: Vec<_> =
        fields(&root["Parameters"]).map(|(name, _)| name).filter(|name| name.ends_with("Pack")).collect();
    let none: BTreeMap<_, _> = packs.iter().map(|&name| (name.to_owned(), "no".to_owned())).collect();
    let (mut all, mut sets) = (none.clone(), vec![none.clone()]);
    for &name in &packs {
        for value in values(name).into_iter().filter(|value| value != "no") {
            all.insert(name.to_owned(), value.clone());
            let mut alone = none.clone();
            alone.insert(name.to_owned(), value);
            sets.push(alone);
        }
    }
    sets.push(all);

    let mut engines = values("RuleEngine");
    if engines.is_empty() {
        engines.push(String::new());
    }
    let places = [
        ("aws", "us-east-1", "us-east-1"),
        ("aws-us-gov", "us-gov-west-1", "us-gov-west-1"),
        ("aws", "ap-southeast-2", "us-east-1"),
    ];
    let mut choices = Vec::new();
    for set in &sets {
        for engine in &engines {
            for (partition, region, home) in places {
                let fixed = [
                    ("RuleEngine", engine.as_str()),
                    ("HomeRegion", home),
                    ("AWS::Partition", partition),
                    ("AWS::Region", region),
                    ("AWS::AccountId", "123456789012"),
                ];
                let fixed = fixed.map(|(name, value)| (name.to_owned(), value.to_owned()));
                choices.push(set.clone().into_iter().chain(fixed).collect());
            }
        }
    }
    choices
}

fn check_template<'a>(
    path: &'a str,
    template: &'a Value,
    functions: &mut BTreeMap<&'a str, &'a str>,
    report: &mut Report,
) {
    let resources: Vec<_> = fields(&template["Resources"]).collect();
    let mut count = TemplateCount { resources: resources.len(), parameters: fields(&template["Parameters"]).count() };
    for &(id, resource) in resources.iter().filter(|(_, resource)| resource["Type"] == FUNCTION) {
        let has = |place: &Value| !place["EventInvokeConfig"].is_null();
        if has(&resource["Properties"]) || has(&template["Globals"]["Function"]) {
            // SAM makes a resource of it.
            count.resources += 1;
        }
        check_function(path, id, resource, &resources, functions, report);
    }
    if count.resources > RESOURCES {
        let problem = format!("{} resources, CloudFormation takes {RESOURCES} a stack", count.resources);
        report.violation(path, problem, "move some of its rules to a service of their own");
    }
    if count.parameters > PARAMETERS {
        let problem = format!("{} parameters, CloudFormation takes {PARAMETERS}", count.parameters);
        report.violation(path, problem, "take some out");
    }
    report.templates.insert(path.to_owned(), count);
}

fn check_function<'a>(
    path: &'a str,
    id: &str,
    function: &'a Value,
    resources: &[(&str, &Value)],
    functions: &mut BTreeMap<&'a str, &'a str>,
    report: &mut Report,
) {
    let place = format!("{path}: {id}");
    let Some(name) = function["Properties"]["FunctionName"].as_str() else {
        report.violation(place, "the function has no name, so no pack can call it", "give it a FunctionName");
        return;
    };
    if name.len() > FUNCTION_NAME {
        let problem = format!("the function's name has {} characters, Lambda takes {FUNCTION_NAME}", name.len());
        report.violation(&place, problem, "shorten the rule's id");
    }
    if let Some(other) = functions.insert(name, path) {
        let problem = format!("the function {name} stands in {other} too, and names are unique in a region");
        report.violation(&place, problem, "rename one of them, and its binary");
    }
    let permits = |resource: &Value| {
        resource["Type"] == "AWS::Lambda::Permission"
            && resource["Condition"] == function["Condition"]
            && resource["Properties"]["FunctionName"]["Fn::GetAtt"][0] == id
            && resource["Properties"]["Action"] == "lambda:InvokeFunction"
            && resource["Properties"]["Principal"] == "config.amazonaws.com"
            && !resource["Properties"]["SourceAccount"].is_null()
    };
    // A function with events of its own is no rule's; SAM permits whoever sends them.
    let of_a_rule = function["Properties"]["Events"].is_null();
    if of_a_rule && !resources.iter().any(|(_, resource)| permits(resource)) {
        report.violation(
            &place,
            "AWS Config of this account may not invoke the function, and refuses rules that it may not invoke",
            "add an AWS::Lambda::Permission for config.amazonaws.com with SourceAccount, under the function's condition",
        );
    }
}

fn check_pack(pack: &Pack, deployment: &Deployment, report: &mut Report) {
    let rules: Vec<_> = pack.rules().collect();
    let (count, bytes) = (rules.len(), pack.body.len());
    let most = report.packs.entry(pack.name.clone()).or_default();
    *most = PackCount { rules: most.rules.max(count), bytes: most.bytes.max(bytes) };

    let place = &pack.name;
    if count > RULES {
        let problem = format!("{count} rules, AWS Config takes {RULES} a pack");
        report.violation(place, problem, "spread them over packs by theme, in xtask/src/generate/packs.rs");
    }
    if count == 0 {
        report.violation(place, "no rules, and AWS Config refuses an empty pack", "leave the pack out");
    }
    if bytes > BYTES {
        let problem = format!("{bytes} bytes, AWS Config takes {BYTES}");
        report.violation(place, problem, "spread its rules over packs by theme, in xtask/src/generate/packs.rs");
    }
    let allowed = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    if pack.name.len() > NAME || !allowed(&pack.name) {
        let problem = format!("AWS Config takes names of at most {NAME} letters, digits and hyphens");
        report.violation(place, problem, "rename the pack");
    }
    let mut names = BTreeSet::new();
    for (id, rule) in rules {
        let place = format!("{}: {id}", pack.name);
        let properties = &rule["Properties"];
        let name = properties["ConfigRuleName"].as_str().unwrap_or_default();
        if !names.insert(name) {
            report.violation(&place, format!("the name {name} stands twice in the pack"), "rename one of the rules");
        }
        check_rule(&place, name, properties, report);
        if properties["Source"]["Owner"] == "CUSTOM_LAMBDA" {
            check_source(&place, pack, &properties["Source"], deployment, report);
        }
    }
}

fn check_rule(place: &str, name: &str, properties: &Value, report: &mut Report) {
    if name.is_empty() || name.len() + SUFFIX > NAME {
        let problem = format!(
            "the name has {} characters, and {SUFFIX} that a pack adds must fit into the {NAME} that AWS Config takes",
            name.len()
        );
        report.violation(place, problem, "shorten the rule's id, or give it a `deployed_name`");
    }
    let parameters = &properties["InputParameters"];
    let size = if parameters.is_null() { 0 } else { parameters.to_string().chars().count() };
    if size > INPUT_PARAMETERS {
        let problem = format!("parameters of {size} characters, AWS Config takes {INPUT_PARAMETERS}");
        report.violation(place, problem, "shorten their values in frameworks/");
    }
    for (name, value) in fields(parameters) {
        let Some(value) = value.as_str() else {
            let problem = format!("the parameter {name} is {value}, and AWS Config passes on texts alone");
            report.violation(place, problem, format!("write it as \"{value}\""));
            continue;
        };
        let lower = value.to_lowercase();
        if value != lower && ["true", "false"].contains(&lower.as_str()) {
            let problem = format!("the parameter {name} is {value}, and AWS's rules take booleans in lower case");
            report.violation(place, problem, format!("write it as \"{lower}\""));
        }
    }
    let custom = properties["Source"]["Owner"] == "CUSTOM_LAMBDA";
    let messages: BTreeSet<_> = properties["Source"]["SourceDetails"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|detail| detail["MessageType"].as_str())
        .collect();
    if custom && messages.contains("ScheduledNotification") && name.len() + SUFFIX > NAME_OF_SCHEDULED {
        let problem = format!(
            "the name has {} characters; a rule on a schedule may have {}, so that the deployed one fits into {NAME_OF_SCHEDULED}",
            name.len(),
            NAME_OF_SCHEDULED - SUFFIX
        );
        report.violation(place, problem, "give the rule a `deployed_name`");
    }
    if custom && messages.is_empty() {
        report.violation(place, "nothing invokes the rule", "add SourceDetails");
    }
    let changes: Vec<_> = CHANGES.into_iter().filter(|message| messages.contains(message)).collect();
    if let [only] = changes.as_slice() {
        let other = CHANGES.into_iter().find(|message| message != only).unwrap_or_default();
        let problem = format!("the rule gets {only} and not {other}, so large or small items pass it by");
        report.violation(place, problem, format!("add {other} to its SourceDetails"));
    }
}

/// The function that a rule calls must be deployed with the pack, and before it.
fn check_source(place: &str, pack: &Pack, source: &Value, deployment: &Deployment, report: &mut Report) {
    let arn = source["SourceIdentifier"].as_str().unwrap_or_default();
    let name = arn.split_once(":function:").map_or(arn, |(_, name)| name);
    let mut functions = deployment.of_type(FUNCTION);
    let Some((stack, ..)) = functions.find(|(_, _, function)| function["Properties"]["FunctionName"] == name) else {
        let problem = format!("the rule calls the function {name}, which the same choice does not deploy");
        report.violation(place, problem, "mend the ARN, or the function's condition");
        return;
    };
    let root = &deployment.stacks[ROOT].resources;
    let nesting = |path: &str| root.iter().find(|(_, resource)| resource["Properties"]["Location"] == path);
    if let (Some((functions, _)), Some((packs, resource))) = (nesting(stack), nesting(&pack.path))
        && !waits_for(resource, functions)
    {
        report.violation(
            format!("{ROOT}: {packs}"),
            format!("it does not wait for {functions}, and AWS Config refuses a rule whose function is not there yet"),
            format!("pass it an output of {functions}"),
        );
    }
}

/// Whether a resource names another one, by `DependsOn`, `Ref` or `Fn::GetAtt`.
fn waits_for(resource: &Value, other: &str) -> bool {
    match resource {
        Value::Object(fields) => fields.iter().any(|(name, value)| match name.as_str() {
            "Ref" => value == other,
            "Fn::GetAtt" => value[0] == other,
            "DependsOn" => value == other || value.as_array().is_some_and(|all| all.iter().any(|one| one == other)),
            _ => waits_for(value, other),
        }),
        Value::Array(items) => items.iter().any(|item| waits_for(item, other)),
        _ => false,
    }
}

fn fields(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::template;

    const STACK: &str = r"
Resources:
  Rule:
    Type: AWS::Serverless::Function
    Properties: {FunctionName: vitals-rule}
  RulePermission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !GetAtt Rule.Arn
      Principal: config.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
";

    const ROOT_TEMPLATE: &str = r#"
Parameters:
  RuleEngine: {Type: String, AllowedValues: [managed, lambda]}
  HipaaPack: {Type: String, AllowedValues: ["yes", "no"]}
Conditions:
  Hipaa: !Equals [!Ref HipaaPack, "yes"]
Resources:
  Rules:
    Type: AWS::Serverless::Application
    Properties: {Location: rules.yaml}
  Packs:
    Type: AWS::Serverless::Application
    Condition: Hipaa
    Properties: {Location: packs.yaml, Parameters: {Functions: !GetAtt Rules.Outputs.Service}}
"#;

    const RULE: &str = r#"{"Type": "AWS::Config::ConfigRule", "Properties": {"ConfigRuleName": "rule", "Source": {
        "Owner": "CUSTOM_LAMBDA",
        "SourceIdentifier": "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:vitals-rule",
        "SourceDetails": [
            {"EventSource": "aws.config", "MessageType": "ConfigurationItemChangeNotification"},
            {"EventSource": "aws.config", "MessageType": "OversizedConfigurationItemChangeNotification"}]}}}"#;

    fn packs(name: &str, rules: &[String]) -> String {
        let rules: Vec<_> = rules.iter().enumerate().map(|(n, rule)| format!("\"R{n}\": {rule}")).collect();
        let body = serde_json::json!({ "Fn::Sub": format!("{{\"Resources\": {{{}}}}}", rules.join(", ")) });
        let properties = serde_json::json!({ "ConformancePackName": name, "TemplateBody": body });
        let pack = serde_json::json!({ "Type": "AWS::Config::ConformancePack", "Properties": properties });
        serde_json::json!({ "Resources": { "Pack": pack } }).to_string()
    }

    fn report(root: &str, stack: &str, packs: &str) -> Report {
        let texts = [(ROOT, root), ("rules.yaml", stack), ("packs.yaml", packs)];
        let parsed = texts.map(|(path, text)| (path.to_owned(), template::parse(text).expect(path)));
        check(&Templates(parsed.into())).expect("the templates can be resolved")
    }

    fn found(root: &str, stack: &str, packs: &str) -> Vec<String> {
        report(root, stack, packs).violations.iter().map(ToString::to_string).collect()
    }

    /// The one thing that is wrong with a rule.
    fn of_rule(what: &str, instead: &str) -> String {
        let changed = RULE.replace(what, instead);
        assert_ne!(changed, RULE, "{what}");
        let mut found = found(ROOT_TEMPLATE, STACK, &packs("pack", &[changed]));
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    #[test]
    fn what_is_right_is_counted_and_passes() {
        let report = report(ROOT_TEMPLATE, STACK, &packs("pack", &[RULE.to_owned()]));
        assert!(report.violations.is_empty(), "{:?}", report.violations);
        assert_eq!(report.templates["rules.yaml"], TemplateCount { resources: 2, parameters: 0 });
        assert_eq!(report.packs["pack"].rules, 1);
        // The longest that the placeholders become: GovCloud's.
        assert!(report.packs["pack"].bytes > RULE.len() - 30, "{:?}", report.packs);
    }

    #[test]
    fn limits_of_a_stack() {
        let many = |count: usize, kind: &str| {
            let lines: Vec<_> = (0..count).map(|n| format!("  X{n}: {{Type: {kind}}}\n")).collect();
            lines.concat()
        };
        let resources = format!("{STACK}{}", many(499, "AWS::SQS::Queue"));
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, &resources, &packs("pack", &[RULE.to_owned()])).join("\n"),
            @"rules.yaml: 501 resources, CloudFormation takes 500 a stack; move some of its rules to a service of their own"
        );
        let parameters = format!("Parameters:\n{}{STACK}", many(201, "String"));
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, &parameters, &packs("pack", &[RULE.to_owned()])).join("\n"),
            @"rules.yaml: 201 parameters, CloudFormation takes 200; take some out"
        );
        let invoked =
            STACK.replace("{FunctionName: vitals-rule}", "{FunctionName: vitals-rule, EventInvokeConfig: {}}");
        let report = report(ROOT_TEMPLATE, &invoked, &packs("pack", &[RULE.to_owned()]));
        assert_eq!(report.templates["rules.yaml"].resources, 3, "SAM makes a resource of an EventInvokeConfig");
    }

    #[test]
    fn limits_of_a_pack() {
        let managed = r#"{"Type": "AWS::Config::ConfigRule", "Properties": {"ConfigRuleName": "NAME", "Source": {"Owner": "AWS"}}}"#;
        let rules: Vec<_> = (0..131).map(|n| managed.replace("NAME", &format!("r{n}"))).collect();
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, STACK, &packs("pack", &rules)).join("\n"),
            @"pack: 131 rules, AWS Config takes 130 a pack; spread them over packs by theme, in xtask/src/generate/packs.rs"
        );
        let long = managed.replace("AWS\"", &format!("AWS\", \"X\": \"{}\"", "x".repeat(BYTES)));
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, STACK, &packs("pack", &[long])).join("\n"),
            @"pack: 51337 bytes, AWS Config takes 51200; spread its rules over packs by theme, in xtask/src/generate/packs.rs"
        );
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, STACK, &packs("pack", &[])).join("\n"),
            @"pack: no rules, and AWS Config refuses an empty pack; leave the pack out"
        );
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, STACK, &packs("pci-4.0", &[RULE.to_owned()])).join("\n"),
            @"pci-4.0: AWS Config takes names of at most 128 letters, digits and hyphens; rename the pack"
        );
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, STACK, &packs("pack", &[RULE.to_owned(), RULE.to_owned()])).join("\n"),
            @"pack: R1: the name rule stands twice in the pack; rename one of the rules"
        );
    }

    #[test]
    fn what_a_rule_may_not_be() {
        let with = |parameters: &str| {
            of_rule(r#""ConfigRuleName""#, &format!(r#""InputParameters": {parameters}, "ConfigRuleName""#))
        };
        insta::assert_snapshot!(with(r#"{"on": "True"}"#), @r#"pack: R0: the parameter on is True, and AWS's rules take booleans in lower case; write it as "true""#);
        insta::assert_snapshot!(with(r#"{"days": 90}"#), @r#"pack: R0: the parameter days is 90, and AWS Config passes on texts alone; write it as "90""#);
        let long = with(&format!(r#"{{"list": "{}"}}"#, "x".repeat(1024)));
        insta::assert_snapshot!(long, @"pack: R0: parameters of 1035 characters, AWS Config takes 1024; shorten their values in frameworks/");
        let name = of_rule(r#""rule""#, &format!("\"{}\"", "n".repeat(102)));
        insta::assert_snapshot!(name, @"pack: R0: the name has 102 characters, and 27 that a pack adds must fit into the 128 that AWS Config takes; shorten the rule's id, or give it a `deployed_name`");
        let details = RULE.split_once(r#""SourceDetails":"#).expect("it has them").1.trim_end_matches("}}}").to_owned();
        insta::assert_snapshot!(of_rule(&details, "[]"), @"pack: R0: nothing invokes the rule; add SourceDetails");
        insta::assert_snapshot!(
            of_rule(r#""OversizedConfigurationItemChangeNotification""#, r#""ScheduledNotification""#),
            @"pack: R0: the rule gets ConfigurationItemChangeNotification and not OversizedConfigurationItemChangeNotification, so large or small items pass it by; add OversizedConfigurationItemChangeNotification to its SourceDetails"
        );
        let scheduled = RULE.replace(&details, r#"[{"MessageType": "ScheduledNotification"}]"#);
        let named = |length| packs("pack", &[scheduled.replace(r#""rule""#, &format!("\"{}\"", "n".repeat(length)))]);
        assert!(found(ROOT_TEMPLATE, STACK, &named(37)).is_empty());
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, STACK, &named(38)).join("\n"),
            @"pack: R0: the name has 38 characters; a rule on a schedule may have 37, so that the deployed one fits into 64; give the rule a `deployed_name`"
        );
    }

    #[test]
    fn what_a_function_may_not_be() {
        let pack = packs("pack", &[RULE.to_owned()]);
        let wrong = |stack: &str| found(ROOT_TEMPLATE, stack, &pack).join("\n");
        insta::assert_snapshot!(
            wrong(&STACK.replace("      SourceAccount: !Ref AWS::AccountId\n", "")),
            @"rules.yaml: Rule: AWS Config of this account may not invoke the function, and refuses rules that it may not invoke; add an AWS::Lambda::Permission for config.amazonaws.com with SourceAccount, under the function's condition"
        );
        insta::assert_snapshot!(
            wrong(&format!("{STACK}  Other: {{Type: AWS::Serverless::Function}}\n")),
            @"rules.yaml: Other: the function has no name, so no pack can call it; give it a FunctionName"
        );
        let twice = STACK
            .replace("Resources:", "")
            .replace("Rule:", "Twin:")
            .replace("Rule.Arn", "Twin.Arn")
            .replace("RuleP", "TwinP");
        insta::assert_snapshot!(
            wrong(&format!("{STACK}{twice}")),
            @"rules.yaml: Twin: the function vitals-rule stands in rules.yaml too, and names are unique in a region; rename one of them, and its binary"
        );
        let long = "r".repeat(58);
        let stack = STACK.replace("vitals-rule", &format!("vitals-{long}"));
        let pack = packs("pack", &[RULE.replace("vitals-rule", &format!("vitals-{long}"))]);
        insta::assert_snapshot!(
            found(ROOT_TEMPLATE, &stack, &pack).join("\n"),
            @"rules.yaml: Rule: the function's name has 65 characters, Lambda takes 64; shorten the rule's id"
        );
    }

    #[test]
    fn a_pack_must_not_call_in_vain() {
        insta::assert_snapshot!(
            of_rule("function:vitals-rule", "function:vitals-other"),
            @"pack: R0: the rule calls the function vitals-other, which the same choice does not deploy; mend the ARN, or the function's condition"
        );
    }

    #[test]
    fn a_pack_waits_for_its_functions() {
        let hasty = ROOT_TEMPLATE.replace(", Parameters: {Functions: !GetAtt Rules.Outputs.Service}", "");
        insta::assert_snapshot!(
            found(&hasty, STACK, &packs("pack", &[RULE.to_owned()])).join("\n"),
            @"template.yaml: Packs: it does not wait for Rules, and AWS Config refuses a rule whose function is not there yet; pass it an output of Rules"
        );
    }

    #[test]
    fn a_function_must_be_there_under_every_choice() {
        let conditional = STACK
            .replace("Resources:", "Parameters: {RuleEngine: {Type: String}}\nConditions: {Ours: !Equals [!Ref RuleEngine, lambda]}\nResources:")
            .replace("Type: AWS::Serverless::Function\n", "Type: AWS::Serverless::Function\n    Condition: Ours\n")
            .replace("Type: AWS::Lambda::Permission\n", "Type: AWS::Lambda::Permission\n    Condition: Ours\n");
        let root = ROOT_TEMPLATE
            .replace("{Location: rules.yaml}", "{Location: rules.yaml, Parameters: {RuleEngine: !Ref RuleEngine}}");
        let found = found(&root, &conditional, &packs("pack", &[RULE.to_owned()]));
        assert!(
            !found.is_empty() && found.iter().all(|one| one.contains("which the same choice does not deploy")),
            "{found:?}"
        );
    }
}
