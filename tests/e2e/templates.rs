//! What is deployed: the templates as CloudFormation's own tools see them, and the binaries as Lambda will.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use config_rule::{Entry, Kind, Managed};
use serde_json::{Value, json};
use vitals::preflight;
use vitals::preflight::deployment::{Deployment, Pack, Templates};

use crate::support::{binaries, project, read, run, venv};

/// All templates: the root, those that it nests, and those that stand alone, from the project's folder.
fn paths() -> Vec<String> {
    let templates = Templates::read(project()).expect("the templates can be read");
    let alone = ["deploy/account.yaml", "deploy/aggregator.yaml", "deploy/organization.yaml"];
    templates.0.into_keys().chain(alone.map(str::to_owned)).collect()
}

pub(crate) fn tool(path: &str) -> Command {
    let mut tool = Command::new(venv(path));
    tool.current_dir(project())
        .env("SAM_CLI_TELEMETRY", "0")
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .env_remove("AWS_PROFILE")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    tool
}

#[test]
fn cfn_lint_finds_nothing() {
    let ended = run(tool("bin/cfn-lint").args(paths()), b"");
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn sam_finds_the_template_valid() {
    let ended = run(tool("bin/sam").args(["validate", "--lint", "--template", "template.yaml"]), b"");
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
    assert!(ended.stdout.contains("is a valid SAM Template"), "{}", ended.stdout);
}

/// The parameters under which everything is deployed, in the region where all rules run.
fn all_of_ours() -> BTreeMap<String, String> {
    let given = [
        ("HipaaPack", "yes"),
        ("CisPack", "level-2"),
        ("NistCsfPack", "yes"),
        ("Nist80053Pack", "yes"),
        ("PciDssPack", "yes"),
        ("ExtraPack", "yes"),
        ("RuleEngine", "lambda"),
        ("AWS::Region", "us-east-1"),
        ("AWS::Partition", "aws"),
        ("AWS::AccountId", "123456789012"),
    ];
    given.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

pub(crate) fn deployment(changed: &[(&str, &str)]) -> Deployment {
    let templates = Templates::read(project()).expect("the templates can be read");
    let mut parameters = all_of_ours();
    parameters.extend(changed.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
    templates.deploy(&parameters).expect("the templates can be resolved")
}

/// The names of the rules of a deployment's packs: ours, and AWS's.
fn names(deployment: &Deployment) -> (BTreeSet<String>, BTreeSet<String>) {
    let rules = deployment.packs.iter().flat_map(Pack::rules);
    let (ours, aws): (Vec<_>, Vec<_>) =
        rules.partition(|(_, rule)| rule["Properties"]["Source"]["Owner"] == "CUSTOM_LAMBDA");
    let names = |rules: Vec<(&str, &Value)>| {
        let name =
            |(_, rule): (&str, &Value)| rule["Properties"]["ConfigRuleName"].as_str().expect("a name").to_owned();
        rules.into_iter().map(name).collect()
    };
    (names(ours), names(aws))
}

/// The functions of rules.
pub(crate) fn functions(deployment: &Deployment) -> BTreeSet<String> {
    let functions = deployment.of_type("AWS::Serverless::Function");
    functions
        .map(|(_, _, function)| function["Properties"]["FunctionName"].as_str().expect("a name").to_owned())
        .filter(|name| name != "vitals-reevaluate")
        .collect()
}

#[test]
fn functions_may_read_exceptions_where_there_are_some() {
    for (excepted, expected) in [("", false), ("restricted-ssh", true)] {
        let deployment = deployment(&[("ExceptedRules", excepted)]);
        let base = deployment.stacks["template.yaml"].resources["BasePolicy"]["Properties"].to_string();
        assert_eq!(base.contains("ssm:GetParameter"), expected, "{excepted}");
    }
    let makefile = read(project().join("deploy/build/Makefile"));
    assert!(makefile.contains("$(eval $(call function,Reevaluate,reevaluate))\n"));
}

#[test]
fn every_rule_is_deployed_with_what_it_needs() {
    let deployment = deployment(&[]);
    let makefile = read(project().join("deploy/build/Makefile"));
    let mut deployed: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for (_, rule) in deployment.packs.iter().flat_map(Pack::rules) {
        let source = rule["Properties"]["Source"]["SourceIdentifier"].as_str().expect("a source");
        if let Some(function) = source.strip_prefix("arn:aws:lambda:us-east-1:123456789012:function:vitals-") {
            deployed.entry(function).or_default().push(rule);
        }
    }
    let registry: BTreeSet<_> = rules::all().map(|entry| entry.metadata.id).collect();
    assert_eq!(deployed.keys().copied().collect::<BTreeSet<_>>(), registry);

    let mut wrong = Vec::new();
    for entry in rules::all() {
        let id = entry.metadata.id;
        for rule in &deployed[id] {
            let problems = rule_problems(entry, rule);
            wrong.extend(problems.into_iter().map(|problem| format!("{id} in its pack: {problem}")));
        }
        let problems = function_problems(entry, &deployment, &makefile);
        wrong.extend(problems.into_iter().map(|problem| format!("{id}: {problem}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a rule in a pack.
fn rule_problems(entry: &Entry, rule: &Value) -> Vec<String> {
    let trigger = entry.metadata.trigger;
    let mut problems = Vec::new();
    let mut expect = |what: &str, found: &Value, expected: Value| {
        if *found != expected {
            problems.push(format!("{what} is {found}, expected {expected}"));
        }
    };
    expect("name", &rule["Properties"]["ConfigRuleName"], json!(entry.metadata.rule_name()));
    let mut details = Vec::new();
    if trigger.on_change() {
        for message in ["ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification"] {
            details.push(json!({"EventSource": "aws.config", "MessageType": message}));
        }
        let types = &rule["Properties"]["Scope"]["ComplianceResourceTypes"];
        expect("scope", types, json!(entry.resource_types));
    }
    if let Some(frequency) = trigger.frequency() {
        details.push(json!({
            "EventSource": "aws.config",
            "MessageType": "ScheduledNotification",
            "MaximumExecutionFrequency": frequency.as_str(),
        }));
    }
    expect("source details", &rule["Properties"]["Source"]["SourceDetails"], json!(details));
    problems
}

/// What is wrong with a rule's function, and with what it may do.
fn function_problems(entry: &Entry, deployment: &Deployment, makefile: &str) -> Vec<String> {
    let id = entry.metadata.id;
    let named = json!(format!("vitals-{id}"));
    let mut functions = deployment.of_type("AWS::Serverless::Function");
    let Some((path, logical, function)) = functions.find(|(_, _, f)| f["Properties"]["FunctionName"] == named) else {
        return vec!["it has no function".to_owned()];
    };
    let resources = &deployment.stacks[path].resources;
    let mut problems = Vec::new();
    if function["Metadata"]["BuildMethod"] != "makefile" {
        problems.push("its function is not built by the Makefile".to_owned());
    }
    let allowed = json!({
        "Action": "lambda:InvokeFunction",
        "FunctionName": {"Fn::GetAtt": [logical, "Arn"]},
        "Principal": "config.amazonaws.com",
        "SourceAccount": "123456789012",
    });
    if !resources.values().any(|r| r["Type"] == "AWS::Lambda::Permission" && r["Properties"] == allowed) {
        problems.push("AWS Config may not invoke its function".to_owned());
    }
    let base = deployment.stacks["template.yaml"].resources["BasePolicy"]["Properties"].to_string();
    let own = function["Properties"]["Role"]["Fn::GetAtt"][0].as_str().map(|role| &resources[role]["Properties"]);
    if own.is_some_and(|role| !role["ManagedPolicyArns"][0].to_string().contains("BasePolicy")) {
        problems.push("its role lacks what every function needs".to_owned());
    }
    let own = own.map_or_else(String::new, Value::to_string);
    for action in needed(entry) {
        if !base.contains(&format!("\"{action}\"")) && !own.contains(&format!("\"{action}\"")) {
            problems.push(format!("its role does not allow {action}"));
        }
    }
    if !makefile.contains(&format!("$(eval $(call function,{logical},{id}))\n")) {
        problems.push(format!("deploy/build/Makefile does not build {logical} from {id}"));
    }
    problems
}

#[test]
fn only_the_functions_that_the_chosen_packs_need_are_deployed() {
    let nothing = [("HipaaPack", "no"), ("CisPack", "no"), ("NistCsfPack", "no"), ("Nist80053Pack", "no")];
    let nothing = [&nothing[..], &[("PciDssPack", "no"), ("ExtraPack", "no")]].concat();
    assert_eq!(functions(&deployment(&nothing)), BTreeSet::new());

    for engine in ["managed", "lambda"] {
        for pack in [
            ("HipaaPack", "yes"),
            ("CisPack", "level-1"),
            ("CisPack", "level-2"),
            ("PciDssPack", "yes"),
            ("ExtraPack", "yes"),
        ] {
            for region in ["us-east-1", "eu-west-1"] {
                let chosen = [&nothing[..], &[pack, ("RuleEngine", engine), ("AWS::Region", region)]].concat();
                let deployment = deployment(&chosen);
                let (ours, _) = names(&deployment);
                let named = |entry: &&Entry| ours.contains(entry.metadata.rule_name());
                let expected =
                    rules::all().filter(named).map(|entry| format!("vitals-{}", entry.metadata.id)).collect();
                assert_eq!(functions(&deployment), expected, "{engine} {pack:?} {region}");
            }
        }
    }
}

#[test]
fn a_managed_rule_judges_where_it_is_equivalent() {
    let (ours, aws) = names(&deployment(&[("RuleEngine", "managed")]));
    for entry in rules::all() {
        let id = entry.metadata.id;
        if let Managed::Equivalent(_) = entry.metadata.managed {
            assert!(aws.contains(id) && !ours.contains(id), "{id}");
        } else {
            assert!(ours.contains(entry.metadata.rule_name()) && !aws.contains(id), "{id}");
        }
    }
    // What is not built stays AWS's.
    let (_, aws) = names(&deployment(&[]));
    assert!(aws.iter().all(|name| rules::find(name).is_none()), "{aws:?}");
}

#[test]
fn rules_about_global_resources_run_where_they_are_recorded() {
    let elsewhere = |region: &str, home: &str| names(&deployment(&[("AWS::Region", region), ("HomeRegion", home)])).0;
    let iam = "iam-no-inline-policy-check";
    let cloudfront = "cloudfront-sni-enabled";
    let there = |region, home| {
        let names = elsewhere(region, home);
        (names.contains(iam), names.contains(cloudfront), names.contains("restricted-ssh"))
    };
    assert_eq!(there("us-east-1", "us-east-1"), (true, true, true));
    assert_eq!(there("us-east-1", "eu-west-1"), (false, true, true));
    assert_eq!(there("eu-west-1", "eu-west-1"), (true, false, true));
    assert_eq!(there("eu-west-1", "us-east-1"), (false, false, true));
}

/// The levels of CIS, and the parameters that frameworks pass, are as `frameworks/` says.
#[test]
fn a_pack_holds_what_its_framework_says() {
    let nothing = [("HipaaPack", "no"), ("NistCsfPack", "no"), ("Nist80053Pack", "no"), ("PciDssPack", "no")];
    let nothing = [&nothing[..], &[("ExtraPack", "no")]].concat();
    let cis = |level| names(&deployment(&[&nothing[..], &[("CisPack", level)]].concat())).0;
    let (one, two) = (cis("level-1"), cis("level-2"));
    assert!(one.is_subset(&two));
    let framework = frameworks::find("cis-v1.4").expect("it is there");
    for entry in rules::all() {
        let id = entry.metadata.id;
        let level = framework.level_of(id);
        assert_eq!((one.contains(id), two.contains(id)), (level == Some(1), level.is_some()), "{id}");
    }
    let deployment = deployment(&[("RuleEngine", "managed")]);
    let pack = deployment.packs.iter().find(|pack| pack.name == "vitals-cis-v1-4").expect("it is there");
    let (_, unused) = pack.rules().find(|(id, _)| *id == "IamUserUnusedCredentialsCheck").expect("it is there");
    assert_eq!(unused["Properties"]["InputParameters"], json!({"maxCredentialUsageAge": "45"}));
}

fn needed(entry: &Entry) -> BTreeSet<&'static str> {
    let mut needed =
        BTreeSet::from(["config:PutEvaluations", "sqs:SendMessage", "logs:CreateLogStream", "logs:PutLogEvents"]);
    if entry.metadata.trigger.on_change() {
        needed.insert("config:GetResourceConfigHistory");
    }
    if entry.metadata.trigger.frequency().is_some() {
        needed.insert("config:GetComplianceDetailsByConfigRule");
    }
    match &entry.kind {
        Kind::Facts { actions, .. } => needed.extend(*actions),
        Kind::Item { .. } if entry.metadata.trigger.frequency().is_some() => {
            needed.extend(["config:ListDiscoveredResources", "config:BatchGetResourceConfig"]);
        }
        Kind::Item { .. } => {}
    }
    needed
}

/// Limits of CloudFormation, AWS Config and Lambda, under every choice that the parameters offer; the binaries too.
#[test]
fn preflight_finds_nothing() {
    let report = preflight::of_project(project(), Some(binaries())).expect("the templates can be resolved");
    let found: Vec<_> = report.violations.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(report.packs.len() >= 14 && report.templates.len() >= 40, "{report:?}");
}
