//! Text for people.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

/// A table without lines, that fits a terminal where there is one.
pub(crate) fn plain_table<T: ToString>(header: impl IntoIterator<Item = T>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_header(header);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// Aligns columns of numbers.
pub(crate) fn align_right(table: &mut Table, columns: RangeInclusive<usize>) {
    for column in columns {
        table.column_mut(column).expect("the table has the column").set_cell_alignment(CellAlignment::Right);
    }
}

/// A resource by its name, where it has one, with its id and its place.
pub(crate) fn resource(id: &str, name: Option<&str>, account: Option<&str>, region: Option<&str>) -> String {
    let place = [account, region].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let (first, inner) = match name.filter(|name| *name != id) {
        Some(name) => (name, vec![id, &place]),
        None => (id, vec![place.as_str()]),
    };
    let inner = inner.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if inner.is_empty() { first.to_owned() } else { format!("{first} ({inner})") }
}

/// Text for terminals and XML, where a control character would do harm: each becomes a space.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    // Nearly every text is plain. Without an early end, many bytes are looked at together.
    if text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    // U+FFFE and U+FFFF are no characters of XML.
    let harmful = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(harmful) { Cow::Owned(text.replace(harmful, " ")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_called_by_what_is_known_of_it() {
        let (account, region) = (Some("111122223333"), Some("us-east-1"));
        assert_eq!(resource("sg-1", Some("web"), account, region), "web (sg-1, 111122223333 us-east-1)");
        assert_eq!(resource("sg-1", Some("web"), None, None), "web (sg-1)");
        assert_eq!(resource("web", Some("web"), account, None), "web (111122223333)");
        assert_eq!(resource("web", None, None, None), "web");
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(printable("a\u{1b}[31mb\n\u{ffff}"), "a [31mb  ");
        assert_eq!(printable("é \u{fffd}"), "é \u{fffd}");
    }
}
