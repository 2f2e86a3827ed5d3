//! The Lambda function of `api-gw-execution-logging-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::apigateway::ApiGwExecutionLoggingEnabled>()
}
