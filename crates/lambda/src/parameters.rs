//! Parameters of AWS Systems Manager, with the parts that every SDK client is made of: signing, retries and timeouts are
//! AWS's own.
//!
//! With the client that AWS generates for the service, restricted-ssh has 3.00 MB when packed, with this 2.73, without either
//! 2.63; and its compilation takes longer than that of all our crates.

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_sdk_config::config::BehaviorVersion;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{HttpStatusCodeClassifier, TransientErrorClassifier};
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::region::{Region, SigningRegion};
use aws_types::service_config::ServiceConfigKey;
use aws_types::{SdkConfig, SigningName};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::aws::{self, AwsError};

/// The parameters of the function's account and region.
pub(crate) struct Parameters {
    config: SdkConfig,
    endpoint: String,
}

/// One parameter.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) value: String,
    /// Seconds since 1970.
    last_modified_date: f64,
}

impl Parameter {
    /// When its value was last changed, to the second.
    pub(crate) fn modified(&self) -> Timestamp {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a time that is out of range is the last one that there is"
        )]
        Timestamp::from_second(self.last_modified_date as i64).unwrap_or(Timestamp::MAX)
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct One {
    parameter: Parameter,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Page {
    parameters: Vec<Parameter>,
    next_token: Option<String>,
}

/// What the service refuses, by its code and message.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Refusal(ErrorMetadata);

impl ProvideErrorMetadata for Refusal {
    fn meta(&self) -> &ErrorMetadata {
        &self.0
    }
}

impl Parameters {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        Self { config: config.clone(), endpoint: endpoint(config) }
    }

    /// A parameter's value.
    pub(crate) async fn get(&self, name: &str) -> Result<String, AwsError> {
        let One { parameter } = self.call("GetParameter", &json!({ "Name": name })).await?;
        Ok(parameter.value)
    }

    /// The parameters right beneath a path.
    pub(crate) async fn beneath(&self, path: &str) -> Result<Vec<Parameter>, AwsError> {
        let mut found = Vec::new();
        let mut request = json!({ "Path": path });
        loop {
            let page: Page = self.call("GetParametersByPath", &request).await?;
            found.extend(page.parameters);
            match page.next_token {
                Some(token) => request["NextToken"] = token.into(),
                None => return Ok(found),
            }
        }
    }

    /// Makes a parameter, or gives it another value.
    pub(crate) async fn put(&self, name: &str, value: &str) -> Result<(), AwsError> {
        let request = json!({ "Name": name, "Value": value, "Type": "String", "Overwrite": true });
        self.call::<Value>("PutParameter", &request).await.map(drop)
    }

    async fn call<T: DeserializeOwned>(&self, operation: &'static str, request: &Value) -> Result<T, AwsError> {
        let client = self.config.http_client().ok_or_else(|| AwsError::unexpected(operation, "no HTTP client"))?;
        let built = Operation::builder()
            .service_name("SSM")
            .operation_name(operation)
            .behavior_version(BehaviorVersion::latest())
            .http_client(client)
            .endpoint_url(&self.endpoint)
            .standard_retry(&aws::retries())
            .timeout_config(aws::timeouts())
            .retry_classifier(AwsErrorCodeClassifier::<Refusal>::new())
            .retry_classifier(TransientErrorClassifier::<Refusal>::new())
            .retry_classifier(HttpStatusCodeClassifier::default())
            .with_connection_poisoning()
            .runtime_plugin(self.signed())
            .serializer(move |body: String| Ok(http_request(operation, body)))
            .deserializer(answer)
            .build();
        let answer = aws::call(operation, built.invoke(request.to_string())).await?;
        serde_json::from_value(answer).map_err(|error| AwsError::unexpected(operation, &error.to_string()))
    }

    /// Signature version 4, as for every service.
    fn signed(&self) -> StaticRuntimePlugin {
        let mut config = Layer::new("signature");
        config.store_put(AuthSchemeOptionResolverParams::new(()));
        config.store_put(SigV4OperationSigningConfig {
            region: self.config.region().cloned().map(SigningRegion::from),
            name: Some(SigningName::from_static("ssm")),
            ..SigV4OperationSigningConfig::default()
        });
        let mut components = RuntimeComponentsBuilder::new("signature")
            .with_auth_scheme(SigV4AuthScheme::new())
            .with_auth_scheme_option_resolver(Some(StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID])));
        if let Some(credentials) = self.config.credentials_provider() {
            components.set_identity_resolver(SCHEME_ID, credentials);
        }
        StaticRuntimePlugin::new().with_config(config.freeze()).with_runtime_components(components)
    }
}

/// Where the service is: at the endpoint that the environment gives, or at its own.
fn endpoint(config: &SdkConfig) -> String {
    let key = ServiceConfigKey::builder().service_id("SSM").env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    let given = key.ok().and_then(|key| config.service_config()?.load_config(key));
    given.unwrap_or_else(|| {
        let region = config.region().map(Region::as_ref).unwrap_or_default();
        let fips = config.use_fips().unwrap_or_default() && !region.starts_with("us-gov-");
        let service = if fips { "ssm-fips" } else { "ssm" };
        let suffix = match (config.use_dual_stack().unwrap_or_default(), region.starts_with("cn-")) {
            (false, false) => "amazonaws.com",
            (false, true) => "amazonaws.com.cn",
            (true, false) => "api.aws",
            (true, true) => "api.amazonwebservices.com.cn",
        };
        format!("https://{service}.{region}.{suffix}")
    })
}

fn http_request(operation: &str, body: String) -> HttpRequest {
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST").expect("it is a method");
    request.headers_mut().insert("content-type", "application/x-amz-json-1.1");
    request.headers_mut().insert("x-amz-target", format!("AmazonSSM.{operation}"));
    request
}

fn answer(response: &HttpResponse) -> Result<Value, OrchestratorError<Refusal>> {
    let body = response.body().bytes().unwrap_or_default();
    let body: Result<Value, _> = serde_json::from_slice(body);
    if response.status().is_success() {
        return body.map_err(|error| OrchestratorError::response(error.into()));
    }
    let body = body.unwrap_or_default();
    let mut error = ErrorMetadata::builder();
    // The code may come with the namespace of the service's model before it.
    error = match body["__type"].as_str().and_then(|code| code.rsplit('#').next()) {
        Some(code) => error.code(code),
        None => error.code(format!("status {}", response.status().as_u16())),
    };
    if let Some(message) = ["message", "Message"].iter().find_map(|name| body[*name].as_str()) {
        error = error.message(message);
    }
    Err(OrchestratorError::operation(Refusal(error.build())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_has_an_endpoint_in_each_kind_of_region() {
        for (region, fips, dual_stack, expected) in [
            ("us-east-1", false, false, "https://ssm.us-east-1.amazonaws.com"),
            ("us-east-1", true, false, "https://ssm-fips.us-east-1.amazonaws.com"),
            ("eu-west-1", false, true, "https://ssm.eu-west-1.api.aws"),
            ("cn-north-1", false, false, "https://ssm.cn-north-1.amazonaws.com.cn"),
            ("us-gov-west-1", true, false, "https://ssm.us-gov-west-1.amazonaws.com"),
        ] {
            let config =
                SdkConfig::builder().region(Region::new(region)).use_fips(fips).use_dual_stack(dual_stack).build();
            assert_eq!(endpoint(&config), expected);
        }
    }
}
