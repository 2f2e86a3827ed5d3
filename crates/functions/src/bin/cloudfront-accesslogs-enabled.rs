//! The Lambda function of `cloudfront-accesslogs-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::cloudfront::CloudfrontAccesslogsEnabled>()
}
