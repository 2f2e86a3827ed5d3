//! AWS Security Finding Format, for Security Hub's `BatchImportFindings`: a line a call.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Result, bail};
use config_rule::{Compliance, Severity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::record::{Record, Totals, append_json};
use crate::sink::place::Place;
use crate::sink::{Sink, Worded, Wording, write_json};

/// Most findings that one call takes.
const BATCH: usize = 100;

/// Most characters of a finding's id (Security Hub's user guide, "Required top-level ASFF attributes").
const LONGEST_ID: usize = 512;

/// Most characters of a title, of a description and of a recommendation.
const LONGEST_TITLE: usize = 256;
const LONGEST_DESCRIPTION: usize = 1024;
const LONGEST_RECOMMENDATION: usize = 512;

/// Most requirements that a finding names, and most characters of one.
const REQUIREMENTS: usize = 32;
const LONGEST_REQUIREMENT: usize = 64;

/// AWS Config's types whose names in the format don't follow from theirs.
const NAMES: [(&str, &str); 9] = [
    ("AWS::ACM::Certificate", "AwsCertificateManagerCertificate"),
    ("AWS::EC2::EIP", "AwsEc2Eip"),
    ("AWS::EC2::VPC", "AwsEc2Vpc"),
    ("AWS::EC2::VPNConnection", "AwsEc2VpnConnection"),
    ("AWS::ElasticLoadBalancing::LoadBalancer", "AwsElbLoadBalancer"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer"),
    ("AWS::OpenSearch::Domain", "AwsOpenSearchServiceDomain"),
    ("AWS::S3::AccountPublicAccessBlock", "AwsS3AccountPublicAccessBlock"),
    ("AWS::WAFv2::WebACL", "AwsWafv2WebAcl"),
];

/// Types that have the name that follows from theirs (`ResourceDetails` in Security Hub's service model).
const REGULAR: [&str; 53] = [
    "AwsApiGatewayRestApi",
    "AwsApiGatewayStage",
    "AwsApiGatewayV2Api",
    "AwsApiGatewayV2Stage",
    "AwsAutoScalingAutoScalingGroup",
    "AwsAutoScalingLaunchConfiguration",
    "AwsBackupBackupPlan",
    "AwsBackupBackupVault",
    "AwsBackupRecoveryPoint",
    "AwsCloudFormationStack",
    "AwsCloudFrontDistribution",
    "AwsCloudTrailTrail",
    "AwsCloudWatchAlarm",
    "AwsCodeBuildProject",
    "AwsDmsReplicationInstance",
    "AwsDynamoDbTable",
    "AwsEc2ClientVpnEndpoint",
    "AwsEc2Instance",
    "AwsEc2LaunchTemplate",
    "AwsEc2NetworkAcl",
    "AwsEc2NetworkInterface",
    "AwsEc2RouteTable",
    "AwsEc2SecurityGroup",
    "AwsEc2Subnet",
    "AwsEc2TransitGateway",
    "AwsEc2Volume",
    "AwsEc2VpcPeeringConnection",
    "AwsEcrRepository",
    "AwsEcsCluster",
    "AwsEcsService",
    "AwsEcsTaskDefinition",
    "AwsEfsAccessPoint",
    "AwsEksCluster",
    "AwsElasticBeanstalkEnvironment",
    "AwsElasticsearchDomain",
    "AwsIamGroup",
    "AwsIamPolicy",
    "AwsIamRole",
    "AwsIamUser",
    "AwsKinesisStream",
    "AwsKmsKey",
    "AwsLambdaFunction",
    "AwsMskCluster",
    "AwsRdsDbCluster",
    "AwsRdsDbClusterSnapshot",
    "AwsRdsDbInstance",
    "AwsRdsDbSnapshot",
    "AwsRdsEventSubscription",
    "AwsRedshiftCluster",
    "AwsS3Bucket",
    "AwsSecretsManagerSecret",
    "AwsSnsTopic",
    "AwsSqsQueue",
];

pub(crate) struct Asff<'a> {
    /// What waits for its call: findings go to the Security Hub of their account and region.
    waiting: BTreeMap<(String, String), Vec<Value>>,
    out: &'a mut dyn Write,
}

impl<'a> Asff<'a> {
    pub(crate) fn new(out: &'a mut dyn Write) -> Self {
        Self { waiting: BTreeMap::new(), out }
    }

    fn call(out: &mut dyn Write, findings: &[Value]) -> Result<()> {
        write_json(out, &json!({ "Findings": findings }))?;
        Ok(writeln!(out)?)
    }
}

/// What becomes of a verdict.
#[derive(Deserialize, Serialize)]
enum Made {
    /// A finding of an account and a region.
    Finding(String, String, Value),
    /// None: the resource, by type and id, has no account or no region.
    Nowhere(String, String),
}

/// What becomes of a verdict, as JSON.
pub(super) fn wording(now: Timestamp) -> Wording<'static> {
    Box::new(move |records, worded| {
        for record in records {
            let made = match (record.account_id, Place::of(record)) {
                (Some(account), Some(place)) => {
                    let finding = finding(record, account, &place, now);
                    Made::Finding(account.to_owned(), place.region.to_owned(), finding)
                }
                _ => Made::Nowhere(record.resource_type.to_owned(), record.resource_id.to_owned()),
            };
            worded.push(record, |into| append_json(into, &made));
        }
    })
}

