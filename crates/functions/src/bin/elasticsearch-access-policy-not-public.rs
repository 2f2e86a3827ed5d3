//! The Lambda function of `elasticsearch-access-policy-not-public`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchAccessPolicyNotPublic>()
}
