//! What is deployed: the templates as CloudFormation's own tools see them, and the binaries as Lambda will.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use config_rule::{Entry, Kind};
use flate2::Compression;
use flate2::write::GzEncoder;
use object::Endianness;
use object::elf::{self, FileHeader64};
use object::read::elf::{Dyn as _, FileHeader as _};
use serde_json::{Value, json};

use crate::support::{binary, project, read, run, venv};

/// The newest glibc that Lambda's `provided.al2023` has.
const GLIBC: [u32; 2] = [2, 34];

/// Most bytes of a packed function. Lambda takes far more, but the download is part of every cold start.
const PACKED: usize = 4 * 1024 * 1024;

/// The root template and the nested ones, from the project's folder.
fn paths() -> Vec<String> {
    let nested = fs::read_dir(project().join("deploy/rules")).expect("the folder can be listed");
    let mut paths: Vec<_> = nested
        .map(|file| file.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| path.strip_prefix(project()).map(PathBuf::from).expect("it is in the project"))
        .map(|path| path.to_str().expect("the path is text").to_owned())
        .collect();
    paths.sort();
    paths.insert(0, "template.yaml".to_owned());
    paths
}

fn tool(path: &str) -> Command {
    let mut tool = Command::new(venv(path));
    tool.current_dir(project())
        .env("SAM_CLI_TELEMETRY", "0")
        .env("AWS_DEFAULT_REGION", "us-east-1")
        .env_remove("AWS_PROFILE")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    tool
}

fn templates() -> &'static BTreeMap<String, Value> {
    static TEMPLATES: OnceLock<BTreeMap<String, Value>> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let ended = run(tool("bin/python").arg("tests/templates_as_json.py").args(paths()), b"");
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        serde_json::from_str(&ended.stdout).expect("it is JSON")
    })
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

/// The rules of a template, by name, as (logical id, resource).
fn rules_of(template: &Value) -> BTreeMap<&str, &Value> {
    let resources = template["Resources"].as_object().expect("a template has resources");
    resources
        .values()
        .filter(|resource| resource["Type"] == "AWS::Config::ConfigRule")
        .map(|rule| (rule["Properties"]["ConfigRuleName"].as_str().expect("the rule has a name"), rule))
        .collect()
}

