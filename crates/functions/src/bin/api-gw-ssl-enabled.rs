//! The Lambda function of `api-gw-ssl-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::apigateway::ApiGwSslEnabled>()
}
