//! Exact fractions, and the common scale on which they are added up.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::integer_division,
    reason = "amounts to 10^15 millionths, denominators of days: far inside i128"
)]

/// A fraction that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ratio {
    numerator: i128,
    denominator: i128,
}

/// A fraction that is known to lie between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Between {
    pub(super) least: Ratio,
    pub(super) most: Ratio,
}

/// Which way a fraction is rounded that the scale does not hold exactly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    Less,
    More,
}

impl Ratio {
    pub(super) const ZERO: Self = Self { numerator: 0, denominator: 1 };
    pub(super) const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator` of `denominator`, which is above zero.
    pub(super) fn new(numerator: i128, denominator: i128) -> Self {
        Self { numerator, denominator: denominator.max(1) }
    }

    pub(super) fn times(self, other: Self) -> Self {
        let reduced = |one: i128, other: i128| {
            let common = gcd(one, other).max(1);
            (one / common, other / common)
        };
        let (a, d) = reduced(self.numerator, other.denominator);
        let (b, c) = reduced(other.numerator, self.denominator);
        Self::new(a * b, c * d)
    }

    pub(super) fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub(super) fn at_most_one(self) -> Self {
        if self.numerator > self.denominator { Self::ONE } else { self }
    }

    /// Whole percent, rounded down.
    pub(super) fn percent(self) -> i64 {
        i64::try_from(self.numerator * 100 / self.denominator).unwrap_or(i64::MAX)
    }

    pub(super) fn min(self, other: Self) -> Self {
        if self.is_below(other) { self } else { other }
    }

    pub(super) fn max(self, other: Self) -> Self {
        if self.is_below(other) { other } else { self }
    }

    fn is_below(self, other: Self) -> bool {
        self.numerator * other.denominator < other.numerator * self.denominator
    }
}

impl Between {
    pub(super) fn exactly(ratio: Ratio) -> Self {
        Self { least: ratio, most: ratio }
    }

    pub(super) fn times(self, other: Self) -> Self {
        Self { least: self.least.times(other.least), most: self.most.times(other.most) }
    }
}

/// The common denominator on which levels are added up.
///
/// It is the least common multiple of the denominators in play, so that sums are exact. Where that
/// would pass 10^12, which takes many counts over many different lengths, it is 10^12, and levels
/// are rounded outward: the most use up and the least down, so that the brackets stay sound.
#[derive(Clone, Copy)]
pub(super) struct Scale(i128);

const LARGEST: i128 = 1_000_000_000_000;

impl Scale {
    /// The scale of products of the one and the other.
    pub(super) fn of(
        shares: impl IntoIterator<Item = Ratio>,
        amounts: impl IntoIterator<Item = Ratio>,
    ) -> Self {
        let product = common(shares) * common(amounts);
        Self(if product > LARGEST { LARGEST } else { product })
    }

    /// The fraction on this scale.
    pub(super) fn put(self, ratio: Ratio, toward: Toward) -> i128 {
        let (whole, rest) =
            (ratio.numerator / ratio.denominator, ratio.numerator % ratio.denominator);
        let part = rest * self.0;
        let up = toward == Toward::More && part % ratio.denominator != 0;
        whole * self.0 + part / ratio.denominator + i128::from(up)
    }
}

/// The least common multiple of the denominators; anything above the largest where it passes that.
fn common(ratios: impl IntoIterator<Item = Ratio>) -> i128 {
    let mut multiple = 1;
    // Most that follow one another have the same.
    let mut last = 1;
    for ratio in ratios {
        if ratio.denominator == last || multiple % ratio.denominator == 0 {
            last = ratio.denominator;
            continue;
        }
        let reduced = ratio.denominator / gcd(ratio.numerator, ratio.denominator).max(1);
        multiple = multiple / gcd(multiple, reduced).max(1) * reduced.min(LARGEST + 1);
        if multiple > LARGEST {
            break;
        }
    }
    multiple
}

fn gcd(one: i128, other: i128) -> i128 {
    if other == 0 { one } else { gcd(other, one % other) }
}
