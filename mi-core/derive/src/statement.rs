//! What belongs to a kind of event: its code, its category, its check, and the fields that
//! questions filter by.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error};

use crate::{attributes::Attributes, fields::Fields};

pub(crate) fn expand(
    input: &DeriveInput,
    fields: &Fields<'_>,
    attributes: &Attributes,
) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let missing = |expected| Error::new_spanned(name, expected);
    let kind = attributes.kind.as_ref().ok_or_else(|| missing("#[body(kind = \"…\")]"))?;
    let category = match (&attributes.category, &attributes.category_by) {
        (Some(category), None) => quote!(crate::client::Category::#category),
        (None, Some(field)) => quote!(self.#field.category()),
        _ => return Err(missing("either category = … or category_by = …")),
    };
    let check = attributes.check.then(|| {
        quote! {
            fn check(&self, faults: &mut crate::document::Faults) {
                crate::document::Check::check(self, faults);
            }
        }
    });
    let names = fields.all.iter().map(|field| &field.name);
    let types = fields.all.iter().map(|field| field.ty);
    let (places, idents) = (0_usize.., fields.idents());
    Ok(quote! {
        impl crate::client::field::Fields for #name {
            const FIELDS: &'static [(&'static str, crate::client::field::FieldKind)] =
                &[#((#names, <#types as crate::client::field::AsField>::KIND)),*];

            fn field(&self, place: usize) -> crate::client::field::Field<'_> {
                match place {
                    #(#places => crate::client::field::AsField::as_field(&self.#idents),)*
                    _ => crate::client::field::Field::Absent,
                }
            }
        }

        impl crate::client::Statement for #name {
            const KIND: &'static str = #kind;

            fn category(&self) -> crate::client::Category {
                #category
            }

            #check
        }
    })
}
