//! The Lambda function of `vpc-flow-logs-to-central-destination`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::vpc::VpcFlowLogsToCentralDestination>()
}
