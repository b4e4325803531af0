//! The protocols that ship, each with its words in every language.

use std::sync::LazyLock;

use super::{Document, Protocol};

/// A language of the protocol that ships, with its texts.
pub(super) const LANGUAGES: [(&str, &str); 1] =
    [("en", include_str!("../../content/protocols/dual-diagnosis/1.0.0/texts/en.json"))];

/// The identifier and the version of the protocol that ships.
pub(super) const DUAL_DIAGNOSIS: (&str, &str) = ("dual-diagnosis", "1.0.0");

static PROTOCOL: LazyLock<Protocol> = LazyLock::new(|| {
    const RULES: &str = include_str!("../../content/protocols/dual-diagnosis/1.0.0/protocol.json");
    const SOURCES: &str = include_str!("../../content/protocols/dual-diagnosis/1.0.0/sources.json");
    #[expect(clippy::expect_used, reason = "a test loads every protocol that ships")]
    Document::join(RULES, SOURCES)
        .and_then(Protocol::new)
        .expect("the protocol that ships is checked by a test")
});

impl Protocol {
    /// The default protocol, `dual-diagnosis` 1.0.0.
    #[must_use]
    pub fn dual_diagnosis() -> Self {
        PROTOCOL.clone()
    }
}
