//! Gathers facts from AWS Config itself.

use aws_sdk_config::Client;
use aws_sdk_config::primitives::DateTime;
use aws_sdk_config::types::{ConfigExportDeliveryInfo, ConfigStreamDeliveryInfo};
use jiff::Timestamp;
use lambda::{AwsError, SdkConfig};
use rules::config::{Delivery, DeliveryChannel, DeliveryChannels};

/// The delivery channels of the account and region, each with how its last deliveries went.
///
/// # Errors
///
/// [`AwsError`] where one of the two calls fails.
pub async fn delivery_channels(config: &SdkConfig) -> Result<DeliveryChannels, AwsError> {
    let client = Client::new(config);
    let channels = client
        .describe_delivery_channels()
        .send()
        .await
        .map_err(|error| AwsError::new("DescribeDeliveryChannels", &error))?;
    let statuses = client
        .describe_delivery_channel_status()
        .send()
        .await
        .map_err(|error| AwsError::new("DescribeDeliveryChannelStatus", &error))?;
    let channels = channels
        .delivery_channels()
        .iter()
        .map(|channel| {
            let status = statuses.delivery_channels_status().iter().find(|status| status.name() == channel.name());
            DeliveryChannel {
                name: channel.name().unwrap_or_default().to_owned(),
                bucket: channel.s3_bucket_name().map(str::to_owned),
                topic: channel.sns_topic_arn().map(str::to_owned),
                stream: stream(status.and_then(|status| status.config_stream_delivery_info())),
                history: export(status.and_then(|status| status.config_history_delivery_info())),
                snapshot: export(status.and_then(|status| status.config_snapshot_delivery_info())),
            }
        })
        .collect();
    Ok(DeliveryChannels { channels })
}

fn stream(info: Option<&ConfigStreamDeliveryInfo>) -> Delivery {
    Delivery {
        status: info.and_then(|info| info.last_status()).map(|status| status.as_str().to_owned()),
        error: info.and_then(|info| info.last_error_code()).map(str::to_owned),
        succeeded: None,
    }
}

fn export(info: Option<&ConfigExportDeliveryInfo>) -> Delivery {
    Delivery {
        status: info.and_then(|info| info.last_status()).map(|status| status.as_str().to_owned()),
        error: info.and_then(|info| info.last_error_code()).map(str::to_owned),
        succeeded: info.and_then(|info| info.last_successful_time()).and_then(timestamp),
    }
}

fn timestamp(time: &DateTime) -> Option<Timestamp> {
    Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()
}
