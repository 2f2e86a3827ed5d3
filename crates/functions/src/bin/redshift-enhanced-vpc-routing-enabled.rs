//! The Lambda function of `redshift-enhanced-vpc-routing-enabled`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::redshift::RedshiftEnhancedVpcRoutingEnabled>()
}
