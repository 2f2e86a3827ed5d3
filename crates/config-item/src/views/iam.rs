//! AWS Identity and Access Management.

use super::macros::{object, one_of, view};
use crate::Document;

view! {
    /// A customer managed policy.
    pub struct Policy("AWS::IAM::Policy") {
        configuration {
            /// The policy's ARN; that of a policy of AWS has `aws` in place of the account.
            arn: String = "arn",
            /// The version in force.
            default_version_id: String = "defaultVersionId",
            /// How many users, groups and roles the policy is attached to.
            attachment_count: i64 = "attachmentCount",
            /// How many users and roles have the policy as their permissions boundary.
            permissions_boundary_usage_count: i64 = "permissionsBoundaryUsageCount",
            /// The versions of the policy.
            policy_version_list: Vec<PolicyVersion> = "policyVersionList",
        }
    }
}

object! {
    /// One version of a managed policy.
    pub struct PolicyVersion at "configuration.policyVersionList" {
        /// The version: `v1`.
        version_id: String = "versionId",
        /// Whether this version is in force.
        is_default_version: bool = "isDefaultVersion",
        /// The policy.
        document: Document = "document",
    }
}

view! {
    /// A user.
    pub struct User("AWS::IAM::User") {
        configuration {
            /// The groups that the user is in, by name.
            group_list: Vec<String> = "groupList",
            /// The managed policies attached to the user.
            attached_managed_policies: Vec<AttachedPolicy> = "attachedManagedPolicies",
            /// The policies written into the user.
            user_policy_list: Vec<InlinePolicy> = "userPolicyList",
        }
    }
}

view! {
    /// A group.
    pub struct Group("AWS::IAM::Group") {
        configuration {
            /// The managed policies attached to the group.
            attached_managed_policies: Vec<AttachedPolicy> = "attachedManagedPolicies",
            /// The policies written into the group.
            group_policy_list: Vec<InlinePolicy> = "groupPolicyList",
        }
    }
}

view! {
    /// A role.
    pub struct Role("AWS::IAM::Role") {
        configuration {
            /// The role's path; that of a service-linked role begins with `/aws-service-role/`.
            path: String = "path",
            /// The role's name.
            role_name: String = "roleName",
            /// Who may assume the role, and when.
            assume_role_policy_document: Document = "assumeRolePolicyDocument",
            /// The policy that bounds what the role may ever do; absent where none does.
            permissions_boundary: PermissionsBoundary = "permissionsBoundary",
            /// The managed policies attached to the role.
            attached_managed_policies: Vec<AttachedPolicy> = "attachedManagedPolicies",
            /// The policies written into the role.
            role_policy_list: Vec<InlinePolicy> = "rolePolicyList",
        }
    }
}

object! {
    /// The policy that bounds what a role may ever do.
    pub struct PermissionsBoundary at "configuration.permissionsBoundary" {
        /// The policy's ARN.
        permissions_boundary_arn: String = "permissionsBoundaryArn",
    }
}

object! {
    /// A managed policy attached to a user, group or role.
    pub struct AttachedPolicy at "configuration.attachedManagedPolicies" {
        /// The policy's name.
        policy_name: String = "policyName",
        /// The policy's ARN.
        policy_arn: String = "policyArn",
    }
}

object! {
    /// A policy written into a user, group or role.
    pub struct InlinePolicy at "configuration.*PolicyList" {
        /// The policy's name.
        policy_name: String = "policyName",
    }
}

one_of! {
    /// Whoever may carry policies.
    pub enum Identity {
        /// A user.
        User(User) = "AWS::IAM::User",
        /// A group.
        Group(Group) = "AWS::IAM::Group",
        /// A role.
        Role(Role) = "AWS::IAM::Role",
    }
}
