//! What the attributes `part` and `body` say.

use syn::{Attribute, Ident, LitStr, Meta};

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute by itself")]
pub(crate) struct Attributes {
    pub(crate) tag: Option<LitStr>,
    pub(crate) kind: Option<LitStr>,
    pub(crate) category: Option<Ident>,
    pub(crate) category_by: Option<Ident>,
    pub(crate) then: Option<Ident>,
    pub(crate) check: bool,
    pub(crate) shown: bool,
    pub(crate) sampled: bool,
    pub(crate) skip: bool,
}

impl Attributes {
    /// Reads the attributes with the name of the macro, such as `#[body(kind = "contact")]`.
    pub(crate) fn of(all: &[Attribute], helper: &str) -> syn::Result<Self> {
        let mut found = Self::default();
        for attribute in all.iter().filter(|attribute| attribute.path().is_ident(helper)) {
            attribute.parse_nested_meta(|meta| {
                let name = meta.path.require_ident()?.to_string();
                match name.as_str() {
                    "tag" => found.tag = Some(meta.value()?.parse()?),
                    "kind" => found.kind = Some(meta.value()?.parse()?),
                    "category" => found.category = Some(meta.value()?.parse()?),
                    "category_by" => found.category_by = Some(meta.value()?.parse()?),
                    "then" => found.then = Some(meta.value()?.parse()?),
                    "check" => found.check = true,
                    "shown" => found.shown = true,
                    "sampled" => found.sampled = true,
                    "skip" => found.skip = true,
                    _ => return Err(meta.error("no such attribute")),
                }
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// The documentation among some attributes, to be repeated where a type stands in for another.
pub(crate) fn documentation(all: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    all.iter().filter(|attribute| {
        matches!(&attribute.meta, Meta::NameValue(_)) && attribute.path().is_ident("doc")
    })
}
