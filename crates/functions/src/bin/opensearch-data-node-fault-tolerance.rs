//! The Lambda function of `opensearch-data-node-fault-tolerance`.

fn main() -> std::process::ExitCode {
    lambda::run::<rules::opensearch::OpensearchDataNodeFaultTolerance>()
}
