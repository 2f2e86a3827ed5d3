//! The Lambda function of `api-gw-associated-with-waf`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::apigateway::ApiGwAssociatedWithWaf>()
}
