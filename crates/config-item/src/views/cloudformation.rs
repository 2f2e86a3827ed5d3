//! AWS CloudFormation.

use super::macros::view;

view! {
    /// A stack.
    pub struct Stack("AWS::CloudFormation::Stack") {
        configuration {
            /// The stack that this one is nested in.
            parent_id: String = "parentId",
            /// `CREATE_COMPLETE` and the like.
            stack_status: String = "stackStatus",
            /// The topics that the stack's events are sent to, by ARN.
            notification_arns: Vec<String> = "notificationARNs",
            /// Whether the stack refuses to be deleted.
            enable_termination_protection: bool = "enableTerminationProtection",
        }
        supplementary {
            /// As `enableTerminationProtection` of the configuration.
            supplementary_termination_protection: bool = "EnableTerminationProtection",
            /// As `parentId` of the configuration.
            supplementary_parent_id: String = "ParentStackId",
        }
    }
}
