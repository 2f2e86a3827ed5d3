//! Exceptions that say two things of one resource.

use jiff::civil::Date;

use crate::Exception;

impl Exception {
    /// Whether a resource can be named by both at once. An id and an ARN of the same resource can't be told to be that,
    /// nor a tag that the resource of the other may have.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let account = match (&self.account, &other.account) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let resource = match (&self.resource, &other.resource) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => true,
        };
        let tag = match (&self.tag, &other.tag) {
            (Some(a), Some(b)) => a.key == b.key && a.value.overlaps(&b.value),
            (None, None) => true,
            _ => false,
        };
        let begins = |exception: &Self| exception.starts.unwrap_or(Date::MIN);
        let time = begins(self) <= other.expires && begins(other) <= self.expires;
        self.rule == other.rule && account && resource && tag && time
    }
}
