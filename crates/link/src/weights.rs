//! The match weights of `data/link/weights.toml`.
use crate::LoadError;
use serde::Deserialize;

/// Hundredths of a bit: whole numbers add up to the same whatever their order.
pub(crate) type Bits = i32;

pub(crate) const SOURCE: &str = include_str!("../../../data/link/weights.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    pub version: String,
    pub within: Within,
    pub between: Between,
    pub terms: Terms,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Within {
    pub prior: Weight,
    pub threshold: Weight,
    pub attach: Curve,
    pub topic: Weight,
    /// The later one calls what it tells of by a noun that points back.
    pub again: Weight,
    #[serde(rename = "type")]
    pub kind: KindWeights,
    pub time: TimeWeights,
    pub place: PlaceWeights,
    pub parties: PartyWeights,
    pub figures: FigureWeights,
    pub text: Curve,
    pub distance: Curve,
    pub other: OtherWeights,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Between {
    pub prior: Weight,
    pub threshold: Weight,
    pub unseen: Weight,
    pub same_report: Weight,
    pub floor: Weight,
    pub minor_share: f32,
    pub minor_most: Curve,
    pub minor_prior: Weight,
    pub background_prior: Weight,
    pub late: Weight,
    pub text: Curve,
    pub days: Curve,
    pub names: Curve,
    pub whole_names: Curve,
    #[serde(rename = "type")]
    pub kind: KindWeights,
    pub time: TimeWeights,
    pub past: Curve,
    pub lasting: Weight,
    pub place: PlaceWeights,
    pub parties: PartyWeights,
    pub figures: FigureWeights,
    pub sentences: Curve,
    pub other: OtherWeights,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindWeights {
    pub same: Weight,
    pub family: Weight,
    pub sibling: Weight,
    pub related: Weight,
    pub aftermath: Weight,
    pub speech: Weight,
    pub talk: Weight,
    pub other: Weight,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeWeights {
    pub same: Weight,
    pub overlap: Weight,
    pub unknown: Weight,
    pub adjacent: Weight,
    pub apart: Weight,
    pub far: Weight,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceWeights {
    pub same: Weight,
    pub near: Weight,
    pub unknown: Weight,
    pub apart: Weight,
    pub named: Weight,
    pub far: Weight,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyWeights {
    pub same: Weight,
    pub share: Weight,
    pub unknown: Weight,
    pub none: Weight,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FigureWeights {
    pub agree: Weight,
    pub unknown: Weight,
    pub differ: Weight,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherWeights {
    pub background: Weight,
    pub planned: Weight,
    pub part: Weight,
    pub answers: Weight,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Terms {
    pub floor: f32,
    pub cap: f32,
    pub number: f32,
    pub keys: usize,
}

/// Bits, written with a decimal point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(from = "f32")]
pub(crate) struct Weight(pub Bits);

impl From<f32> for Weight {
    fn from(bits: f32) -> Self {
        Weight((bits * 100.0).round() as Bits)
    }
}

/// Straight lines between knots; flat outside.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Knots")]
pub(crate) struct Curve(Vec<(f32, f32)>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Knots {
    knots: Vec<(f32, f32)>,
}

impl TryFrom<Knots> for Curve {
    type Error = &'static str;
    fn try_from(from: Knots) -> Result<Self, Self::Error> {
        if from.knots.is_empty() {
            return Err("a curve needs a knot");
        }
        if from.knots.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return Err("knots must rise");
        }
        Ok(Curve(from.knots))
    }
}

impl Between {
    /// The most that the words and names of two articles can add.
    pub fn most_of_words(&self) -> Bits {
        self.text.most() + self.names.most() + self.whole_names.most()
    }

    /// The most that the place can add.
    pub fn most_of_place(&self) -> Bits {
        let place = &self.place;
        most(&[place.same, place.near, place.unknown, place.apart, place.named, place.far])
    }

    /// The most that what is compared after the place can add.
    pub fn most_after_place(&self) -> Bits {
        let (parties, figures, other) = (&self.parties, &self.figures, &self.other);
        most(&[parties.same, parties.share, parties.unknown, parties.none])
            + most(&[figures.agree, figures.unknown, figures.differ])
            + self.sentences.most()
            + [other.background, other.planned, other.part, other.answers].iter().map(|w| w.0.max(0)).sum::<Bits>()
    }
}

fn most(weights: &[Weight]) -> Bits {
    weights.iter().map(|w| w.0).max().unwrap_or(0)
}

impl Curve {
    /// The highest knot.
    fn most(&self) -> Bits {
        self.0.iter().map(|(_, y)| (y * 100.0).round() as Bits).max().unwrap_or(0)
    }

    pub fn at(&self, x: f32) -> Bits {
        let knots = &self.0;
        let i = knots.partition_point(|(at, _)| *at <= x);
        let y = match (i.checked_sub(1).map(|i| knots[i]), knots.get(i).copied()) {
            (None, Some((_, y))) | (Some((_, y)), None) => y,
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
            (None, None) => 0.0,
        };
        (y * 100.0).round() as Bits
    }
}

impl Weights {
    /// Reads a weights file; `name` is for messages.
    pub fn parse(source: &str, name: &str) -> Result<Self, LoadError> {
        toml::from_str(source).map_err(|error| LoadError::at(name, source, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_straight_between_knots_and_flat_outside() {
        let curve = Curve(vec![(0.0, -1.0), (1.0, 1.0), (3.0, 2.0)]);
        let at: Vec<Bits> = [-5.0, 0.0, 0.5, 2.0, 9.0].map(|x| curve.at(x)).to_vec();
        assert_eq!(at, [-100, -100, 0, 150, 200]);
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        let error = Weights::parse(&SOURCE.replace("[within.time]\nsame = 1.0", "[within.time]\nsane = 1.0"), "w.toml");
        let message = error.unwrap_err().to_string();
        assert!(message.starts_with("w.toml:") && message.contains("sane"), "{message}");
        let error = Weights::parse(&SOURCE.replace("knots = [[0.0, 1.5],", "knots = [[900.0, 1.5],"), "w.toml");
        assert!(error.unwrap_err().to_string().contains("knots must rise"));
    }
}
