use config_item::{Item, views::sns};
use config_rule::{CannotJudge, Context, Home, Managed, Rule, Severity, Trigger, Verdict, rule};

rule! {
    /// SNS topics log whether their messages were delivered.
    ///
    /// An alarm that nobody received looks like no alarm at all, unless the topic logs its deliveries. At least one kind
    /// of subscriber (web servers, Firehose streams, functions, phones, queues) must have a role for the log of its
    /// failed or its successful deliveries. Which kinds the topic's subscribers are is not in the item. Never not
    /// applicable.
    pub struct SnsTopicMessageDeliveryNotificationEnabled {
        id: "sns-topic-message-delivery-notification-enabled",
        since: "0.1.0",
        severity: Severity::Medium,
        trigger: Trigger::OnChange,
        home: Home::Regional,
        managed: Managed::Equivalent("SNS_TOPIC_MESSAGE_DELIVERY_NOTIFICATION_ENABLED"),
        remediation: "Name a role that may write to CloudWatch Logs, for each kind of subscriber that the topic has: `aws sns set-topic-attributes --topic-arn <topic> --attribute-name SQSFailureFeedbackRoleArn --attribute-value <role>`.",
    }
}

impl Rule for SnsTopicMessageDeliveryNotificationEnabled {
    type View = sns::Topic;
    type Params = Params;

    fn evaluate(topic: &Item<'_, sns::Topic>, _: &Params, _: &Context) -> Result<Verdict, CannotJudge> {
        let roles = [
            topic.application_failure_feedback_role_arn()?,
            topic.application_success_feedback_role_arn()?,
            topic.firehose_failure_feedback_role_arn()?,
            topic.firehose_success_feedback_role_arn()?,
            topic.http_failure_feedback_role_arn()?,
            topic.http_success_feedback_role_arn()?,
            topic.lambda_failure_feedback_role_arn()?,
            topic.lambda_success_feedback_role_arn()?,
            topic.sqs_failure_feedback_role_arn()?,
            topic.sqs_success_feedback_role_arn()?,
        ];
        Ok(if roles.into_iter().flatten().any(|role| !role.is_empty()) {
            Verdict::Compliant
        } else {
            Verdict::non_compliant("the topic logs deliveries to no kind of subscriber")
        })
    }
}