impl Sink for Asff<'_> {
    fn take(&mut self, made: Worded) -> Result<()> {
        for verdict in made.verdicts() {
            let (account, region, finding) = match serde_json::from_slice(verdict.text)? {
                Made::Finding(account, region, finding) => (account, region, finding),
                Made::Nowhere(resource_type, id) => bail!(
                    "{resource_type} {id} has no account or no region, and Security Hub takes no finding without; name \
                     what to judge with --account or --region, or choose another --format"
                ),
            };
            let waiting = self.waiting.entry((account, region)).or_default();
            waiting.push(finding);
            if waiting.len() == BATCH {
                Self::call(self.out, waiting)?;
                waiting.clear();
            }
        }
        Ok(())
    }

    fn finish(&mut self, _totals: &Totals, _complete: bool) -> Result<()> {
        for findings in self.waiting.values().filter(|findings| !findings.is_empty()) {
            Self::call(self.out, findings)?;
        }
        Ok(())
    }
}

fn finding(record: &Record<'_>, account: &str, place: &Place<'_>, now: Timestamp) -> Value {
    let metadata = record.entry.metadata;
    let resource = record.arn.unwrap_or(record.resource_id);
    let name = record.resource_name.unwrap_or(record.resource_id);
    let (status, state) = match record.compliance {
        Compliance::Compliant => ("PASSED", "ACTIVE"),
        Compliance::NonCompliant => ("FAILED", "ACTIVE"),
        // What is gone, or was never to be judged, leaves the list of findings.
        Compliance::NotApplicable => ("NOT_AVAILABLE", "ARCHIVED"),
    };
    let workflow = match (record.compliance, record.exception) {
        (Compliance::NonCompliant, Some(_)) => "SUPPRESSED",
        (Compliance::NonCompliant, None) => "NEW",
        _ => "RESOLVED",
    };
    let label = if record.compliance == Compliance::NonCompliant { label(metadata.severity) } else { "INFORMATIONAL" };
    let mut finding = json!({
        "SchemaVersion": "2018-10-08",
        "Id": id(record, account),
        "ProductArn": format!("arn:{0}:securityhub:{1}:{account}:product/{account}/default", place.partition, place.region),
        "GeneratorId": format!("vitals/{}", metadata.id),
        "AwsAccountId": account,
        "Types": ["Software and Configuration Checks/Industry and Regulatory Standards"],
        "CreatedAt": now,
        "UpdatedAt": now,
        "Severity": { "Label": label, "Original": metadata.severity.as_str() },
        "Title": cut(metadata.title(), LONGEST_TITLE),
        "Description": cut(&format!("{name}: {}", record.annotation.unwrap_or("complies")), LONGEST_DESCRIPTION),
        "Remediation": { "Recommendation": { "Text": cut(metadata.remediation, LONGEST_RECOMMENDATION) } },
        "ProductFields": { "vitals/rule": metadata.id, "vitals/version": env!("CARGO_PKG_VERSION") },
        "Resources": [{
            "Type": resource_type(record.resource_type),
            "Id": cut(resource, LONGEST_ID),
            "Partition": place.partition,
            "Region": place.region,
            "Details": { "Other": { "resourceType": record.resource_type, "resourceId": cut(record.resource_id, LONGEST_DESCRIPTION) } },
        }],
        "Compliance": { "Status": status, "RelatedRequirements": requirements(metadata.id) },
        "Workflow": { "Status": workflow },
        "RecordState": state,
    });
    if let Some(exception) = record.exception {
        let words =
            format!("{} until {}, {}: {}", exception.ticket, exception.expires, exception.owner, exception.reason);
        finding["ProductFields"]["vitals/exception"] = cut(&words, LONGEST_DESCRIPTION).into();
    }
    finding
}

