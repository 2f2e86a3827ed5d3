//! Every function of the registry: the binary says what the rule says.

use std::process::Command;

use config_item::ConfigurationItem;
use config_rule::{Context, Entry, Kind, ParameterMap};
use serde_json::Value;

use crate::support::{
    REGION, SSL, Stage, assert_succeeded, binary, project, read_json, run, start, summary, time, with_invoking,
};

/// What a rule says of the resource of its sample event.
type Said = (String, String, &'static str, Option<String>);

#[test]
fn every_function_puts_what_its_rule_says() {
    let mut wrong = Vec::new();
    for entry in rules::all() {
        if let Err(problem) = check(entry) {
            wrong.push(format!("{}: {problem}", entry.metadata.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(entry: &Entry) -> Result<(), String> {
    let id = entry.metadata.id;
    let event = read_json(project().join("events").join(id).with_extension("json"));
    let text = |member: &str| event[member].as_str().unwrap_or_default();
    let (account, region) = (text("accountId"), text("configRuleArn").split(':').nth(3).unwrap_or_default());

    let stage = Stage::with(text("configRuleName"));
    stage.set_channels(read_json(project().join("examples/delivery-channels.json")));
    let mut spec = stage.spec(id);
    account.clone_into(&mut spec.account);
    region.clone_into(&mut spec.region);
    let invocation = stage.invoke(&start(spec), &event);
    if !invocation.outcome.is_success() {
        return Err(format!("{}", invocation.outcome));
    }

    let put: Vec<Said> = stage
        .state()
        .evaluations(id)
        .into_iter()
        .map(|put| (put.resource_type, put.resource_id, put.compliance.name(), put.annotation))
        .collect();
    let right = match &entry.kind {
        Kind::Item { .. } => put == [offline(entry, &event, account, region)?],
        Kind::Facts { .. } => {
            matches!(put.as_slice(), [(kind, id, ..)] if entry.resource_types == [kind] && id == account)
        }
    };
    if right { Ok(()) } else { Err(format!("AWS Config holds {put:?}")) }
}

fn offline(entry: &Entry, event: &Value, account: &str, region: &str) -> Result<Said, String> {
    let Kind::Item { configure, .. } = &entry.kind else { return Err("it judges no items".to_owned()) };
    let invoking = event["invokingEvent"].as_str().ok_or("its event has no `invokingEvent`")?;
    let invoking: Value = serde_json::from_str(invoking).map_err(|error| error.to_string())?;
    let text = invoking["configurationItem"].to_string();
    let item = ConfigurationItem::from_json(&text).map_err(|error| error.to_string())?;
    let cx = Context {
        now: time(invoking["notificationCreationTime"].as_str().ok_or("its event says no time")?),
        account: account.to_owned(),
        region: region.to_owned(),
    };
    let parameters = ParameterMap::from_json(event["ruleParameters"].as_str()).map_err(|error| error.to_string())?;
    let rule = configure(&parameters).map_err(|error| error.to_string())?;
    let verdict = rule.judge(&item, &cx).map_err(|error| error.to_string())?;
    let (kind, id) = (item.resource_type().to_owned(), item.resource_id().to_owned());
    Ok((kind, id, verdict.compliance().as_str(), verdict.annotation()))
}

/// What the API returns is encoded otherwise than what the event holds: each supplementary value once more, times as
/// numbers, relationships under other names.
#[test]
fn an_oversized_item_is_judged_as_if_the_event_held_it() {
    for entry in rules::all().filter(|entry| matches!(entry.kind, Kind::Item { .. })) {
        let id = entry.metadata.id;
        let change = read_json(project().join("events").join(id).with_extension("json"));
        let stage = Stage::with(change["configRuleName"].as_str().expect("the event names its rule"));
        let oversized = with_invoking(change.clone(), |inner| {
            let item = inner["configurationItem"].take();
            stage.put_items([&item]);
            inner["configurationItemSummary"] = summary(&item);
            inner["messageType"] = "OversizedConfigurationItemChangeNotification".into();
        });
        let function = stage.function(id);
        for event in [&change, &oversized] {
            assert_succeeded(&stage.invoke(&function, event));
        }
        let [of_change, of_oversized] = stage.puts().try_into().expect("each event is one call");
        assert_eq!(of_oversized, of_change, "{id}");
    }
}

/// Somebody who starts a function by hand learns what it is.
#[test]
fn every_function_explains_itself_outside_lambda() {
    let mut wrong = Vec::new();
    for entry in rules::all() {
        let id = entry.metadata.id;
        let ended = run(Command::new(binary(id)).env_remove("AWS_LAMBDA_RUNTIME_API"), b"");
        let told =
            format!("error: this is a Lambda function: run it with `vitals invoke {id} --event FILE`, or deploy it\n");
        if (ended.code, ended.stdout.as_str(), ended.stderr.as_str()) != (Some(2), "", told.as_str()) {
            wrong.push(format!("{id}: {ended:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lambda starts the process anew, and its log says why.
#[test]
fn a_function_that_can_not_reach_lambda_ends_and_says_why() {
    for (address, told) in [
        ("127.0.0.1:1", "error: Lambda's Runtime API can't be reached: "),
        ("not an address", "error: `not an address` is no address of Lambda's Runtime API: invalid uri character\n"),
    ] {
        let ended =
            run(Command::new(binary(SSL)).env("AWS_LAMBDA_RUNTIME_API", address).env("AWS_REGION", REGION), b"");
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{}", ended.stderr);
        assert!(ended.stderr.starts_with(told) && ended.stderr.lines().count() == 1, "{}", ended.stderr);
    }
}
