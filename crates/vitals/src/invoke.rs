//! `vitals invoke`: a rule's real binary, once.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use config_rule::Entry;
use local_config::{Compliance, Rule, Server, StoredEvaluation};
use serde_json::{Value, json};

use crate::cli::{Format, InvokeArgs};
use crate::{Ending, functions, select, stand_in, text};

/// What of the event the stand-in must know, so that it plays the AWS Config that sent it.
struct Sent {
    text: String,
    rule: String,
    account: String,
    region: String,
    token: Option<String>,
}

pub(crate) fn run(args: &InvokeArgs, out: &mut impl Write) -> Result<Ending> {
    let entry = select::rule(&args.rule)?;
    let sent = read_event(&args.event, entry)?;
    stand_in::block_on(async {
        let server = stand_in::start(stand_in::ANY_PORT, &args.inventory).await?;
        register(&server, &sent)?;
        let function = functions::start(&args.functions, entry, &sent.account, &sent.region, &server.url())?;
        let invocation = function.invoke(sent.text.clone()).await?;
        for line in &invocation.log {
            eprintln!("{line}");
        }
        let evaluations = server.state().evaluations(&sent.rule);
        write(out, args.format, entry, &sent, &evaluations)?;
        if !invocation.outcome.is_success() {
            return Err(anyhow!("the invocation did not succeed: {}", invocation.outcome));
        }
        let noncompliant = evaluations.iter().any(|evaluation| evaluation.compliance == Compliance::NonCompliant);
        Ok(if noncompliant { Ending::NonCompliant } else { Ending::Clean })
    })
}

fn read_event(path: &Path, entry: &Entry) -> Result<Sent> {
    let place = path.display();
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(path)
    };
    let text = text.with_context(|| format!("event {place} can't be read"))?;
    let event: Value = serde_json::from_str(&text).map_err(|error| anyhow!("event {place} is not JSON: {error}"))?;
    if event.get("invokingEvent").is_none() && event.get("resourceType").is_some() {
        return Err(anyhow!("{place} is a configuration item, not an event; judge it with `vitals check {place}`"));
    }
    let member = |name: &str| event.get(name).and_then(Value::as_str).map(str::to_owned);
    let region = member("configRuleArn").and_then(|arn| arn.split(':').nth(3).map(str::to_owned));
    Ok(Sent {
        rule: member("configRuleName").unwrap_or_else(|| entry.metadata.id.to_owned()),
        account: member("accountId").unwrap_or_else(|| "123456789012".to_owned()),
        region: region.filter(|region| !region.is_empty()).unwrap_or_else(|| "us-east-1".to_owned()),
        token: member("resultToken").filter(|token| !token.is_empty()),
        text,
    })
}

fn register(server: &Server, sent: &Sent) -> Result<()> {
    let mut rule = Rule::new(&sent.rule);
    rule.account.clone_from(&sent.account);
    rule.region.clone_from(&sent.region);
    server.state().register_rule(rule)?;
    if let Some(token) = &sent.token {
        server.state().accept_token(token, &sent.rule)?;
    }
    Ok(())
}

fn write(
    out: &mut impl Write,
    format: Format,
    entry: &Entry,
    sent: &Sent,
    evaluations: &[StoredEvaluation],
) -> Result<()> {
    match format {
        Format::Json => {
            let evaluations: Vec<_> = evaluations
                .iter()
                .map(|evaluation| {
                    json!({
                        "rule": entry.metadata.id,
                        "resourceType": evaluation.resource_type,
                        "resourceId": evaluation.resource_id,
                        "accountId": sent.account,
                        "region": sent.region,
                        "compliance": evaluation.compliance,
                        "annotation": evaluation.annotation,
                        "orderingTimestamp": evaluation.ordering_timestamp.to_string(),
                    })
                })
                .collect();
            serde_json::to_writer_pretty(&mut *out, &evaluations).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Table if evaluations.is_empty() => writeln!(out, "AWS Config would hold no evaluation of this rule.")?,
        Format::Table => {
            let mut table = text::plain_table(["RESOURCE", "COMPLIANCE", "AS OF", "ANNOTATION"]);
            for evaluation in evaluations {
                table.add_row([
                    format!("{} {}", evaluation.resource_type, evaluation.resource_id),
                    json!(evaluation.compliance).as_str().unwrap_or_default().to_owned(),
                    evaluation.ordering_timestamp.to_string(),
                    evaluation.annotation.clone().unwrap_or_default(),
                ]);
            }
            writeln!(out, "{}", table.trim_fmt())?;
        }
    }
    Ok(())
}
