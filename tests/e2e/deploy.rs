//! What a deployment would make, shown to tools that know AWS: cfn-lint, a linter of policies, and moto.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vitals::preflight::deployment::{Deployment, Pack};
use vitals::preflight::template::{self, Scope};

use crate::support::{project, run};
use crate::templates::{deployment, functions, tool};

const ENGINES: [&str; 2] = ["managed", "lambda"];

/// The resources of a template that stands by itself, with parameters as an operator would give them.
fn alone(path: &str, given: &[(&str, &str)]) -> BTreeMap<String, Value> {
    let pseudo = [("AWS::Partition", "aws"), ("AWS::Region", "us-east-1"), ("AWS::AccountId", "123456789012")];
    let values = pseudo.iter().chain(given).map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let template = template::read(&project().join(path)).expect(path);
    let scope = Scope::new(&template, &values);
    let resources = scope.resources().expect(path);
    resources.into_iter().map(|(id, resource)| (id.to_owned(), scope.resolve(resource).expect(id))).collect()
}

#[test]
fn cfn_lint_finds_nothing_in_a_pack_as_a_template() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    for engine in ENGINES {
        for pack in deployment(&[("RuleEngine", engine)]).packs {
            let path = folder.path().join(format!("{engine}-{}.yaml", pack.name));
            std::fs::write(&path, &pack.body).expect("a file");
            paths.push(path);
        }
    }
    let ended = run(tool("bin/cfn-lint").args(paths), b"");
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), "", ""));
}

/// A script's answer to JSON: the list of what it found.
fn findings(script: &str, input: &Value) -> Vec<String> {
    let mut python = tool("bin/python");
    python.arg(script).env("AWS_ACCESS_KEY_ID", "testing").env("AWS_SECRET_ACCESS_KEY", "testing");
    let ended = run(&mut python, input.to_string().as_bytes());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    serde_json::from_str(&ended.stdout).expect("it is a JSON list")
}

/// A value with an ARN in place of what only a deployed stack knows.
fn with_arns(value: &Value, resources: &BTreeMap<String, Value>) -> Value {
    let arn = |id: &Value| {
        let kind = id.as_str().and_then(|id| resources.get(id)).and_then(|resource| resource["Type"].as_str());
        json!(match kind {
            Some("AWS::SQS::Queue") => "arn:aws:sqs:us-east-1:123456789012:queue",
            Some("AWS::Logs::LogGroup") => "arn:aws:logs:us-east-1:123456789012:log-group:group:*",
            other => panic!("the test knows no ARN of {id}, {other:?}"),
        })
    };
    match value {
        Value::Object(fields) if fields.contains_key("Fn::GetAtt") => arn(&fields["Fn::GetAtt"][0]),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), with_arns(value, resources))).collect()
        }
        Value::Array(items) => items.iter().map(|item| with_arns(item, resources)).collect(),
        other => other.clone(),
    }
}

/// The policies of roles, by their place.
fn policies(deployment: &Deployment) -> BTreeMap<String, Value> {
    let mut policies = BTreeMap::new();
    for (path, stack) in &deployment.stacks {
        for (id, resource) in &stack.resources {
            let properties = &resource["Properties"];
            let own = properties["Policies"].as_array().into_iter().flatten().map(|policy| &policy["PolicyDocument"]);
            let managed = (resource["Type"] == "AWS::IAM::ManagedPolicy").then_some(&properties["PolicyDocument"]);
            for (n, policy) in own.chain(managed).enumerate() {
                policies.insert(format!("{path}: {id} {n}"), with_arns(policy, &stack.resources));
            }
        }
    }
    policies
}

#[test]
fn a_linter_of_policies_finds_nothing() {
    let key = ("KmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/1a2b3c4d-0000-0000-0000-000000000000");
    let mut policies = policies(&deployment(&[key]));
    assert!(policies.len() > 1, "{policies:?}");
    policies.extend([("no key".to_owned(), self::policies(&deployment(&[]))["template.yaml: BasePolicy 0"].clone())]);
    assert_eq!(findings("tests/policies.py", &json!(policies)), Vec::<String>::new());
}

#[test]
fn the_linter_of_policies_finds_what_is_wrong() {
    let wrong = json!({"x": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "config:PutEvaluation", "Resource": "*"},
        {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:s3:::bucket"},
    ]}});
    let found = findings("tests/policies.py", &wrong).join("\n");
    assert!(found.contains("UNKNOWN_ACTION") && found.contains("RESOURCE_MISMATCH"), "{found}");
}

/// What moto gets of a deployment: the properties of its AWS Config resources.
fn for_moto(engine: &str) -> Value {
    let account = alone("deploy/account.yaml", &[("AggregatorAccountId", "210987654321")]);
    let properties = |resources: &BTreeMap<String, Value>, id: &str| resources[id]["Properties"].clone();
    let mut recorder = properties(&account, "ConfigurationRecorder");
    // Only a deployed stack knows the role's name, which AWS gives.
    recorder["RoleARN"] =
        json!("arn:aws:iam::123456789012:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig");
    let mut channel = properties(&account, "DeliveryChannel");
    channel["S3BucketName"] = json!("history");
    channel["SnsTopicARN"] = json!("arn:aws:sns:us-east-1:123456789012:notifications");
    let mut aggregator = properties(&alone("deploy/aggregator.yaml", &[]), "Aggregator");
    aggregator["OrganizationAggregationSource"]["RoleArn"] = json!("arn:aws:iam::123456789012:role/organization");
    let accounts = [("AccountIds", "123456789012")];
    let mut accounts = properties(&alone("deploy/aggregator.yaml", &accounts), "Aggregator");
    accounts["AccountAggregationSources"][0]["AccountIds"] = json!(["123456789012"]);
    accounts["ConfigurationAggregatorName"] = json!("vitals-accounts");

    let deployment = deployment(&[("RuleEngine", engine)]);
    let rules = |pack: &Pack| pack.rules().map(|(_, rule)| rule["Properties"].clone()).collect::<Vec<_>>();
    let packs: BTreeMap<_, _> = deployment.packs.iter().map(|pack| (pack.name.clone(), rules(pack))).collect();
    json!({
        "recorder": recorder,
        "channel": channel,
        "aggregator": aggregator,
        "accounts_aggregator": accounts,
        "authorization": properties(&account, "Authorization"),
        "functions": functions(&deployment),
        "packs": packs,
    })
}

#[test]
fn moto_takes_recorder_channel_aggregators_and_every_rule() {
    for engine in ENGINES {
        assert_eq!(findings("tests/deploy_to_moto.py", &for_moto(engine)), Vec::<String>::new(), "{engine}");
    }
}

#[test]
fn moto_refuses_what_aws_config_would() {
    let mut given = for_moto("managed");
    given["packs"] = json!({"pack": [
        {"ConfigRuleName": "misspelled", "Source": {"Owner": "AWS", "SourceIdentifier": "ENCRYPTED_VOLUME"}},
        {"ConfigRuleName": "in-vain", "Source": {"Owner": "CUSTOM_LAMBDA", "SourceIdentifier":
            "arn:aws:lambda:us-east-1:123456789012:function:vitals-nothing"}},
    ]});
    let found = findings("tests/deploy_to_moto.py", &given);
    assert_eq!(found.len(), 2, "{found:?}");
}
