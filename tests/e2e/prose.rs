//! What the documents say of the project's own files: a path that is named exists.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{project, read};

const DOCUMENTS: [&str; 3] = ["README.md", "CONTRIBUTING.md", "docs/contract.md"];

/// What a name may end in to be a file's.
const EXTENSIONS: [&str; 10] = ["gz", "j2", "json", "lock", "md", "py", "rs", "toml", "txt", "yaml"];

/// What stands for something else in a path.
const PLACEHOLDERS: [&str; 6] = ["FILE", "FRAMEWORK", "ID", "NAME", "RULE", "SERVICE"];

/// What is there only after a build.
const MADE: [&str; 3] = ["target", ".venv", ".aws-sam"];

#[test]
fn every_path_that_a_document_names_exists() {
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let text = read(project().join(document));
        let named = paths(&text);
        assert!(!named.is_empty(), "no path was found in {document}: has it really none?");
        for path in named {
            if !project().join(&path).exists() {
                missing.push(format!("{document} names {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_make_target_that_a_document_names_exists() {
    let makefile = read(project().join("Makefile"));
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let text = read(project().join(document));
        let (spans, blocks, _) = parts(&text);
        for line in spans.iter().chain(&blocks) {
            let mut words = line.split_whitespace();
            let target = words.next().filter(|word| *word == "make").and_then(|_| words.next());
            if let Some(target) = target.filter(|target| !makefile.contains(&format!("\n{target}:"))) {
                missing.push(format!("{document} says `make {target}`"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Each row of the contract's tables but the last one's ends in a test, and that test exists.
#[test]
fn every_promise_of_the_contract_names_a_test_that_exists() {
    let page = read(project().join("docs/contract.md"));
    let (promises, _) =
        page.split_once("## Where AWS's behaviour is not known").expect("the page ends in what is open");
    let rows = promises.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    let rows: Vec<_> = rows.filter(|line| !line.ends_with("| Test |")).collect();
    assert!(rows.len() > 40, "only {} promises were found", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let mut spans = cell.split('`').skip(1).step_by(2);
        let (Some(test), Some(file)) = (spans.next(), spans.next()) else {
            wrong.push(format!("no test and file in: {row}"));
            continue;
        };
        let source = std::fs::read_to_string(project().join(file)).unwrap_or_default();
        if !source.contains(&format!("\n#[test]\nfn {test}()")) {
            wrong.push(format!("there is no test {test} in {file}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The code spans, the lines of code blocks, and the links of a document.
fn parts(text: &str) -> (Vec<&str>, Vec<&str>, Vec<&str>) {
    let (mut spans, mut blocks, mut links) = (Vec::new(), Vec::new(), Vec::new());
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            blocks.push(line.trim().trim_start_matches("$ "));
        } else {
            spans.extend(line.split('`').skip(1).step_by(2));
            links.extend(line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next()));
        }
    }
    (spans, blocks, links)
}

fn paths(text: &str) -> BTreeSet<String> {
    let (spans, blocks, links) = parts(text);
    let spans = spans.into_iter().filter(|span| !span.contains(' ') && is_path(span));
    let links = links.into_iter().map(|link| link.split('#').next().unwrap_or_default());
    let links = links.filter(|link| !link.is_empty() && is_plain(link));
    // In a command only what lies in a folder of the project is surely meant as a path.
    let words = blocks
        .into_iter()
        .flat_map(str::split_whitespace)
        .filter(|word| is_path(word) && word.split_once('/').is_some_and(|(first, _)| project().join(first).is_dir()));
    spans.chain(links).chain(words).map(str::to_owned).collect()
}

fn is_path(word: &str) -> bool {
    let extension = Path::new(word).extension().and_then(|extension| extension.to_str());
    let file = extension.is_some_and(|extension| EXTENSIONS.contains(&extension));
    (file || word.contains('/')) && is_plain(word)
}

/// Neither a URL nor an ARN, a pattern, an option, something outside the project, or something with a hole in it.
fn is_plain(word: &str) -> bool {
    let parts: Vec<_> = word.split('/').collect();
    let stem = |part: &str| part.split('.').next().unwrap_or_default().to_owned();
    // `.json.gz` alone is an ending.
    let ending = word.starts_with('.') && !word.starts_with("./") && !word.starts_with(".github/");
    !ending
        && !word.starts_with(['-', '/', '~'])
        && word.chars().all(|character| character.is_alphanumeric() || "./_-".contains(character))
        && !parts.iter().any(|part| *part == ".." || PLACEHOLDERS.contains(&stem(part).as_str()))
        && !MADE.contains(&parts[0])
}
