//! The quick reader's place in a text: what is plain it takes, at everything else it stops.
//!
//! It takes objects, lists, numbers, `true`, `false`, `null` and texts, those without escapes as
//! slices. It never says what is wrong: the careful reader does, whenever this one stops.

use std::borrow::Cow;

use super::{Stop, number::Number};

pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte, behind white space.
    pub(super) fn next(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.step(),
                found => return found,
            }
        }
    }

    /// Has all been read?
    pub(super) fn is_at_end(&mut self) -> bool {
        self.next().is_none()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// Takes this byte, behind white space.
    pub(super) fn take(&mut self, byte: u8) -> Result<(), Stop> {
        if self.next() == Some(byte) {
            self.step();
            Ok(())
        } else {
            Err(Stop)
        }
    }

    /// Takes the comma before another item, or the end of the list or object.
    pub(super) fn has_more(&mut self, end: u8) -> Result<bool, Stop> {
        let found = self.next();
        self.step();
        match found {
            Some(b',') => Ok(true),
            Some(byte) if byte == end => Ok(false),
            _ => Err(Stop),
        }
    }

    /// Takes the end of a list or object that holds nothing.
    pub(super) fn ends(&mut self, end: u8) -> bool {
        self.take(end).is_ok()
    }

    /// Takes a key and its colon.
    pub(super) fn key(&mut self) -> Result<&'t str, Stop> {
        let key = self.plain()?;
        self.take(b':')?;
        Ok(key)
    }

    /// Takes a text without escapes.
    fn plain(&mut self) -> Result<&'t str, Stop> {
        self.take(b'"')?;
        let start = self.at;
        if self.find_end()? != b'"' {
            return Err(Stop);
        }
        let found = self.text.get(start..self.at).ok_or(Stop)?;
        self.step();
        Ok(found)
    }

    /// Takes a text; one with escapes is read by `serde_json`.
    pub(super) fn words(&mut self) -> Result<Cow<'t, str>, Stop> {
        self.take(b'"')?;
        let start = self.at;
        if self.find_end()? == b'"' {
            let found = self.text.get(start..self.at).ok_or(Stop)?;
            self.step();
            return Ok(Cow::Borrowed(found));
        }
        while self.find_end()? == b'\\' {
            self.at = self.at.saturating_add(2);
        }
        self.step();
        let token = self.text.get(start.saturating_sub(1)..self.at).ok_or(Stop)?;
        serde_json::from_str(token).map(Cow::Owned).map_err(|_| Stop)
    }

    /// Goes on to the byte that ends a text or escapes the next.
    fn find_end(&mut self) -> Result<u8, Stop> {
        let rest = self.text.as_bytes().get(self.at..).ok_or(Stop)?;
        let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | ..b' ');
        let length = rest.iter().position(is_end).ok_or(Stop)?;
        self.at = self.at.saturating_add(length);
        match rest.get(length) {
            Some(byte @ (b'"' | b'\\')) => Ok(*byte),
            _ => Err(Stop), // a control character
        }
    }

    /// Takes a number, by the grammar of JSON.
    pub(super) fn number(&mut self) -> Result<Number, Stop> {
        self.next();
        let start = self.at;
        self.accept(b'-');
        match self.peek() {
            Some(b'0') => self.step(),
            _ => self.digits()?,
        }
        if self.accept(b'.') {
            self.digits()?;
        }
        if self.accept(b'e') || self.accept(b'E') {
            let _ = self.accept(b'+') || self.accept(b'-');
            self.digits()?;
        }
        self.text.get(start..self.at).and_then(Number::of).ok_or(Stop)
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.step();
        }
        found
    }

    /// Takes one digit or more.
    fn digits(&mut self) -> Result<(), Stop> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.step();
        }
        if self.at > start { Ok(()) } else { Err(Stop) }
    }

    /// Takes this word, behind white space.
    pub(super) fn literal(&mut self, word: &str) -> bool {
        self.next();
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if found {
            self.at = self.at.saturating_add(word.len());
        }
        found
    }

    /// Looks ahead for the tag of the object that stands next, and takes nothing.
    pub(super) fn tag(&mut self, tag: &str) -> Result<Cow<'t, str>, Stop> {
        self.next();
        let start = self.at;
        let found = self.find_tag(tag);
        self.at = start;
        found
    }

    fn find_tag(&mut self, tag: &str) -> Result<Cow<'t, str>, Stop> {
        self.take(b'{')?;
        loop {
            if self.key()? == tag {
                return self.words();
            }
            self.pass_over()?;
            if !self.has_more(b'}')? {
                return Err(Stop);
            }
        }
    }

    /// Passes over a value, which is read later on.
    pub(super) fn pass_over(&mut self) -> Result<(), Stop> {
        let mut depth = 0_usize;
        loop {
            match self.next().ok_or(Stop)? {
                b'"' => drop(self.words()?),
                b'{' | b'[' => {
                    depth = depth.saturating_add(1);
                    self.step();
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1).ok_or(Stop)?;
                    self.step();
                }
                b',' | b':' if depth > 0 => self.step(),
                b'-' | b'0'..=b'9' => drop(self.number()?),
                _ if self.literal("true") || self.literal("false") || self.literal("null") => {}
                _ => return Err(Stop),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}
