//! The Lambda function of `api-gw-cache-enabled-and-encrypted`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::apigateway::ApiGwCacheEnabledAndEncrypted>()
}
