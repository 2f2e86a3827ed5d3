//! The Lambda function of `log-shipping-agent-installed`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::ssm::LogShippingAgentInstalled>()
}
