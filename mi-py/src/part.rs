//! The one way in which a type of the core becomes a Python class.

/// Declares a frozen class around a type of the core, with read-only attributes: each is a field of
/// the core's type or, with `()`, an accessor. What stands in the JSON as a variant of a union is
/// written `as` that. What it holds never shows in its `repr`.
macro_rules! part {
    (@written $part:ident) => { &$part.0 };
    (@written $part:ident $variant:path) => { &$variant($part.0.clone()) };
    (
        $(#[$doc:meta])*
        $name:ident($core:ty $(as $variant:path)?) {
            $( $(#[$about:meta])* $attribute:ident: $type:ty = $get:ident $(($($none:tt)*))?; )+
        }
        $({ $($method:tt)+ })?
    ) => {
        $(#[$doc])*
        #[pyo3::pyclass(frozen, eq, module = "mi_core")]
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name(pub(crate) $core);

        #[pyo3::pymethods]
        impl $name {
            $(
                $(#[$about])*
                #[getter]
                fn $attribute(&self) -> <$type as crate::convert::Shown>::As {
                    crate::convert::Shown::shown(&self.0.$get $(($($none)*))?)
                }
            )+

            /// Write it as plain values, as in the JSON of a review.
            fn to_dict(&self) -> crate::convert::Plain {
                crate::convert::Plain::of(crate::part::part!(@written self $($variant)?))
            }

            /// Write it as JSON.
            fn to_json(&self) -> String {
                crate::convert::json(crate::part::part!(@written self $($variant)?))
            }

            fn __repr__(&self) -> &'static str {
                concat!(stringify!($name), "(...)")
            }

            $($($method)+)?
        }

        crate::convert::shown_as!($name: $core = |part| $name(part.clone()));
    };
}
pub(crate) use part;
