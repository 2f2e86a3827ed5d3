//! Delivery channels and how their deliveries went: the shapes of `DescribeDeliveryChannels` and
//! `DescribeDeliveryChannelStatus`, exactly as in the service model.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::time;

/// The answers of both operations side by side. A file with the outputs of `aws configservice
/// describe-delivery-channels` and `describe-delivery-channel-status` merged into one object is read as it is: times
/// may be ISO 8601, as the AWS CLI prints them, or seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct DeliveryChannels {
    /// The channels; AWS allows one a region.
    pub delivery_channels: Vec<DeliveryChannel>,
    /// The state of each channel's deliveries.
    pub delivery_channels_status: Vec<DeliveryChannelStatus>,
}

/// Where AWS Config delivers to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeliveryChannel {
    /// The channel's name, usually `default`.
    pub name: String,
    /// The bucket of history files and snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3_bucket_name: Option<String>,
    /// The prefix within the bucket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3_key_prefix: Option<String>,
    /// The key that delivered objects are encrypted with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3_kms_key_arn: Option<String>,
    /// The topic that is told of every change.
    #[serde(default, rename = "snsTopicARN", skip_serializing_if = "Option::is_none")]
    pub sns_topic_arn: Option<String>,
    /// How often snapshots are delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_snapshot_delivery_properties: Option<SnapshotProperties>,
}

/// How often snapshots are delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SnapshotProperties {
    /// `One_Hour`, `Three_Hours`, `Six_Hours`, `Twelve_Hours` or `TwentyFour_Hours`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_frequency: Option<String>,
}

/// How the deliveries of one channel went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeliveryChannelStatus {
    /// The channel's name.
    pub name: String,
    /// The snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_snapshot_delivery_info: Option<ExportDeliveryInfo>,
    /// The history files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_history_delivery_info: Option<ExportDeliveryInfo>,
    /// The notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_stream_delivery_info: Option<StreamDeliveryInfo>,
}

/// How a delivery to the bucket went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct ExportDeliveryInfo {
    /// How the last delivery ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_status: Option<DeliveryStatus>,
    /// The error's code, for instance `AccessDenied`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error_code: Option<String>,
    /// The error in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error_message: Option<String>,
    /// When a delivery was last tried.
    #[serde(with = "time::optional", skip_serializing_if = "Option::is_none")]
    pub last_attempt_time: Option<Timestamp>,
    /// When a delivery last succeeded.
    #[serde(with = "time::optional", skip_serializing_if = "Option::is_none")]
    pub last_successful_time: Option<Timestamp>,
    /// When the next delivery is due.
    #[serde(with = "time::optional", skip_serializing_if = "Option::is_none")]
    pub next_delivery_time: Option<Timestamp>,
}

/// How a delivery to the topic went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StreamDeliveryInfo {
    /// How the last delivery ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_status: Option<DeliveryStatus>,
    /// The error's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error_code: Option<String>,
    /// The error in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_error_message: Option<String>,
    /// When the status last changed.
    #[serde(with = "time::optional", skip_serializing_if = "Option::is_none")]
    pub last_status_change_time: Option<Timestamp>,
}

/// How a delivery ended. AWS's examples show the first two in capitals as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliveryStatus {
    /// It arrived.
    #[serde(alias = "SUCCESS")]
    Success,
    /// It did not; code and message say why.
    #[serde(alias = "FAILURE")]
    Failure,
    /// Nothing is to be delivered.
    #[serde(rename = "Not_Applicable")]
    NotApplicable,
}
