//! Elastic Load Balancing.

use super::macros::{object, one_of, view};
use crate::{Reading, Wire};

view! {
    /// An application, network or gateway load balancer.
    pub struct LoadBalancer("AWS::ElasticLoadBalancingV2::LoadBalancer") {
        configuration {
            /// `application`, `network` or `gateway`.
            kind: String = "type",
            /// `internet-facing` or `internal`.
            scheme: String = "scheme",
            /// The zones that the load balancer has a subnet in.
            availability_zones: Vec<Zone> = "availabilityZones",
        }
        supplementary {
            /// The settings that aren't part of the load balancer's description.
            attributes: Vec<Attribute> = "LoadBalancerAttributes",
        }
    }
}

object! {
    /// A zone and the load balancer's subnet in it.
    pub struct Zone at "configuration.availabilityZones" {
        /// The zone: `us-east-1a`.
        zone_name: String = "zoneName",
    }
}

object! {
    /// One setting of a load balancer.
    pub struct Attribute at "supplementaryConfiguration.LoadBalancerAttributes" {
        /// The setting: `deletion_protection.enabled`.
        key: String = "key",
        /// Its value.
        value: AttributeValue = "value",
    }
}

/// The value of a load balancer's setting: a string, also where it is a number or a switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeValue(String);

impl Wire for AttributeValue {
    type Ref<'a> = &'a str;
    const EXPECTED: &'static str = "a string";

    fn as_seen(&self) -> &str {
        &self.0
    }

    fn from_bool(value: bool) -> Reading<Self> {
        Ok(Self(value.to_string()))
    }

    fn from_integer(value: i64) -> Reading<Self> {
        Ok(Self(value.to_string()))
    }

    fn from_text(text: &str) -> Reading<Self> {
        Ok(Self(text.to_owned()))
    }
}

view! {
    /// A listener of an application, network or gateway load balancer.
    pub struct Listener("AWS::ElasticLoadBalancingV2::Listener") {
        configuration {
            /// The listener's ARN.
            arn: String = "ListenerArn",
            /// `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP` or `GENEVE`.
            protocol: String = "Protocol",
            /// The name of the security policy: TLS versions and ciphers.
            ssl_policy: String = "SslPolicy",
            /// What is done with a request that no rule of the listener matches.
            default_actions: Vec<Action> = "DefaultActions",
        }
    }
}

object! {
    /// An action of a listener.
    pub struct Action at "configuration.DefaultActions" {
        /// `forward`, `redirect`, `fixed-response`, `authenticate-oidc` or `authenticate-cognito`.
        kind: String = "Type",
        /// Where a `redirect` leads.
        redirect: Redirect = "RedirectConfig",
    }
}

object! {
    /// Where a redirect leads.
    pub struct Redirect at "configuration.DefaultActions.RedirectConfig" {
        /// `HTTP`, `HTTPS`, or `#{protocol}`, which keeps the request's.
        protocol: String = "Protocol",
    }
}

view! {
    /// A target group of an application, network or gateway load balancer.
    pub struct TargetGroup("AWS::ElasticLoadBalancingV2::TargetGroup") {
        configuration {
            /// `instance`, `ip`, `lambda` or `alb`.
            target_type: String = "targetType",
            /// The protocol of the health checks.
            health_check_protocol: String = "healthCheckProtocol",
        }
    }
}

view! {
    /// A Classic Load Balancer.
    pub struct ClassicLoadBalancer("AWS::ElasticLoadBalancing::LoadBalancer") {
        configuration {
            /// The listeners and their policies.
            listener_descriptions: Vec<ListenerDescription> = "listenerDescriptions",
        }
        supplementary {
            /// The settings that aren't part of the load balancer's description.
            attributes: ClassicAttributes = "LoadBalancerAttributes",
            /// The load balancer's policies.
            policies: Vec<ClassicPolicy> = "LoadBalancerPolicies",
        }
    }
}

object! {
    /// A listener of a Classic Load Balancer and its policies.
    pub struct ListenerDescription at "configuration.listenerDescriptions" {
        /// The listener.
        listener: ClassicListener = "listener",
        /// The names of the listener's policies.
        policy_names: Vec<String> = "policyNames",
    }
}

object! {
    /// A listener of a Classic Load Balancer.
    pub struct ClassicListener at "configuration.listenerDescriptions.listener" {
        /// The protocol that clients speak: `HTTP`, `HTTPS`, `TCP` or `SSL`.
        protocol: String = "protocol",
        /// The port that clients connect to.
        port: i64 = "loadBalancerPort",
        /// The ARN of the certificate.
        certificate: String = "sslcertificateId",
    }
}

object! {
    /// The settings of a Classic Load Balancer.
    pub struct ClassicAttributes at "supplementaryConfiguration.LoadBalancerAttributes" {
        /// Whether requests go to the instances of all zones alike.
        cross_zone: CrossZone = "crossZoneLoadBalancing",
        /// Where requests are logged.
        access_log: AccessLog = "accessLog",
    }
}

object! {
    /// Whether requests go to the instances of all zones alike.
    pub struct CrossZone at "supplementaryConfiguration.LoadBalancerAttributes.crossZoneLoadBalancing" {
        /// Whether they do.
        enabled: bool = "enabled",
    }
}

object! {
    /// Where a Classic Load Balancer's requests are logged.
    pub struct AccessLog at "supplementaryConfiguration.LoadBalancerAttributes.accessLog" {
        /// Whether they are.
        enabled: bool = "enabled",
        /// The bucket that the logs are delivered to.
        bucket: String = "s3BucketName",
    }
}

object! {
    /// A policy of a Classic Load Balancer.
    pub struct ClassicPolicy at "supplementaryConfiguration.LoadBalancerPolicies" {
        /// The policy's name, by which listeners refer to it.
        name: String = "policyName",
        /// What the policy says.
        attributes: Vec<PolicyAttribute> = "policyAttributeDescriptions",
    }
}

object! {
    /// One thing that a policy says.
    pub struct PolicyAttribute at "supplementaryConfiguration.LoadBalancerPolicies.policyAttributeDescriptions" {
        /// The attribute: `Reference-Security-Policy`, `Protocol-TLSv1.2`, ….
        name: String = "attributeName",
        /// Its value.
        value: String = "attributeValue",
    }
}

one_of! {
    /// A load balancer of any generation.
    pub enum AnyLoadBalancer {
        /// A Classic Load Balancer.
        Classic(ClassicLoadBalancer) = "AWS::ElasticLoadBalancing::LoadBalancer",
        /// An application, network or gateway load balancer.
        Current(LoadBalancer) = "AWS::ElasticLoadBalancingV2::LoadBalancer",
    }
}
