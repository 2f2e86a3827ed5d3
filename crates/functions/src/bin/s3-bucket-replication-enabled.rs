//! The Lambda function of `s3-bucket-replication-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::s3::S3BucketReplicationEnabled>()
}