/// Stays the same from run to run, so that Security Hub updates what it has.
fn id(record: &Record<'_>, account: &str) -> String {
    let region = record.region.unwrap_or_default();
    let id = format!(
        "vitals/{}/{account}/{region}/{}/{}",
        record.entry.metadata.id, record.resource_type, record.resource_id
    );
    if id.chars().count() <= LONGEST_ID {
        return id;
    }
    let digest: Vec<_> = Sha256::digest(&id).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{}/{}", cut(&id, LONGEST_ID - 33), digest.concat())
}

/// The controls that published mappings name, as `NIST SP 800-53 r5 AC-2`; the format has room for some.
fn requirements(rule: &'static str) -> Vec<String> {
    let controls = frameworks::all()
        .iter()
        .filter(|framework| framework.superseded_by.is_none())
        .flat_map(|framework| framework.controls_of(rule).map(|control| format!("{} {}", framework.cite, control.id)));
    controls.filter(|control| control.chars().count() <= LONGEST_REQUIREMENT).take(REQUIREMENTS).collect()
}

fn label(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "CRITICAL",
        Severity::High => "HIGH",
        Severity::Medium => "MEDIUM",
        Severity::Low => "LOW",
    }
}

/// What the format calls a type of AWS Config.
fn resource_type(name: &str) -> String {
    if let Some((_, theirs)) = NAMES.iter().find(|(ours, _)| *ours == name) {
        return (*theirs).to_owned();
    }
    let regular: String = name.split("::").map(camel).collect();
    if REGULAR.contains(&regular.as_str()) { regular } else { "Other".to_owned() }
}

/// `DBInstance` → `DbInstance`, `IAM` → `Iam`: of capitals in a row, the first stays, and the last where a word begins.
fn camel(name: &str) -> String {
    let letters: Vec<_> = name.chars().collect();
    let lower = |place: usize| {
        let before = place > 0 && letters[place - 1].is_ascii_uppercase();
        let after = letters.get(place + 1).is_none_or(|next| !next.is_ascii_lowercase());
        before && after
    };
    letters.iter().enumerate().map(|(place, c)| if lower(place) { c.to_ascii_lowercase() } else { *c }).collect()
}

/// At most so many characters, the last three of them dots where there were more.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(most - 3).collect();
    kept.push_str("...");
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_called_what_security_hub_calls_them() {
        for (ours, theirs) in [
            ("AWS::S3::Bucket", "AwsS3Bucket"),
            ("AWS::RDS::DBInstance", "AwsRdsDbInstance"),
            ("AWS::DynamoDB::Table", "AwsDynamoDbTable"),
            ("AWS::EC2::VPC", "AwsEc2Vpc"),
            ("AWS::EC2::NetworkAcl", "AwsEc2NetworkAcl"),
            ("AWS::IAM::Role", "AwsIamRole"),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer"),
            ("AWS::EC2::FlowLog", "Other"),
        ] {
            assert_eq!(resource_type(ours), theirs, "{ours}");
        }
    }

    #[test]
    fn long_text_is_cut_by_characters() {
        assert_eq!(cut("ééééé", 5), "ééééé");
        assert_eq!(cut("éééééé", 5), "éé...");
    }
}