#[test]
fn every_rule_is_deployed_with_what_it_needs() {
    let templates = templates();
    let root = &templates["template.yaml"];
    let makefile = read(project().join("deploy/build/Makefile"));
    let mut deployed: BTreeMap<&str, (&String, &Value)> = BTreeMap::new();
    for (path, template) in templates {
        for (name, rule) in rules_of(template) {
            assert!(deployed.insert(name, (path, rule)).is_none(), "{name} is deployed twice");
        }
    }
    let registry: BTreeSet<_> = rules::all().map(|entry| entry.metadata.id).collect();
    assert_eq!(deployed.keys().copied().collect::<BTreeSet<_>>(), registry);

    let mut wrong = Vec::new();
    for entry in rules::all() {
        let id = entry.metadata.id;
        let (path, rule) = deployed[id];
        let nested = root["Resources"].as_object().expect("a template has resources");
        if !nested.values().any(|stack| stack["Properties"]["Location"] == **path) {
            wrong.push(format!("{id}: template.yaml does not nest {path}"));
        }
        let problems = problems(entry, rule, &templates[path]["Resources"], &makefile);
        wrong.extend(problems.into_iter().map(|problem| format!("{id} in {path}: {problem}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with a rule, its function and the permission between them.
fn problems(entry: &Entry, rule: &Value, resources: &Value, makefile: &str) -> Vec<String> {
    let id = entry.metadata.id;
    let trigger = entry.metadata.trigger;
    let mut problems = Vec::new();
    let mut expect = |what: &str, found: &Value, expected: &Value| {
        if found != expected {
            problems.push(format!("{what} is {found}, expected {expected}"));
        }
    };

    let source = &rule["Properties"]["Source"];
    expect("owner", &source["Owner"], &json!("CUSTOM_LAMBDA"));
    let logical = source["SourceIdentifier"]["Fn::GetAtt"][0].as_str().unwrap_or_default();
    let arn = json!({"Fn::GetAtt": [logical, "Arn"]});
    expect("function", &source["SourceIdentifier"], &arn);
    let function = &resources[logical];
    expect("function's type", &function["Type"], &json!("AWS::Serverless::Function"));
    expect("function's name", &function["Properties"]["FunctionName"], &json!(format!("vitals-{id}")));
    expect("build method", &function["Metadata"]["BuildMethod"], &json!("makefile"));

    // AWS Config refuses a rule whose function it may not invoke yet.
    let permission = rule["DependsOn"].as_str().unwrap_or_default();
    let allowed = json!({
        "Action": "lambda:InvokeFunction",
        "FunctionName": arn,
        "Principal": "config.amazonaws.com",
        "SourceAccount": {"Ref": "AWS::AccountId"},
    });
    expect("permission's type", &resources[permission]["Type"], &json!("AWS::Lambda::Permission"));
    expect("permission", &resources[permission]["Properties"], &allowed);

    let mut details = Vec::new();
    if trigger.on_change() {
        for message in ["ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification"] {
            details.push(json!({"EventSource": "aws.config", "MessageType": message}));
        }
        let types = &rule["Properties"]["Scope"]["ComplianceResourceTypes"];
        expect("scope", types, &json!(entry.resource_types));
    }
    if let Some(frequency) = trigger.frequency() {
        details.push(json!({
            "EventSource": "aws.config",
            "MessageType": "ScheduledNotification",
            "MaximumExecutionFrequency": frequency.as_str(),
        }));
    }
    expect("source details", &source["SourceDetails"], &json!(details));

    if let Some(role) = function["Properties"]["Role"]["Fn::GetAtt"][0].as_str() {
        let allowed = resources[role]["Properties"]["Policies"].to_string();
        for action in needed(entry) {
            if !allowed.contains(&format!("\"{action}\"")) {
                problems.push(format!("the role {role} does not allow {action}"));
            }
        }
    } else if trigger.frequency().is_some() {
        problems.push("it runs on a schedule with the shared role, which may not list resources".to_owned());
    }
    if !makefile.contains(&format!("$(eval $(call function,{logical},{id}))\n")) {
        problems.push(format!("deploy/build/Makefile does not build {logical} from {id}"));
    }

    // `GetComplianceDetailsByConfigRule`, which a schedule needs, takes shorter names than AWS Config gives rules.
    let longest = if trigger.frequency().is_some() { 64 } else { 128 };
    if id.len() > longest {
        problems.push(format!("its name is longer than {longest} characters"));
    }
    if format!("vitals-{id}").len() > 64 {
        problems.push("its function's name is longer than 64 characters".to_owned());
    }
    problems
}

fn needed(entry: &Entry) -> BTreeSet<&'static str> {
    let mut needed = BTreeSet::from(["config:PutEvaluations", "sqs:SendMessage", "logs:PutLogEvents"]);
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

/// CloudFormation stops at 500 resources a stack and at a megabyte of template.
#[test]
fn templates_stay_within_cloudformations_limits() {
    for (path, template) in templates() {
        let resources = template["Resources"].as_object().expect("a template has resources");
        // SAM makes two resources of a function with an `EventInvokeConfig`.
        let functions = resources.values().filter(|one| one["Type"] == "AWS::Serverless::Function").count();
        let expanded = resources.len() + functions;
        assert!(expanded <= 500, "{path} has {expanded} resources");
        let size = read(project().join(path)).len();
        assert!(size <= 1024 * 1024, "{path} has {size} bytes");
    }
}

#[test]
fn functions_run_on_amazon_linux_2023() {
    let mut wrong = Vec::new();
    for entry in rules::all() {
        let id = entry.metadata.id;
        let bytes = fs::read(binary(id)).expect("the binary can be read");
        match foreign_needs(&bytes) {
            Ok(needs) => wrong.extend(needs.into_iter().map(|need| format!("{id} {need}"))),
            Err(error) => wrong.push(format!("{id} is no binary for x86-64 Linux: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a binary needs that Lambda's image does not have.
fn foreign_needs(bytes: &[u8]) -> object::Result<Vec<String>> {
    let file = FileHeader64::<Endianness>::parse(bytes)?;
    let endian = file.endian()?;
    let mut needs = Vec::new();
    if file.e_machine(endian) != elf::EM_X86_64 {
        needs.push(format!("is built for machine {}", file.e_machine(endian)));
    }
    let sections = file.sections(endian, bytes)?;
    if let Some((entries, link)) = sections.dynamic(endian, bytes)? {
        let strings = sections.strings(endian, bytes, link)?;
        for entry in entries.iter().filter(|entry| entry.d_tag(endian) == elf::DT_NEEDED) {
            let library = String::from_utf8_lossy(entry.string(endian, strings)?);
            if !["libc.so.6", "libgcc_s.so.1", "libm.so.6", "ld-linux-x86-64.so.2"].contains(&library.as_ref()) {
                needs.push(format!("needs {library}"));
            }
        }
    }
    if let Some((mut libraries, link)) = sections.gnu_verneed(endian, bytes)? {
        let strings = sections.strings(endian, bytes, link)?;
        while let Some((_, mut versions)) = libraries.next()? {
            while let Some(version) = versions.next()? {
                let version = String::from_utf8_lossy(version.name(endian, strings)?);
                let numbers = version
                    .strip_prefix("GLIBC_")
                    .map(|text| text.split('.').filter_map(|number| number.parse().ok()).collect::<Vec<u32>>());
                if numbers.is_some_and(|numbers| numbers.as_slice() > GLIBC.as_slice()) {
                    needs.push(format!("needs {version}"));
                }
            }
        }
    }
    Ok(needs)
}

/// The functions differ in their rules alone, so the largest one speaks for all.
#[test]
fn functions_are_small_when_packed() {
    let sizes = rules::all().map(|entry| {
        let path = binary(entry.metadata.id);
        (fs::metadata(&path).expect("the binary can be read").len(), path)
    });
    let (_, largest) = sizes.max().expect("there are rules");
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&fs::read(&largest).expect("the binary can be read")).expect("memory can be written to");
    let packed = packed.finish().expect("memory can be written to").len();
    assert!(packed <= PACKED, "{} has {packed} bytes when packed", largest.display());
}
