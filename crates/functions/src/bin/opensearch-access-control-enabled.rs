//! The Lambda function of `opensearch-access-control-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchAccessControlEnabled>()
}
