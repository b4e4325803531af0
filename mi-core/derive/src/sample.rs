//! The strategy that makes values for property tests.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, Ident};

use crate::{attributes::Attributes, fields::Fields};

/// proptest combines at most twelve strategies at once.
const AT_ONCE: usize = 8;

pub(crate) fn of_object(name: &Ident, fields: &Fields<'_>, attributes: &Attributes) -> TokenStream {
    if attributes.sampled || !fields.skipped.is_empty() {
        return TokenStream::new();
    }
    let idents = fields.idents();
    let strategy = strategy(fields, &quote!(#name { #(#idents),* }));
    let fits = attributes.check.then(|| quote!(.prop_map(crate::document::Check::made_to_fit)));
    sampled(name, &quote!(#strategy #fits))
}

pub(crate) fn of_union(
    name: &Ident,
    data: &DataEnum,
    all: &[(&Ident, Option<Fields<'_>>)],
    attributes: &Attributes,
) -> TokenStream {
    if attributes.sampled {
        return TokenStream::new();
    }
    let strategies = all.iter().zip(&data.variants).map(|((variant, fields), declared)| {
        if let Some(fields) = fields {
            let idents = fields.idents();
            let strategy = strategy(fields, &quote!(#name::#variant { #(#idents),* }));
            quote!(#strategy.boxed())
        } else {
            let types = declared.fields.iter().map(|field| &field.ty);
            quote!(#(<#types as crate::testing::Sample>::sample(dates))*.prop_map(#name::#variant).boxed())
        }
    });
    sampled(name, &quote!(proptest::strategy::Union::new([#(#strategies),*])))
}

/// The strategies of all fields, combined into `made`, which names them all.
fn strategy(fields: &Fields<'_>, made: &TokenStream) -> TokenStream {
    let groups = fields.all.chunks(AT_ONCE);
    let strategies = groups.clone().map(|group| {
        let types = group.iter().map(|field| field.ty);
        quote!((#(<#types as crate::testing::Sample>::sample(dates),)*))
    });
    let patterns = groups.map(|group| {
        let idents = group.iter().map(|field| field.ident);
        quote!((#(#idents,)*))
    });
    if fields.all.is_empty() {
        return quote!(proptest::strategy::LazyJust::new(|| #made));
    }
    quote!((#(#strategies,)*).prop_map(|(#(#patterns,)*)| #made))
}

fn sampled(name: &Ident, strategy: &TokenStream) -> TokenStream {
    quote! {
        #[cfg(feature = "testing")]
        impl crate::testing::Sample for #name {
            fn sample(dates: crate::testing::Dates) -> proptest::strategy::BoxedStrategy<Self> {
                use proptest::strategy::Strategy as _;
                let _ = dates;
                #strategy.boxed()
            }
        }
    }
}
