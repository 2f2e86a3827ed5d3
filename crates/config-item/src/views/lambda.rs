//! AWS Lambda.

use super::macros::{object, view};

view! {
    /// A function.
    pub struct Function("AWS::Lambda::Function") {
        configuration {
            /// `Zip` or `Image`.
            package_type: String = "packageType",
            /// The runtime; functions of package type `Image` have none.
            runtime: String = "runtime",
            /// The ARN of the execution role.
            role: String = "role",
            /// Memory in MB.
            memory_size: i64 = "memorySize",
            /// Longest time that a run may take, in seconds.
            timeout: i64 = "timeout",
            /// The VPC that the function is attached to; left out or without subnets where there is none.
            vpc_config: VpcConfig = "vpcConfig",
            /// Where events go that the function failed to handle.
            dead_letter_config: DeadLetterConfig = "deadLetterConfig",
        }
    }
}

object! {
    /// A function's attachment to a VPC.
    pub struct VpcConfig at "configuration.vpcConfig" {
        /// The subnets.
        subnet_ids: Vec<String> = "subnetIds",
    }
}

object! {
    /// Where events go that a function failed to handle.
    pub struct DeadLetterConfig at "configuration.deadLetterConfig" {
        /// The ARN of a queue or a topic.
        target_arn: String = "targetArn",
    }
}
