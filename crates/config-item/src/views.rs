//! Views by service, each field with its name on the wire.

mod macros;

pub mod acm;
pub mod apigateway;
pub mod autoscaling;
pub mod backup;
pub mod cloudformation;
pub mod cloudfront;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod codebuild;
pub mod dms;
pub mod dynamodb;
pub mod ec2;
pub mod ecs;
pub mod efs;
pub mod elasticbeanstalk;
pub mod elasticsearch;
pub mod elb;
pub mod iam;
pub mod kinesis;
pub mod kms;
pub mod lambda;
pub mod opensearch;
pub mod rds;
pub mod redshift;
pub mod s3;
pub mod sagemaker;
pub mod secretsmanager;
pub mod sns;
pub mod sqs;
pub mod ssm;
