//! Amazon CloudWatch.

use super::macros::view;

view! {
    /// An alarm.
    pub struct Alarm("AWS::CloudWatch::Alarm") {
        configuration {
            /// Whether a change of state starts the actions at all.
            actions_enabled: bool = "actionsEnabled",
            /// What is started when the alarm goes off, by ARN.
            alarm_actions: Vec<String> = "alarmActions",
            /// What is started when data are lacking, by ARN.
            insufficient_data_actions: Vec<String> = "insufficientDataActions",
            /// What is started when all is well again, by ARN.
            ok_actions: Vec<String> = "okactions",
            /// The metric that is watched; absent where the alarm watches an expression over several.
            metric_name: String = "metricName",
            /// What the metric is compared with.
            threshold: f64 = "threshold",
            /// For how many periods.
            evaluation_periods: i64 = "evaluationPeriods",
            /// The length of a period, in seconds.
            period: i64 = "period",
            /// How: `GreaterThanThreshold` and the like.
            comparison_operator: String = "comparisonOperator",
            /// What is made of the metric's values in a period: `Average`, `Sum`; absent where it is a percentile.
            statistic: String = "statistic",
        }
    }
}
