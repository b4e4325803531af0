//! The named fields of an object: their table, their builder, and how each is read and written.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Error, Ident, Type, ext::IdentExt};

use crate::attributes::Attributes;

/// More fields than this have no bit in the reader's mask of what it has seen.
const MOST: usize = 64;

pub(crate) struct Field<'i> {
    pub(crate) ident: &'i Ident,
    pub(crate) ty: &'i Type,
    pub(crate) attributes: &'i [Attribute],
    /// The name in documents.
    pub(crate) name: String,
    is_optional: bool,
}

pub(crate) struct Fields<'i> {
    pub(crate) all: Vec<Field<'i>>,
    /// Fields that are no part of the document.
    pub(crate) skipped: Vec<&'i Ident>,
}

impl<'i> Fields<'i> {
    pub(crate) fn of(fields: &'i syn::Fields, owner: &Ident) -> syn::Result<Self> {
        let named = match fields {
            syn::Fields::Named(named) => &named.named,
            syn::Fields::Unnamed(_) | syn::Fields::Unit => {
                return Err(Error::new_spanned(owner, "named fields"));
            }
        };
        let (mut all, mut skipped) = (Vec::new(), Vec::new());
        for field in named {
            let Some(ident) = &field.ident else { continue };
            if Attributes::of(&field.attrs, "part")?.skip {
                skipped.push(ident);
                continue;
            }
            all.push(Field {
                ident,
                ty: &field.ty,
                attributes: &field.attrs,
                name: ident.unraw().to_string(),
                is_optional: is_option(&field.ty),
            });
        }
        if all.len() > MOST {
            return Err(Error::new_spanned(owner, "at most 64 fields"));
        }
        Ok(Self { all, skipped })
    }

    pub(crate) fn idents(&self) -> impl Iterator<Item = &Ident> {
        self.all.iter().map(|field| field.ident)
    }

    /// The table: each field's name, whether it has to be there, and the order of their names.
    pub(crate) fn table(&self) -> TokenStream {
        let rows = self.all.iter().map(|field| {
            let (name, required) = (&field.name, !field.is_optional);
            quote!(crate::document::Field { name: #name, is_required: #required })
        });
        let mut sorted: Vec<(usize, &str)> =
            self.all.iter().map(|field| field.name.as_str()).enumerate().collect();
        sorted.sort_by_key(|(_, name)| *name);
        let sorted = sorted.iter().map(|(place, _)| place);
        quote!(&crate::document::Table { fields: &[#(#rows),*], sorted: &[#(#sorted),*] })
    }

    /// The builder, under this name, and the implementation by which a reader fills it.
    pub(crate) fn builder(&self, builder: &Ident) -> TokenStream {
        let declared = self.all.iter().map(|field| {
            let (ident, ty) = (field.ident, field.ty);
            if field.is_optional { quote!(#ident: #ty) } else { quote!(#ident: Option<#ty>) }
        });
        let set = self.all.iter().enumerate().map(|(place, field)| {
            let ident = field.ident;
            let read = quote!(crate::document::Part::read(from)?);
            if field.is_optional {
                quote!(#place => self.#ident = #read)
            } else {
                quote!(#place => self.#ident = Some(#read))
            }
        });
        quote! {
            #[derive(Default)]
            struct #builder { #(#declared,)* }

            impl crate::document::Build for #builder {
                fn set(
                    &mut self,
                    place: usize,
                    from: &mut crate::document::Source<'_>,
                ) -> Result<(), crate::document::Stop> {
                    match place {
                        #(#set,)*
                        _ => return Err(crate::document::Stop),
                    }
                    #[allow(unreachable_code, reason = "an object without fields")]
                    Ok(())
                }
            }
        }
    }

    /// Reads the fields and gives what is `made` of them.
    pub(crate) fn read(
        &self,
        builder: &Ident,
        tag: &TokenStream,
        made: &TokenStream,
    ) -> TokenStream {
        let table = self.table();
        let pattern = self.all.iter().map(|field| {
            let ident = field.ident;
            if field.is_optional { quote!(#ident) } else { quote!(#ident: Some(#ident)) }
        });
        let pattern = quote!(#builder { #(#pattern,)* });
        let skipped = self.skipped.iter();
        let skipped = quote!(#(let #skipped = Default::default();)*);
        if self.all.iter().all(|field| field.is_optional) {
            quote! {{
                let mut built = #builder::default();
                from.object(#table, #tag, &mut built)?;
                let #pattern = built;
                #skipped
                #made
            }}
        } else {
            quote! {{
                let mut built = #builder::default();
                from.object(#table, #tag, &mut built)?;
                let #pattern = built else { return Err(crate::document::Stop) };
                #skipped
                #made
            }}
        }
    }

    /// The arms by which one field is written; `value` says where its value is.
    pub(crate) fn write(&self, value: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let arms = self.all.iter().enumerate().map(|(place, field)| {
            let (key, value) = (format!("\"{}\":", field.name), value(field.ident));
            quote!(#place => to.field(#key, #value))
        });
        quote!(match place { #(#arms,)* _ => {} })
    }

    /// The statements by which serde writes the fields.
    pub(crate) fn serialize(&self, value: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let each = self.all.iter().map(|field| {
            let (name, value) = (&field.name, value(field.ident));
            if field.is_optional {
                quote! {
                    match #value {
                        Some(value) => out.serialize_field(#name, value)?,
                        None => out.skip_field(#name)?,
                    }
                }
            } else {
                quote!(out.serialize_field(#name, #value)?;)
            }
        });
        quote!(#(#each)*)
    }

    /// Adds the names of the fields, and those of their parts.
    pub(crate) fn names(&self) -> TokenStream {
        let (own, types) =
            (self.all.iter().map(|field| &field.name), self.all.iter().map(|field| field.ty));
        quote! {
            #(names.insert(#own);)*
            #(<#types as crate::document::Part>::names(names);)*
        }
    }

    /// How many fields are there to be written.
    pub(crate) fn count(&self, value: impl Fn(&Ident) -> TokenStream) -> TokenStream {
        let always = self.all.iter().filter(|field| !field.is_optional).count();
        let optional = self.all.iter().filter(|field| field.is_optional).map(|field| {
            let value = value(field.ident);
            quote!(.saturating_add(usize::from(#value.is_some())))
        });
        quote!(#always #(#optional)*)
    }
}

/// Is the type written as `Option<…>`?
fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}

pub(crate) fn builder_of(owner: &Ident) -> Ident {
    format_ident!("{}Built", owner.unraw())
}
