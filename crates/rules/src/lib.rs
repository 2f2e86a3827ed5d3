//! Every rule of Vitals: one file each, by service. Pure: no network, no clock, no environment, no AWS SDK.

pub mod acm;
pub mod apigateway;
pub mod autoscaling;
pub mod backup;
pub mod cloudformation;
pub mod cloudfront;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod codebuild;
pub mod config;
pub mod dms;
pub mod dynamodb;
pub mod ebs;
pub mod ec2;
pub mod ecs;
pub mod efs;
pub mod elasticbeanstalk;
pub mod elasticsearch;
pub mod elb;
pub mod iam;
mod keys;
pub mod kinesis;
pub mod kms;
pub mod lambda;
mod names;
pub mod opensearch;
mod policies;
pub mod rds;
pub mod redshift;
pub mod s3;
pub mod sagemaker;
pub mod secretsmanager;
pub mod sns;
pub mod sqs;
pub mod ssm;
mod switches;
mod tags;
pub mod vpc;
mod words;

use config_rule::Entry;

/// The registry, a slice a service.
const SERVICES: &[&[Entry]] = &[
    acm::RULES,
    apigateway::RULES,
    autoscaling::RULES,
    backup::RULES,
    cloudformation::RULES,
    cloudfront::RULES,
    cloudtrail::RULES,
    cloudwatch::RULES,
    codebuild::RULES,
    config::RULES,
    dms::RULES,
    dynamodb::RULES,
    ebs::RULES,
    ec2::RULES,
    ecs::RULES,
    efs::RULES,
    elasticbeanstalk::RULES,
    elasticsearch::RULES,
    elb::RULES,
    iam::RULES,
    kinesis::RULES,
    kms::RULES,
    lambda::RULES,
    opensearch::RULES,
    rds::RULES,
    redshift::RULES,
    s3::RULES,
    sagemaker::RULES,
    secretsmanager::RULES,
    sns::RULES,
    sqs::RULES,
    ssm::RULES,
    vpc::RULES,
];

/// Every rule, by service and then by id.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    SERVICES.iter().copied().flatten()
}

/// The rule with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.metadata.id == id)
}
