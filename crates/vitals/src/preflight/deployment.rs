//! What a deployment with given parameters would make: its stacks, and the conformance packs in them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::template::{self, Scope};

/// The root template.
pub const ROOT: &str = "template.yaml";

/// The root template and those that it nests, by path from the project's folder.
#[derive(Debug)]
pub struct Templates(pub BTreeMap<String, Value>);

/// What a deployment would make.
#[derive(Debug)]
pub struct Deployment {
    /// The stacks, by the path of their template.
    pub stacks: BTreeMap<String, Stack>,
    /// The conformance packs.
    pub packs: Vec<Pack>,
}

/// The resources of a stack, by logical id, with what the template itself knows filled in.
#[derive(Debug)]
pub struct Stack {
    /// The resources.
    pub resources: BTreeMap<String, Value>,
}

/// A conformance pack.
#[derive(Debug)]
pub struct Pack {
    /// The path of the template that makes it.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its own template, as AWS Config gets it.
    pub body: String,
    /// The same, read.
    pub template: Value,
}

impl Templates {
    /// Reads the root template of a folder, and those that it nests.
    ///
    /// # Errors
    ///
    /// Where one can't be read.
    pub fn read(folder: &Path) -> Result<Self> {
        let root = template::read(&folder.join(ROOT))?;
        let mut templates = BTreeMap::new();
        for resource in root["Resources"].as_object().into_iter().flat_map(serde_json::Map::values) {
            if let Some(path) = location(resource) {
                templates.insert(path.to_owned(), template::read(&folder.join(path))?);
            }
        }
        templates.insert(ROOT.to_owned(), root);
        Ok(Self(templates))
    }

    /// What a deployment would make with these parameters of the root template; pseudo parameters are among them.
    ///
    /// # Errors
    ///
    /// Where a template asks for what CloudFormation hasn't, or a pack's text is no template.
    pub fn deploy(&self, parameters: &BTreeMap<String, String>) -> Result<Deployment> {
        let mut deployment = Deployment { stacks: BTreeMap::new(), packs: Vec::new() };
        self.add(ROOT, parameters, &mut deployment)?;
        Ok(deployment)
    }

    fn add(&self, path: &str, parameters: &BTreeMap<String, String>, deployment: &mut Deployment) -> Result<()> {
        let template = self.0.get(path).with_context(|| format!("{path} is nested, and was not read"))?;
        let scope = Scope::new(template, parameters);
        let mut resources = BTreeMap::new();
        for (id, resource) in scope.resources().with_context(|| path.to_owned())? {
            let resource = scope.resolve(resource).with_context(|| format!("{path}: {id}"))?;
            if let Some(nested) = location(&resource) {
                let mut given: BTreeMap<_, _> =
                    parameters.iter().filter(|(name, _)| name.starts_with("AWS::")).map(owned).collect();
                for (name, value) in resource["Properties"]["Parameters"].as_object().into_iter().flatten() {
                    // What only a deployed stack knows is passed on as it is written.
                    given.insert(name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                }
                self.add(nested, &given, deployment)?;
            }
            if resource["Type"] == "AWS::Config::ConformancePack" {
                deployment.packs.push(pack(path, &resource["Properties"]).with_context(|| format!("{path}: {id}"))?);
            }
            resources.insert(id.to_owned(), resource);
        }
        deployment.stacks.insert(path.to_owned(), Stack { resources });
        Ok(())
    }
}

fn owned((name, value): (&String, &String)) -> (String, String) {
    (name.clone(), value.clone())
}

/// The path of the template that a resource nests.
fn location(resource: &Value) -> Option<&str> {
    resource["Properties"]["Location"].as_str()
}

fn pack(path: &str, properties: &Value) -> Result<Pack> {
    let body = properties["TemplateBody"].as_str().context("the pack's TemplateBody depends on what isn't known")?;
    let name = properties["ConformancePackName"].as_str().context("the pack has no name")?;
    let template = template::parse(body).context("the pack's TemplateBody is no template")?;
    Ok(Pack { path: path.to_owned(), name: name.to_owned(), body: body.to_owned(), template })
}

impl Deployment {
    /// Every resource of a type in the stacks, with its template's path and its logical id.
    pub fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a str, &'a Value)> {
        self.stacks.iter().flat_map(move |(path, stack)| {
            let resources = stack.resources.iter().filter(move |(_, resource)| resource["Type"] == kind);
            resources.map(move |(id, resource)| (path.as_str(), id.as_str(), resource))
        })
    }
}

impl Pack {
    /// The pack's rules, by logical id.
    pub fn rules(&self) -> impl Iterator<Item = (&str, &Value)> {
        let resources = self.template["Resources"].as_object().into_iter().flatten();
        resources.filter(|(_, rule)| rule["Type"] == "AWS::Config::ConfigRule").map(|(id, rule)| (id.as_str(), rule))
    }
}
