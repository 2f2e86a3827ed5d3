//! The stand-in over real HTTP, and the Runtime API with real processes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod faults;
mod functions;

use local_config::{Rule, Server, State};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

/// A running server and a client that signs as little as the server asks for.
struct Local {
    runtime: Runtime,
    server: Server,
    agent: ureq::Agent,
}

struct Reply {
    status: u16,
    body: Value,
}

impl Local {
    fn start() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(Server::start("127.0.0.1:0".parse().unwrap())).unwrap();
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        Self { runtime, server, agent: config.build().new_agent() }
    }

    fn with_rule(name: &str) -> Self {
        let local = Self::start();
        local.state().register_rule(Rule::new(name)).unwrap();
        local
    }

    fn state(&self) -> State {
        self.server.state()
    }

    fn post(&self, operation: &str, body: &str) -> Result<Reply, ureq::Error> {
        let response = self
            .agent
            .post(self.server.url())
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("StarlingDoveService.{operation}"))
            .header("authorization", "AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=y")
            .send(body)?;
        reply(response)
    }

    fn call(&self, operation: &str, body: &Value) -> Reply {
        self.post(operation, &body.to_string()).unwrap()
    }

    /// A call that succeeds.
    fn ok(&self, operation: &str, body: &Value) -> Value {
        let reply = self.call(operation, body);
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.body
    }

    /// The code and the message of a call that fails.
    fn refused(&self, operation: &str, body: &Value) -> (String, String) {
        let reply = self.call(operation, body);
        assert_ne!(reply.status, 200, "{}", reply.body);
        let part = |name: &str| reply.body[name].as_str().unwrap().to_owned();
        (part("__type"), part("message"))
    }

    fn code(&self, operation: &str, body: &Value) -> String {
        self.refused(operation, body).0
    }

    fn control_get(&self, path: &str) -> Value {
        let response = self.agent.get(format!("{}/_vitals/{path}", self.server.url())).call().unwrap();
        reply(response).unwrap().body
    }

    fn control_post(&self, path: &str, body: &Value) -> Reply {
        let url = format!("{}/_vitals/{path}", self.server.url());
        reply(self.agent.post(url).send(body.to_string()).unwrap()).unwrap()
    }
}

fn reply(mut response: ureq::http::Response<ureq::Body>) -> Result<Reply, ureq::Error> {
    let text = response.body_mut().read_to_string()?;
    Ok(Reply { status: response.status().as_u16(), body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
}

fn evaluation(id: &str, compliance: &str, time: f64) -> Value {
    json!({
        "ComplianceResourceType": "AWS::S3::Bucket", "ComplianceResourceId": id, "ComplianceType": compliance,
        "OrderingTimestamp": time,
    })
}

fn item(id: &str, captured: &str, status: &str) -> Value {
    json!({
        "configurationItemVersion": "1.3", "awsAccountId": "123456789012", "ARN": format!("arn:aws:s3:::{id}"),
        "configurationItemCaptureTime": captured, "configurationItemStatus": status,
        "configurationStateMd5Hash": "", "resourceType": "AWS::S3::Bucket", "resourceId": id, "resourceName": id,
        "awsRegion": "eu-west-1", "tags": {"team": "data"}, "relationships": [],
        "configuration": {"name": id, "owner": {"id": "e7c8"}},
        "supplementaryConfiguration": {
            "AccessControlList": "{\"grantList\":[]}", "BucketTaggingConfiguration": {"tagSets": []}
        },
    })
}
