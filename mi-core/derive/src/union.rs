//! An enum that is a union of objects, told apart by a tag.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Error, Ident};

use crate::{
    attributes::Attributes,
    fields::{Fields, builder_of},
    object, sample, schema,
};

/// A variant: its name, and the fields that it has itself, unless another object holds them.
type Variant<'i> = (&'i Ident, Option<Fields<'i>>);

pub(crate) fn expand(
    input: &DeriveInput,
    data: &DataEnum,
    attributes: &Attributes,
) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let tag =
        attributes.tag.as_ref().ok_or_else(|| Error::new_spanned(name, "#[part(tag = …)]"))?;
    let variants: Vec<Variant<'_>> = data.variants.iter().map(variant).collect::<Result<_, _>>()?;
    let codes: Vec<String> = variants.iter().map(|(ident, _)| snake_case(ident)).collect();
    let builders = variants.iter().filter_map(|(ident, fields)| {
        fields.as_ref().map(|fields| fields.builder(&builder_of(ident)))
    });
    let read = variants.iter().enumerate().map(|(place, (ident, fields))| {
        let some_tag = quote!(Some(#tag));
        let Some(fields) = fields else {
            return quote! {
                #place => Ok(Self::#ident(crate::document::Object::read_fields(from, #some_tag)?))
            };
        };
        let idents = fields.idents();
        let read =
            fields.read(&builder_of(ident), &some_tag, &quote!(Ok(Self::#ident { #(#idents),* })));
        quote!(#place => #read)
    });
    let write = variants.iter().zip(&codes).map(|((ident, fields), code)| {
        let tagged = quote!(Some((#tag, #code)));
        let Some(fields) = fields else {
            return quote!(Self::#ident(inner) => to.tagged(#tag, #code, inner));
        };
        let table = fields.table();
        quote!(Self::#ident { .. } => to.object(#tagged, #table, self))
    });
    let write_field = variants.iter().map(|(ident, fields)| {
        let Some(fields) = fields else { return quote!(Self::#ident(_) => {}) };
        let (idents, write) = (fields.idents(), fields.write(|ident| quote!(#ident)));
        quote!(Self::#ident { #(#idents),* } => #write)
    });
    let serialize = variants.iter().zip(&codes).map(|((ident, fields), code)| {
        serialize(name, ident, fields.as_ref(), &quote!(#tag), code)
    });
    let names = variants.iter().zip(&data.variants).map(|((_, fields), variant)| {
        if let Some(fields) = fields {
            return fields.names();
        }
        let types = variant.fields.iter().map(|field| &field.ty);
        quote!(#(<#types as crate::document::Part>::names(names);)*)
    });
    let serde = object::serde(name);
    let debug = if attributes.shown { TokenStream::new() } else { object::debug(name) };
    let schema = schema::of_union(input, data, tag);
    let sample = sample::of_union(name, data, &variants, attributes);
    Ok(quote! {
        const _: () = {
            #(#builders)*

            impl crate::document::Part for #name {
                fn read(
                    from: &mut crate::document::Source<'_>,
                ) -> Result<Self, crate::document::Stop> {
                    match from.tag(#tag, &[#(#codes),*], crate::ErrorKind::UnknownCode)? {
                        #(#read,)*
                        _ => Err(crate::document::Stop),
                    }
                }

                fn names(names: &mut std::collections::BTreeSet<&'static str>) {
                    names.insert(#tag);
                    #(#names)*
                }

                fn write(&self, to: &mut crate::document::Writer) {
                    match self { #(#write,)* }
                }
            }

            impl crate::document::WriteField for #name {
                fn write_field(&self, place: usize, to: &mut crate::document::Writer) {
                    let _ = (place, &to);
                    match self { #(#write_field,)* }
                }
            }

            impl serde::Serialize for #name {
                fn serialize<S: serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    use serde::ser::SerializeStruct as _;
                    match self { #(#serialize)* }
                }
            }

            #serde
            #debug
            #schema
            #sample
        };
    })
}

fn variant(variant: &syn::Variant) -> syn::Result<Variant<'_>> {
    let ident = &variant.ident;
    match &variant.fields {
        syn::Fields::Named(_) => Ok((ident, Some(Fields::of(&variant.fields, ident)?))),
        syn::Fields::Unnamed(inner) if inner.unnamed.len() == 1 => Ok((ident, None)),
        syn::Fields::Unnamed(_) | syn::Fields::Unit => {
            Err(Error::new_spanned(ident, "named fields, or one object"))
        }
    }
}

fn serialize(
    name: &Ident,
    ident: &Ident,
    fields: Option<&Fields<'_>>,
    tag: &TokenStream,
    code: &str,
) -> TokenStream {
    let (pattern, count, rest) = match fields {
        None => (
            quote!((inner)),
            quote!(crate::document::Object::count(inner)),
            quote!(crate::document::Object::serialize_fields(inner, &mut out)?;),
        ),
        Some(fields) => {
            let idents = fields.idents();
            let value = |ident: &Ident| quote!(#ident);
            (quote!({ #(#idents),* }), fields.count(value), fields.serialize(value))
        }
    };
    quote! {
        Self::#ident #pattern => {
            let count = 1_usize.saturating_add(#count);
            let mut out = serializer.serialize_struct(stringify!(#name), count)?;
            out.serialize_field(#tag, #code)?;
            #rest
            out.end()
        }
    }
}

/// `RelapsePrevention` as documents write it: `relapse_prevention`.
fn snake_case(ident: &Ident) -> String {
    let mut code = String::new();
    for letter in ident.to_string().chars() {
        if letter.is_ascii_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(letter.to_ascii_lowercase());
    }
    code
}
