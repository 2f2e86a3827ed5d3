//! What Lambda's environment says of AWS: region, credentials, endpoints.
//!
//! The default chain of `aws-config` looks in profiles, at other services and in metadata of machines too. Lambda has all
//! of it in variables, and the rest would only make functions larger.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::{Region, SdkConfig};
use aws_sdk_config::config::SharedCredentialsProvider;
use aws_types::sdk_config::Builder;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

/// Reads an environment variable; one that is empty is not set.
type Read = fn(&str) -> Option<String>;

/// The process's environment.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What the environment says, to be completed with what it doesn't.
pub(crate) fn configure(read: Read) -> Builder {
    let flag = |name| read(name).map(|value| value.eq_ignore_ascii_case("true"));
    let mut config = SdkConfig::builder()
        .region(read("AWS_REGION").or_else(|| read("AWS_DEFAULT_REGION")).map(Region::new))
        .credentials_provider(SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new()))
        .service_config(Endpoints(read));
    config.set_use_fips(flag("AWS_USE_FIPS_ENDPOINT")).set_use_dual_stack(flag("AWS_USE_DUALSTACK_ENDPOINT"));
    config
}

/// An endpoint for one service, such as `AWS_ENDPOINT_URL_CONFIG_SERVICE`, or `AWS_ENDPOINT_URL` for all.
#[derive(Debug)]
struct Endpoints(Read);

impl LoadServiceConfig for Endpoints {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let service = key.service_id().to_uppercase().replace([' ', '-'], "_");
        (self.0)(&format!("{}_{service}", key.env())).or_else(|| (self.0)(key.env()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(config: &SdkConfig, service: &str) -> Option<String> {
        let key = ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url");
        config.service_config()?.load_config(key.build().expect("it is whole"))
    }

    #[test]
    fn regions_and_kinds_of_endpoint_are_read() {
        let config = configure(|name| match name {
            "AWS_REGION" => Some("us-gov-west-1".to_owned()),
            "AWS_USE_FIPS_ENDPOINT" => Some("True".to_owned()),
            "AWS_USE_DUALSTACK_ENDPOINT" => Some("false".to_owned()),
            _ => None,
        })
        .build();
        assert_eq!(config.region(), Some(&Region::new("us-gov-west-1")));
        assert_eq!((config.use_fips(), config.use_dual_stack()), (Some(true), Some(false)));
        assert_eq!(endpoint(&config, "Config Service"), None);

        let nothing = configure(|_| None).build();
        assert_eq!((nothing.region(), nothing.use_fips(), nothing.use_dual_stack()), (None, None, None));
    }

    #[test]
    fn an_endpoint_for_one_service_comes_before_that_for_all() {
        let config = configure(|name| match name {
            "AWS_ENDPOINT_URL_CONFIG_SERVICE" => Some("http://config".to_owned()),
            "AWS_ENDPOINT_URL" => Some("http://all".to_owned()),
            _ => None,
        })
        .build();
        assert_eq!(endpoint(&config, "Config Service").as_deref(), Some("http://config"));
        assert_eq!(endpoint(&config, "SNS").as_deref(), Some("http://all"));
    }
}
