//! A struct that is an object of a document.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::{
    attributes::Attributes,
    fields::{Fields, builder_of},
    sample, schema,
};

pub(crate) fn expand(
    input: &DeriveInput,
    fields: &Fields<'_>,
    attributes: &Attributes,
) -> TokenStream {
    let name = &input.ident;
    let builder_name = builder_of(name);
    let (table, builder) = (fields.table(), fields.builder(&builder_name));
    let (idents, skipped) = (fields.idents(), fields.skipped.iter());
    let made = quote!(Self { #(#idents,)* #(#skipped,)* });
    let made = if let Some(then) = &attributes.then {
        quote!(from.checked(#made.#then()))
    } else {
        quote!(Ok(#made))
    };
    let read = fields.read(&builder_name, &quote!(tag), &made);
    let write = fields.write(|ident| quote!(&self.#ident));
    let serialize = fields.serialize(|ident| quote!(&self.#ident));
    let count = fields.count(|ident| quote!(self.#ident));
    let (places, filled) = (0_usize.., fields.idents());
    let names = fields.names();
    let serde = serde(name);
    let debug = if attributes.shown { TokenStream::new() } else { debug(name) };
    let schema = schema::of_object(input, fields);
    let sample = sample::of_object(name, fields, attributes);
    quote! {
        const _: () = {
            #builder

            impl crate::document::Object for #name {
                const TABLE: &'static crate::document::Table = #table;

                fn read_fields(
                    from: &mut crate::document::Source<'_>,
                    tag: Option<&'static str>,
                ) -> Result<Self, crate::document::Stop> #read

                fn is_written(&self, place: usize) -> bool {
                    match place {
                        #(#places => crate::document::Part::is_filled(&self.#filled),)*
                        _ => false,
                    }
                }

                fn count(&self) -> usize {
                    #count
                }

                fn serialize_fields<S: serde::ser::SerializeStruct>(
                    &self,
                    out: &mut S,
                ) -> Result<(), S::Error> {
                    #serialize
                    Ok(())
                }
            }

            impl crate::document::WriteField for #name {
                fn write_field(&self, place: usize, to: &mut crate::document::Writer) {
                    #write
                }
            }

            impl crate::document::Part for #name {
                fn read(
                    from: &mut crate::document::Source<'_>,
                ) -> Result<Self, crate::document::Stop> {
                    crate::document::Object::read_fields(from, None)
                }

                fn names(names: &mut std::collections::BTreeSet<&'static str>) {
                    #names
                }

                fn write(&self, to: &mut crate::document::Writer) {
                    to.object(None, <Self as crate::document::Object>::TABLE, self);
                }
            }

            impl serde::Serialize for #name {
                fn serialize<S: serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    use crate::document::Object as _;
                    use serde::ser::SerializeStruct as _;
                    let mut out = serializer.serialize_struct(stringify!(#name), self.count())?;
                    self.serialize_fields(&mut out)?;
                    out.end()
                }
            }

            #serde
            #debug
            #schema
            #sample
        };
    }
}

/// Reading through another deserializer than ours: by the text of the value.
pub(crate) fn serde(name: &syn::Ident) -> TokenStream {
    quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::document::deserialize(deserializer)
            }
        }
    }
}

/// `Debug` of what holds what people said or did: its name and nothing of it.
pub(crate) fn debug(name: &syn::Ident) -> TokenStream {
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!(#name)).finish_non_exhaustive()
            }
        }
    }
}
