//! The quick and the careful reader of records make the same of every text.
#![expect(clippy::arithmetic_side_effects, reason = "places in short texts")]

use mi_core::testing;
use proptest::prelude::*;

use super::cases;

/// A small generator of numbers, so that one record is changed in many ways.
struct Numbers(u64);

impl Numbers {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit.max(1)
    }
}

/// What may stand in a text of JSON, right or wrong.
const PIECES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "7",
    "1.0",
    "1.5",
    "1e2",
    "1E+2",
    "1e999",
    "01",
    "+1",
    ".5",
    "5.",
    "18446744073709551616",
    "9223372036854775808",
    "123456789012345678901234567890.5",
    "NaN",
    "\"\"",
    "\"alcohol\"",
    "\"2026-02-30\"",
    "\"2026-02\"",
    "\"2026\"",
    "\"kept\"",
    "\"k\\u0065pt\"",
    "\"\\ud83d\"",
    "\"\\ud83d\\ude00\"",
    "\"é\"",
    "\"\u{7f}\"",
    "\"\t\"",
    "\"\\q\"",
    "{}",
    "[]",
    "[null]",
    "{\"kind\":\"none\"}",
    "{\"kind\":\"substance\",\"code\":\"alcohol\"}",
    "{\"min\":1,\"max\":2}",
    " ",
    "\n",
    "\u{a0}",
    "\u{feff}",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\"id\":\"e1\",",
    "\"kind\":\"contact\",",
    "\"k\\u0069nd\":\"contact\",",
    "\"extra\":1,",
    "\"replaces\":null,",
    "\"words\":null,",
    "/* */",
    "-",
    "e",
    "T",
    "Z",
];

/// The places where a part of JSON begins or ends.
fn joints(text: &str) -> Vec<usize> {
    let is_joint = |byte: u8| matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"');
    let found = text.bytes().enumerate().filter(|(_, byte)| is_joint(*byte));
    found.flat_map(|(at, _)| [at, at + 1]).collect()
}

/// One change of a text: a byte, a piece, or a part taken away, doubled, moved or cut off.
fn change(text: &mut String, numbers: &mut Numbers) {
    let joints = joints(text);
    let joint =
        |numbers: &mut Numbers| joints.get(numbers.below(joints.len())).copied().unwrap_or(0);
    // A key with its value, an item, or less: between two joints that lie close together.
    let part = |numbers: &mut Numbers| {
        let one = numbers.below(joints.len());
        let other = (one + numbers.below(16)).min(joints.len().saturating_sub(1));
        match (joints.get(one), joints.get(other)) {
            (Some(from), Some(to)) => *from..*to,
            _ => 0..0,
        }
    };
    match numbers.below(8) {
        0 => {
            // Any byte becomes another, among them those that mean something.
            let at = numbers.below(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(at + 1) && at < text.len() {
                let bytes = b"\"\\{}[]:,0123456789-+.eEtfnaz \n\x07_";
                let byte = bytes[numbers.below(bytes.len())];
                text.replace_range(at..=at, char::from(byte).encode_utf8(&mut [0; 4]));
            }
        }
        1 => text.insert_str(joint(numbers), PIECES[numbers.below(PIECES.len())]),
        2 => text.replace_range(part(numbers), PIECES[numbers.below(PIECES.len())]),
        3 => text.replace_range(part(numbers), ""),
        4 => {
            let part = part(numbers);
            let doubled = text[part.clone()].to_owned();
            text.insert_str(part.end, &doubled);
        }
        5 => {
            let part = text[part(numbers)].to_owned();
            text.insert_str(joint(numbers), &part);
        }
        6 => {
            let (one, other) = (part(numbers), part(numbers));
            if one.end <= other.start {
                let (first, second) =
                    (text[one.clone()].to_owned(), text[other.clone()].to_owned());
                text.replace_range(other, &first);
                text.replace_range(one, &second);
            }
        }
        _ => {
            let at = numbers.below(text.len());
            if numbers.below(20) == 0 && text.is_char_boundary(at) {
                text.truncate(at);
            } else {
                // A digit more, less, or another.
                let digits: Vec<usize> = text
                    .bytes()
                    .enumerate()
                    .filter(|(_, b)| b.is_ascii_digit())
                    .map(|(at, _)| at)
                    .collect();
                if let Some(at) = digits.get(numbers.below(digits.len())) {
                    let digit = ["", "0", "1", "9", "00", "-", ".", "5e1"][numbers.below(8)];
                    text.replace_range(*at..=*at, digit);
                }
            }
        }
    }
}

/// Both readers make the same of a text, if the quick one takes it. Says whether it does.
fn agree(text: &str) -> Result<bool, TestCaseError> {
    let (quick, careful) = testing::read_both_ways(text);
    let taken = quick.is_some();
    if let Some(quick) = quick {
        match (&quick, &careful) {
            (Ok(quick), Ok(careful)) => {
                prop_assert_eq!(quick.to_json(), careful.to_json(), "{}", text);
                let digests = |record: &mi_core::ClientRecord| -> Vec<[u8; 32]> {
                    record.events().map(|event| *event.sha256()).collect()
                };
                prop_assert!(quick == careful && digests(quick) == digests(careful), "{text}");
            }
            (Err(quick), Err(careful)) => prop_assert_eq!(quick, careful, "{}", text),
            (Ok(_), Err(error)) => prop_assert!(false, "refused carefully: {error}\n{text}"),
            (Err(error), Ok(_)) => prop_assert!(false, "refused quickly: {error}\n{text}"),
        }
    }
    Ok(taken)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn both_readers_make_the_same_of_a_text(record in testing::record(), seed in 1..u64::MAX) {
        let text = record.to_json();
        prop_assert!(agree(&text)?, "the quick reader takes what we write: {text}");
        let pretty = serde_json::from_str::<serde_json::Value>(&text).unwrap();
        prop_assert!(agree(&serde_json::to_string_pretty(&pretty).unwrap())?, "keys in any order");
        let mut numbers = Numbers(seed);
        // A short record is read sooner, so that more of its changes are tried.
        for _ in 0..200_000_usize.div_euclid(text.len()).clamp(4, 400) {
            let mut changed = text.clone();
            for _ in 0..=numbers.below(3) {
                change(&mut changed, &mut numbers);
            }
            agree(&changed)?;
        }
    }
}
