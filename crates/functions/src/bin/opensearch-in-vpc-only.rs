//! The Lambda function of `opensearch-in-vpc-only`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchInVpcOnly>()
}
