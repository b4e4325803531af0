//! The two shapes of a coded value: a closed list of codes, and a checked identifier; and the
//! `Debug` of all that is neither.

/// A value of a closed list of codes.
pub(crate) trait Coded: Copy + 'static {
    /// Every code, in the order of the documentation.
    const CODES: &'static [&'static str];

    /// The stable code.
    fn code(self) -> &'static str;
}

/// Declares a closed list of codes: an enum that reads and writes its stable `snake_case` codes.
///
/// Where the field orders the codes, from the least or first to the most or last, the list is
/// written `pub ordered enum`: `Attention < Urgent` then says something. Every list derives `Ord`,
/// because all codes are keys of maps; Python, whose users compare what can be compared, refuses `<`
/// for the lists that are not ordered.
///
/// A code outside the list is an [`ErrorKind::UnknownCode`](crate::ErrorKind::UnknownCode), or the
/// kind that is named after `else`.
macro_rules! codes {
    (
        #[doc = $about:literal]
        $(#[$meta:meta])*
        $vis:vis ordered enum $name:ident $($rest:tt)+
    ) => {
        codes! {
            @list true
            #[doc = $about]
            $(#[$meta])*
            $vis enum $name $($rest)+
        }
    };
    (
        #[doc = $about:literal]
        $(#[$meta:meta])*
        $vis:vis enum $name:ident $($rest:tt)+
    ) => {
        codes! {
            @list false
            #[doc = $about]
            $(#[$meta])*
            $vis enum $name $($rest)+
        }
    };
    (
        @list $ordered:literal
        #[doc = $about:literal]
        $(#[$meta:meta])*
        $vis:vis enum $name:ident $(as $schema:literal)? {
            $( #[doc = $first:literal] $(#[doc = $more:literal])* $variant:ident = $code:literal, )+
        }
    ) => {
        codes! {
            @list $ordered
            #[doc = $about]
            $(#[$meta])*
            $vis enum $name $(as $schema)? else UnknownCode {
                $( #[doc = $first] $(#[doc = $more])* $variant = $code, )+
            }
        }
    };
    (
        @list $ordered:literal
        #[doc = $about:literal]
        $(#[$meta:meta])*
        $vis:vis enum $name:ident $(as $schema:literal)? else $unknown:ident {
            $( #[doc = $first:literal] $(#[doc = $more:literal])* $variant:ident = $code:literal, )+
        }
    ) => {
        #[doc = $about]
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $( #[doc = $first] $(#[doc = $more])* $variant, )+
        }

        impl $name {
            /// What the list is: the first line of its documentation.
            $vis const ABOUT: &'static str = $about;

            /// Does the field order the codes, from the least or first to the most or last? Where it
            /// does not, `<` is their place in the documentation, for maps and sets alone.
            $vis const ORDERED: bool = $ordered;

            /// Every value, in the order of the documentation.
            $vis const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Every code, in the same order.
            $vis const CODES: &'static [&'static str] = &[$($code),+];

            /// The stable code used in documents, Python and TypeScript.
            #[must_use]
            $vis const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            /// What the code means: its documentation.
            #[must_use]
            $vis const fn meaning(self) -> &'static str {
                match self { $($name::$variant => concat!($first $(, $more)*).trim_ascii()),+ }
            }

            /// The value with this code.
            #[must_use]
            $vis fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }
        }

        // A list of the crate's own need not be used in every way.
        const _: (&str, bool, &[$name], fn($name) -> &'static str) =
            ($name::ABOUT, $name::ORDERED, $name::ALL, $name::meaning);

        impl crate::code::Coded for $name {
            const CODES: &'static [&'static str] = Self::CODES;

            fn code(self) -> &'static str {
                self.code()
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;

            fn from_str(code: &str) -> Result<Self, crate::Error> {
                let unknown = || format!("one of {}", Self::CODES.join(", "));
                Self::from_code(code)
                    .ok_or_else(|| crate::Error::new(crate::ErrorKind::$unknown, "", unknown()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        /// The code: it is what documents and the other languages call the value.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::document::read_text(deserializer, "a code", str::parse)
            }
        }

        impl crate::document::Part for $name {
            fn read(
                from: &mut crate::document::Source<'_>,
            ) -> Result<Self, crate::document::Stop> {
                let code = from.text("a code")?;
                from.checked(code.parse())
            }

            fn write(&self, to: &mut crate::document::Writer) {
                to.code(self.code());
            }
        }

        #[cfg(feature = "testing")]
        impl crate::testing::Sample for $name {
            fn sample(_: crate::testing::Dates) -> proptest::strategy::BoxedStrategy<Self> {
                proptest::strategy::Strategy::boxed(proptest::sample::select(Self::ALL))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                [$($schema,)? stringify!($name)][0].into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let meant = |one: &Self| {
                    schemars::json_schema!({ "const": one.code(), "description": one.meaning() })
                };
                schemars::json_schema!({
                    "description": Self::ABOUT.trim(),
                    "type": "string",
                    "oneOf": Self::ALL.iter().map(meant).collect::<Vec<_>>(),
                })
            }
        }
    };
}
pub(crate) use codes;

/// Declares a checked identifier: a text of 1–64 characters of a stated alphabet.
macro_rules! identifier {
    ($(#[doc = $doc:literal])+ pub struct $name:ident, $alphabet:literal, $allowed:expr) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        // Shared: what a review rests on is named many times over.
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// A checked identifier.
            ///
            /// # Errors
            #[doc = concat!(
                "[`ErrorKind::InvalidText`](crate::ErrorKind::InvalidText) unless it is 1–64 of `",
                $alphabet, "`."
            )]
            pub fn new(text: &str) -> Result<Self, crate::Error> {
                let allowed: fn(char) -> bool = $allowed;
                if (1..=64).contains(&text.len()) && text.chars().all(allowed) {
                    Ok(Self(text.into()))
                } else {
                    Err(crate::Error::new(crate::ErrorKind::InvalidText, "", Self::EXPECTED))
                }
            }

            const EXPECTED: &'static str = concat!("1 to 64 characters of ", $alphabet);

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;

            fn from_str(text: &str) -> Result<Self, crate::Error> {
                Self::new(text)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, text: &str) -> bool {
                &*self.0 == text
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, text: &&str) -> bool {
                &*self.0 == *text
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::document::read_text(deserializer, Self::EXPECTED, Self::new)
            }
        }

        impl crate::document::Part for $name {
            fn read(
                from: &mut crate::document::Source<'_>,
            ) -> Result<Self, crate::document::Stop> {
                let text = from.text(Self::EXPECTED)?;
                from.checked(Self::new(&text))
            }

            fn write(&self, to: &mut crate::document::Writer) {
                to.code(&self.0);
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "description": concat!($($doc),+).trim(),
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 64,
                    "pattern": concat!("^", $alphabet, "+$"),
                })
            }
        }
    };
}
pub(crate) use identifier;

/// Writes `Debug` for types that hold what people said or did: their name and nothing of it.
macro_rules! opaque {
    ($($name:ident),+ $(,)?) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}
pub(crate) use opaque;
