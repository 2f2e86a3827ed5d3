//! `cargo xtask new-rule`: the file, the cases, and a failing test.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::names::{pascal, snake};

/// Lays out a rule and lists it in its service's module.
pub(crate) fn lay_out(root: &Path, id: &str, service: &str, view: &str) -> Result<()> {
    let kebab = !id.is_empty()
        && id.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        });
    ensure!(kebab, "`{id}` is not in kebab case, like `s3-bucket-versioning-enabled`");
    ensure!(rules::find(id).is_none(), "there is a rule `{id}` already");
    let module = root.join(format!("crates/rules/src/{service}.rs"));
    ensure!(
        module.is_file(),
        "there is no service `{service}`; make {} first and list it in crates/rules/src/lib.rs",
        module.display()
    );
    let listed = list(&std::fs::read_to_string(&module)?, id)
        .with_context(|| format!("{} is not in the form of the others", module.display()))?;
    let source = root.join(format!("crates/rules/src/{service}/{}.rs", snake(id)));
    let cases = root.join(format!("crates/rules/cases/{id}.json"));
    let (view_module, view_name) = view.split_once("::").context("--view is a view's path, like `rds::DbInstance`")?;
    let text = minijinja::Environment::new().render_str(
        include_str!("../templates/new_rule.rs.j2"),
        minijinja::context! { id, name => pascal(id), module => view_module, view => view_name },
    )?;
    std::fs::create_dir_all(source.parent().context("a rule's folder")?)?;
    std::fs::write(&source, text)?;
    std::fs::write(&cases, include_str!("../templates/new_rule.json"))?;
    std::fs::write(&module, listed)?;
    eprintln!("wrote {}, {} and its line in {}", source.display(), cases.display(), module.display());
    eprintln!("now write its cases, run `cargo test -p rules {id}`, and make it pass; then `cargo xtask generate`");
    Ok(())
}

/// The service's module with the rule listed in it, in order.
fn list(module: &str, id: &str) -> Option<String> {
    let (docs, _) = module.split_once('\n')?;
    let mut ids: Vec<String> =
        module.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)).collect();
    let mut uses: Vec<String> = module.lines().filter(|line| line.starts_with("pub use ")).map(str::to_owned).collect();
    let entries = module.split_once("&[Entry] = &[")?.1.split_once("];")?.0;
    let mut entries: Vec<String> =
        entries.split(',').map(str::trim).filter(|entry| !entry.is_empty()).map(str::to_owned).collect();
    ids.push(snake(id));
    uses.push(format!("pub use {}::{};", snake(id), pascal(id)));
    entries.push(format!("Entry::item::<{}>()", pascal(id)));
    ids.sort();
    uses.sort();
    entries.sort_by_key(|entry| entry.split_once('<').map(|(_, name)| name.to_owned()));
    let lines = |list: &[String], form: fn(&str) -> String| list.iter().map(|item| form(item)).collect::<String>();
    Some(format!(
        "{docs}\n\n{}\nuse config_rule::Entry;\n\n{}\n/// The rules of this service, by id.\npub const RULES: &[Entry] = &[\n{}];\n",
        lines(&ids, |id| format!("mod {id};\n")),
        lines(&uses, |line| format!("{line}\n")),
        lines(&entries, |entry| format!("    {entry},\n")),
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_rule_is_listed_in_order() {
        let module = "//! Rules about Amazon X.\n\nmod x_b;\n\nuse config_rule::Entry;\n\npub use x_b::XB;\n\n\
                      /// The rules of this service, by id.\npub const RULES: &[Entry] = &[Entry::item::<XB>()];\n";
        let listed = super::list(module, "x-a").expect("the module is in the usual form");
        assert_eq!(
            listed,
            "//! Rules about Amazon X.\n\nmod x_a;\nmod x_b;\n\nuse config_rule::Entry;\n\npub use x_a::XA;\n\
             pub use x_b::XB;\n\n/// The rules of this service, by id.\npub const RULES: &[Entry] = &[\n    \
             Entry::item::<XA>(),\n    Entry::item::<XB>(),\n];\n"
        );
    }
}
