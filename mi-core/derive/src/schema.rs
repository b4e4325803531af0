//! The JSON Schema, which schemars derives from a type that stands in for ours.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Ident, LitStr};

use crate::{attributes::documentation, fields::Fields};

pub(crate) fn of_object(input: &DeriveInput, fields: &Fields<'_>) -> TokenStream {
    let (name, about) = (&input.ident, documentation(&input.attrs));
    let title = name.to_string();
    let rows = fields.all.iter().map(|field| {
        let (about, ident, ty) = (documentation(field.attributes), field.ident, field.ty);
        quote!(#(#about)* #ident: #ty)
    });
    let mirror = quote! {
        #(#about)*
        #[derive(schemars::JsonSchema)]
        #[schemars(deny_unknown_fields, rename = #title)]
        struct Mirror { #(#rows,)* }
    };
    mirrored(name, &mirror)
}

pub(crate) fn of_union(input: &DeriveInput, data: &DataEnum, tag: &LitStr) -> TokenStream {
    let (name, about) = (&input.ident, documentation(&input.attrs));
    let title = name.to_string();
    let variants = data.variants.iter().map(|variant| {
        let (about, ident) = (documentation(&variant.attrs), &variant.ident);
        let fields = variant.fields.iter().map(|field| {
            let (about, ty) = (documentation(&field.attrs), &field.ty);
            let ident = field.ident.as_ref().map(|ident| quote!(#ident:));
            quote!(#(#about)* #ident #ty)
        });
        let fields = match &variant.fields {
            syn::Fields::Unnamed(_) => quote!((#(#fields),*)),
            syn::Fields::Named(_) | syn::Fields::Unit => quote!({ #(#fields),* }),
        };
        quote!(#(#about)* #ident #fields)
    });
    let mirror = quote! {
        #(#about)*
        #[derive(schemars::JsonSchema)]
        #[schemars(tag = #tag, rename_all = "snake_case", deny_unknown_fields, rename = #title)]
        enum Mirror { #(#variants,)* }
    };
    mirrored(name, &mirror)
}

fn mirrored(name: &Ident, mirror: &TokenStream) -> TokenStream {
    quote! {
        #[cfg(feature = "schema")]
        const _: () = {
            #[allow(dead_code, reason = "only its schema is used")]
            #mirror

            impl schemars::JsonSchema for #name {
                fn schema_name() -> std::borrow::Cow<'static, str> {
                    Mirror::schema_name()
                }

                fn schema_id() -> std::borrow::Cow<'static, str> {
                    Mirror::schema_id()
                }

                fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    Mirror::json_schema(generator)
                }
            }
        };
    }
}
