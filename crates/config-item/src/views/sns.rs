//! Amazon SNS.

use super::macros::view;
use crate::Document;

view! {
    /// A topic.
    pub struct Topic("AWS::SNS::Topic") {
        configuration {
            /// The topic's policy.
            policy: Document = "Policy",
            /// The KMS key that messages are encrypted with, by id, ARN or alias; absent where they aren't.
            kms_master_key_id: String = "KmsMasterKeyId",
            /// The role that logs failed deliveries to applications on phones.
            application_failure_feedback_role_arn: String = "ApplicationFailureFeedbackRoleArn",
            /// The role that logs successful deliveries to applications on phones.
            application_success_feedback_role_arn: String = "ApplicationSuccessFeedbackRoleArn",
            /// The role that logs failed deliveries to Firehose streams.
            firehose_failure_feedback_role_arn: String = "FirehoseFailureFeedbackRoleArn",
            /// The role that logs successful deliveries to Firehose streams.
            firehose_success_feedback_role_arn: String = "FirehoseSuccessFeedbackRoleArn",
            /// The role that logs failed deliveries to web servers.
            http_failure_feedback_role_arn: String = "HTTPFailureFeedbackRoleArn",
            /// The role that logs successful deliveries to web servers.
            http_success_feedback_role_arn: String = "HTTPSuccessFeedbackRoleArn",
            /// The role that logs failed deliveries to functions.
            lambda_failure_feedback_role_arn: String = "LambdaFailureFeedbackRoleArn",
            /// The role that logs successful deliveries to functions.
            lambda_success_feedback_role_arn: String = "LambdaSuccessFeedbackRoleArn",
            /// The role that logs failed deliveries to queues.
            sqs_failure_feedback_role_arn: String = "SQSFailureFeedbackRoleArn",
            /// The role that logs successful deliveries to queues.
            sqs_success_feedback_role_arn: String = "SQSSuccessFeedbackRoleArn",
        }
    }
}
