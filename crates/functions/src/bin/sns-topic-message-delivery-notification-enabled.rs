//! The Lambda function of `sns-topic-message-delivery-notification-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::sns::SnsTopicMessageDeliveryNotificationEnabled>()
}
