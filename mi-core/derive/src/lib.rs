//! The derive macros of `mi-core`. They name its private modules, and are of no use elsewhere.
//!
//! [`Part`](macro@Part) writes, for a struct that is an object of a document, what would otherwise
//! be copied for each one by hand: the table of its fields with reader and writer, `serde`'s
//! traits, `Debug` without content, the JSON Schema (feature `schema`) and the strategy that makes
//! values of it (feature `testing`). For an enum it writes the same of objects that a tag tells
//! apart. [`Body`](macro@Body) adds what belongs to a kind of event.

mod attributes;
mod fields;
mod object;
mod sample;
mod schema;
mod statement;
mod union;

use proc_macro::TokenStream;
use syn::{Data, DeriveInput, Error, parse_macro_input};

use attributes::Attributes;
use fields::Fields;

/// Makes a struct an object of a document, or an enum a union of objects told apart by a tag.
///
/// * `#[part(tag = "kind")]` names the tag of a union; each variant's code is its name in
///   `snake_case`.
/// * `#[part(check)]`: the type implements `Check`, which makes sampled values fit.
/// * `#[part(then = checked)]`: the method that checks, and may refuse, what was read.
/// * `#[part(shown)]`: the type has a `Debug` of its own.
/// * `#[part(sampled)]`: the type has a strategy of its own.
/// * `#[part(skip)]` on a field: it is no part of the document, and `Default` when read.
#[proc_macro_derive(Part, attributes(part))]
pub fn derive_part(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, "part").unwrap_or_else(Error::into_compile_error).into()
}

/// Makes a struct what an event of one kind says.
///
/// * `#[body(kind = "contact", category = Administrative)]`: the kind's code, and the category of
///   data to which it belongs.
/// * `#[body(category_by = domain)]`: the category follows from a field.
/// * `#[body(check)]`: the type implements `Check`, for fields that must fit together.
#[proc_macro_derive(Body, attributes(body))]
pub fn derive_body(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, "body").unwrap_or_else(Error::into_compile_error).into()
}

fn expand(input: &DeriveInput, helper: &str) -> syn::Result<proc_macro2::TokenStream> {
    let attributes = Attributes::of(&input.attrs, helper)?;
    match &input.data {
        Data::Struct(data) => {
            let fields = Fields::of(&data.fields, &input.ident)?;
            let mut tokens = object::expand(input, &fields, &attributes);
            if helper == "body" {
                tokens.extend(statement::expand(input, &fields, &attributes)?);
            }
            Ok(tokens)
        }
        Data::Enum(data) if helper == "part" => union::expand(input, data, &attributes),
        Data::Enum(_) | Data::Union(_) => {
            Err(Error::new_spanned(&input.ident, "a struct with named fields"))
        }
    }
}
