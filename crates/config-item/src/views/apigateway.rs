//! Amazon API Gateway.

use std::collections::BTreeMap;

use super::macros::{object, one_of, view};

view! {
    /// A stage of a REST API.
    pub struct Stage("AWS::ApiGateway::Stage") {
        configuration {
            /// The ARN of the stage's web ACL.
            web_acl_arn: String = "webAclArn",
            /// The certificate that the stage presents to its backends.
            client_certificate_id: String = "clientCertificateId",
            /// Whether the stage has a cache.
            cache_cluster_enabled: bool = "cacheClusterEnabled",
            /// Settings by method: `*/*` for all, `~1claims/GET` for one.
            method_settings: BTreeMap<String, MethodSettings> = "methodSettings",
        }
    }
}

object! {
    /// The settings of one method, or of all.
    pub struct MethodSettings at "configuration.methodSettings.*" {
        /// What is logged of the method's execution: `OFF`, `ERROR` or `INFO`.
        logging_level: String = "loggingLevel",
        /// Whether answers are cached.
        caching_enabled: bool = "cachingEnabled",
        /// Whether what is cached is encrypted.
        cache_data_encrypted: bool = "cacheDataEncrypted",
    }
}

view! {
    /// A stage of an HTTP or WebSocket API.
    pub struct StageV2("AWS::ApiGatewayV2::Stage") {
        configuration {
            /// The stage's name; only HTTP APIs can have one called `$default`.
            stage_name: String = "stageName",
            /// Settings of routes without their own.
            default_route_settings: DefaultRouteSettings = "defaultRouteSettings",
            /// Settings by route.
            route_settings: BTreeMap<String, RouteSettings> = "routeSettings",
        }
    }
}

object! {
    /// Settings of routes without their own.
    pub struct DefaultRouteSettings at "configuration.defaultRouteSettings" {
        /// What is logged of a route's execution: `OFF`, `ERROR` or `INFO`; HTTP APIs have none.
        logging_level: String = "loggingLevel",
    }
}

object! {
    /// The settings of one route.
    pub struct RouteSettings at "configuration.routeSettings.*" {
        /// What is logged of the route's execution, where the route has a level of its own.
        logging_level: String = "loggingLevel",
    }
}

one_of! {
    /// A stage of any kind of API.
    pub enum AnyStage {
        /// A stage of a REST API.
        Rest(Stage) = "AWS::ApiGateway::Stage",
        /// A stage of an HTTP or WebSocket API.
        V2(StageV2) = "AWS::ApiGatewayV2::Stage",
    }
}
