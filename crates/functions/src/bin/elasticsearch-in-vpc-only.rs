//! The Lambda function of `elasticsearch-in-vpc-only`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchInVpcOnly>()
}
