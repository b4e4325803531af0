//! What belongs to a kind of event: its code, its category, and its check.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error};

use crate::attributes::Attributes;

pub(crate) fn expand(input: &DeriveInput, attributes: &Attributes) -> syn::Result<TokenStream> {
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
    Ok(quote! {
        impl crate::client::Statement for #name {
            const KIND: &'static str = #kind;

            fn category(&self) -> crate::client::Category {
                #category
            }

            #check
        }
    })
}
