//! AWS Backup.

use super::macros::{object, view};

view! {
    /// A backup plan.
    pub struct BackupPlan("AWS::Backup::BackupPlan") {
        configuration {
            /// What the plan does.
            plan: Plan = "BackupPlan",
        }
    }
}

object! {
    /// What a backup plan does.
    pub struct Plan at "configuration.BackupPlan" {
        /// The plan's rules, each with a schedule of its own.
        rules: Vec<PlanRule> = "BackupPlanRule",
    }
}

object! {
    /// One rule of a backup plan.
    pub struct PlanRule at "configuration.BackupPlan.BackupPlanRule" {
        /// The rule's name.
        name: String = "RuleName",
        /// When it runs: `cron(0 5 * * ? *)`. Left out, it runs every day.
        schedule_expression: String = "ScheduleExpression",
        /// What becomes of its backups.
        lifecycle: PlanLifecycle = "Lifecycle",
    }
}

object! {
    /// What becomes of the backups of a plan's rule.
    pub struct PlanLifecycle at "configuration.BackupPlan.BackupPlanRule.Lifecycle" {
        /// Days until a backup is deleted; left out or -1, it is kept for ever.
        delete_after_days: i64 = "DeleteAfterDays",
    }
}

view! {
    /// A recovery point: one backup.
    pub struct RecoveryPoint("AWS::Backup::RecoveryPoint") {
        configuration {
            /// Whether it is encrypted.
            is_encrypted: bool = "IsEncrypted",
            /// What becomes of it.
            lifecycle: Lifecycle = "Lifecycle",
        }
    }
}

object! {
    /// What becomes of a recovery point.
    pub struct Lifecycle at "configuration.Lifecycle" {
        /// Days from its creation until it is deleted; left out or -1, it is kept for ever.
        delete_after_days: i64 = "DeleteAfterDays",
    }
}
