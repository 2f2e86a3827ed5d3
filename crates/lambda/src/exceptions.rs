//! The rule's exceptions: a parameter of AWS Systems Manager, read only where the environment says that there is one.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use aws_types::SdkConfig;
use config_rule::Verdict;
use exceptions::{Exceptions, Ruling, Subject};
use jiff::Timestamp;

use crate::deliver::Evaluated;
use crate::error::{InvocationError, NoExceptions};
use crate::parameters::Parameters;

/// The variable with the ids of the rules that have a parameter, comma-separated.
const RULES: &str = "VITALS_EXCEPTIONS";

/// What the names of the parameters begin with; the rule's id follows.
pub(crate) const PARAMETERS: &str = "/vitals/exceptions/";

/// How long a warm function goes by what it read.
pub(crate) const FRESH: Duration = Duration::from_mins(5);

/// Where the exceptions of a function's rule come from.
pub(crate) struct Source {
    rule: &'static str,
    /// `None` where the rule has no exceptions.
    parameters: Option<Parameters>,
    read: RefCell<Option<(Instant, Rc<Exceptions>)>>,
}

impl Source {
    /// Looks in the environment whether the rule has exceptions.
    pub(crate) fn of(rule: &'static str, config: &SdkConfig) -> Self {
        let rules = std::env::var(RULES).unwrap_or_default();
        let has_some = rules.split(',').any(|id| id.trim() == rule);
        Self { rule, parameters: has_some.then(|| Parameters::new(config)), read: RefCell::default() }
    }

    /// What is put for a verdict on a resource.
    ///
    /// The parameter is read only for a verdict that can be excepted: on the first day, hundreds of functions start at
    /// once, and Systems Manager answers some dozens of calls a second.
    pub(crate) async fn evaluated(
        &self,
        resource: (&str, &str),
        subject: Subject<'_>,
        verdict: &Verdict,
        now: Timestamp,
    ) -> Result<Evaluated, InvocationError> {
        match (&self.parameters, verdict) {
            (Some(parameters), Verdict::NonCompliant(_)) => {
                let exceptions = self.exceptions(parameters).await?;
                Ok(Evaluated::of(resource, exceptions.apply(self.rule, subject, verdict, now)))
            }
            _ => Ok(Evaluated::of(resource, Ruling::plain(verdict))),
        }
    }

    async fn exceptions(&self, parameters: &Parameters) -> Result<Rc<Exceptions>, InvocationError> {
        if let Some((read, exceptions)) = &*self.read.borrow()
            && read.elapsed() < FRESH
        {
            return Ok(Rc::clone(exceptions));
        }
        let name = format!("{PARAMETERS}{}", self.rule);
        let exceptions = read(parameters, self.rule, &name)
            .await
            .map(Rc::new)
            .map_err(|why| InvocationError::NoExceptions { parameter: name, why })?;
        self.read.replace(Some((Instant::now(), Rc::clone(&exceptions))));
        Ok(exceptions)
    }
}

async fn read(parameters: &Parameters, rule: &str, name: &str) -> Result<Exceptions, NoExceptions> {
    Ok(Exceptions::from_compact(rule, &parameters.get(name).await?)?)
}
