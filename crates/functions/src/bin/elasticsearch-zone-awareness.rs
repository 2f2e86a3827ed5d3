//! The Lambda function of `elasticsearch-zone-awareness`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elasticsearch::ElasticsearchZoneAwareness>()
}
