//! What is known of a rule besides its logic.

use std::fmt;

/// Everything known of a rule besides its logic, declared once with [`rule!`](crate::rule!).
#[derive(Debug)]
pub struct Metadata {
    /// The rule's name everywhere: the Config rule, the binary, the function, the page, the event, the case file.
    pub id: &'static str,
    /// The Config rule's name where the id is too long for it: a rule on a schedule takes back verdicts with
    /// `GetComplianceDetailsByConfigRule`, which knows names of 64 characters, and a conformance pack adds 27.
    pub deployed_name: Option<&'static str>,
    /// The version that the rule appeared in.
    pub since: &'static str,
    /// How much a noncompliant resource matters.
    pub severity: Severity,
    /// What makes AWS Config invoke the rule.
    pub trigger: Trigger,
    /// Where the rule runs.
    pub home: Home,
    /// The managed rule of AWS that asks the same.
    pub managed: Managed,
    /// How a noncompliant resource is mended.
    pub remediation: &'static str,
    /// The parameters, in the order of their declaration.
    pub parameters: &'static [ParameterSpec],
    /// The doc comment, as written.
    pub docs: &'static str,
    /// The path of the rule's module, from which its service follows.
    pub module: &'static str,
}

impl Metadata {
    /// The name that the Config rule is deployed with.
    #[must_use]
    pub fn rule_name(&self) -> &'static str {
        self.deployed_name.unwrap_or(self.id)
    }

    /// The first line of the documentation: one sentence that says what the rule asks for, without its period.
    #[must_use]
    pub fn title(&self) -> &'static str {
        let line = self.docs.trim_start().lines().next().unwrap_or_default();
        line.trim().trim_end_matches('.')
    }

    /// The documentation after the title, each line without the space that follows `///`.
    #[must_use]
    pub fn explanation(&self) -> String {
        let lines: Vec<_> =
            self.docs.lines().skip(1).map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
        lines.join("\n").trim().to_owned()
    }

    /// The service that the rule belongs to: the folder of its file, in kebab case.
    #[must_use]
    pub fn service(&self) -> &'static str {
        self.module.split("::").nth(1).unwrap_or_default()
    }
}

/// How much a noncompliant resource matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth mending some day.
    Low,
    /// A weakness that needs another one to be used.
    Medium,
    /// A weakness that can be used.
    High,
    /// Data or control is open now.
    Critical,
}

impl Severity {
    /// The severity in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What makes AWS Config invoke a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A change of a resource of the rule's types.
    OnChange,
    /// The schedule.
    Periodic(Frequency),
    /// Both: time alone can turn the verdict.
    OnChangeAndPeriodic(Frequency),
}

impl Trigger {
    /// Whether a change invokes the rule.
    #[must_use]
    pub fn on_change(self) -> bool {
        !matches!(self, Self::Periodic(_))
    }

    /// How often the schedule invokes the rule, where it does.
    #[must_use]
    pub fn frequency(self) -> Option<Frequency> {
        match self {
            Self::OnChange => None,
            Self::Periodic(frequency) | Self::OnChangeAndPeriodic(frequency) => Some(frequency),
        }
    }

    /// The trigger in words: `change`, `periodic`, `change and periodic`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnChange => "change",
            Self::Periodic(_) => "periodic",
            Self::OnChangeAndPeriodic(_) => "change and periodic",
        }
    }
}

/// How often a schedule invokes a rule: the values of `MaximumExecutionFrequency`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Every hour.
    OneHour,
    /// Every three hours.
    ThreeHours,
    /// Every six hours.
    SixHours,
    /// Every twelve hours.
    TwelveHours,
    /// Every day.
    TwentyFourHours,
}

impl Frequency {
    /// The value as AWS Config writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneHour => "One_Hour",
            Self::ThreeHours => "Three_Hours",
            Self::SixHours => "Six_Hours",
            Self::TwelveHours => "Twelve_Hours",
            Self::TwentyFourHours => "TwentyFour_Hours",
        }
    }
}

/// Where a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// In every region.
    Regional,
    /// Only in the region that records global resources (IAM).
    HomeRegion,
    /// Only in us-east-1 (CloudFront).
    UsEast1,
}

impl Home {
    /// The place in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Regional => "every region",
            Self::HomeRegion => "home region",
            Self::UsEast1 => "us-east-1",
        }
    }
}

/// The managed rule of AWS that asks the same as a rule of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Managed {
    /// It says all there is to say: packs use it, and ours judges offline.
    Equivalent(&'static str),
    /// It is not enough.
    FallsShort {
        /// The managed rule's identifier.
        identifier: &'static str,
        /// Why ours is deployed in its place, as a sentence without its period.
        because: &'static str,
    },
    /// AWS has no such rule.
    None,
}

impl Managed {
    /// The managed rule's identifier, where there is one.
    #[must_use]
    pub fn identifier(self) -> Option<&'static str> {
        match self {
            Self::Equivalent(identifier) | Self::FallsShort { identifier, .. } => Some(identifier),
            Self::None => None,
        }
    }
}

/// What is known of one parameter.
#[derive(Debug)]
pub struct ParameterSpec {
    /// The name on the wire: AWS's, where AWS has the rule.
    pub name: &'static str,
    /// What it does.
    pub docs: &'static str,
    /// What it accepts, in words: "a whole number".
    pub accepts: &'static str,
    /// The value that holds where none is given; `None` where the condition then doesn't apply.
    pub default: fn() -> Option<String>,
}
