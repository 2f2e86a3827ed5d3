//! The Lambda function of `config-delivery-channel-sns`.

fn main() -> std::process::ExitCode {
    lambda::run_facts::<rules::config::ConfigDeliveryChannelSns, _>(facts_config::delivery_channels)
}
