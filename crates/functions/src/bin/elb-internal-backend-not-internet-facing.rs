//! The Lambda function of `elb-internal-backend-not-internet-facing`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::elb::ElbInternalBackendNotInternetFacing>()
}
