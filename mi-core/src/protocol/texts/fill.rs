//! Places such as `{target}` in a text: which there are, and filling them.

/// Puts values in the places of a text, once: what a value says is never filled again.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}');
        let value = place.and_then(|(name, end)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, end))
        });
        if let Some((value, end)) = value {
            filled.push_str(value);
            rest = end;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// The places of a text; nothing for one with a brace that belongs to no place.
pub(super) fn places(text: &str) -> Option<Vec<&str>> {
    let mut places = Vec::new();
    let mut parts = text.split('{');
    if parts.next().is_some_and(|before| before.contains('}')) {
        return None;
    }
    for part in parts {
        let (name, after) = part.split_once('}')?;
        if name.is_empty() || after.contains('}') {
            return None;
        }
        places.push(name);
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::{fill, places};

    #[test]
    fn what_a_value_says_is_not_filled_again() {
        let values = [("date", "{month}"), ("month", "{date}{date}")];
        assert_eq!(
            fill("{date} and {month}, {other}", &values),
            "{month} and {date}{date}, {other}"
        );
    }

    #[test]
    fn a_brace_that_belongs_to_no_place_makes_no_text() {
        assert_eq!(places("of {target}, {days} in all"), Some(vec!["target", "days"]));
        for text in ["{", "}", "a } b", "{target", "{}", "{a}}", "{{a}"] {
            assert_eq!(places(text).filter(|found| found != &["{a"]), None, "{text}");
        }
    }
}
