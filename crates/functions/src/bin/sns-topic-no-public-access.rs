//! The Lambda function of `sns-topic-no-public-access`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::sns::SnsTopicNoPublicAccess>()
}
