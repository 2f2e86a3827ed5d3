//! The Lambda function of `elasticsearch-https-required`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchHttpsRequired>()
}
