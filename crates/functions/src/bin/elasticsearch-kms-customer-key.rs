//! The Lambda function of `elasticsearch-kms-customer-key`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchKmsCustomerKey>()
}
