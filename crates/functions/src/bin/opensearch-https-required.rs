//! The Lambda function of `opensearch-https-required`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchHttpsRequired>()
}
