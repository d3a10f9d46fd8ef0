//! What a comma binds: "Dover, Ohio".
use super::gazetteer::{Candidate, Gazetteer, PlaceId};
use super::judge::prominence;
use super::layout::Kind;
use super::lexicon::{Lexicon, lists};
use super::spot::{Form, Spot};
use variorum_syntax::Doc;

/// Places of each spot that a following container allows; empty when nothing binds it. And which spots are such containers.
pub(super) fn bind(gazetteer: &Gazetteer, doc: &Doc, spots: &[Spot]) -> (Vec<Vec<PlaceId>>, Vec<bool>) {
    let mut bound: Vec<Vec<PlaceId>> = vec![Vec::new(); spots.len()];
    let mut holding = vec![false; spots.len()];
    for i in (0..spots.len().saturating_sub(1)).rev() {
        let (inner, outer) = (&spots[i], &spots[i + 1]);
        let end = inner.tokens.end;
        let between = outer.tokens.start - end;
        let joined = match between {
            0 => outer.form == Form::Postal || outer.form == Form::Abbreviation,
            1 => matches!(doc.token(end).text(), "," | "(" | "in" | "-" | "–"),
            2 => matches!((doc.token(end).text(), doc.token(end + 1).text()), (",", "in")),
            _ => false,
        };
        if !joined
            || matches!(outer.form, Form::Demonym | Form::Unknown | Form::Introduced | Form::Site)
            || inner.form == Form::Demonym
        {
            continue;
        }
        let outers: Vec<PlaceId> = if bound[i + 1].is_empty() {
            outer.candidates.iter().map(|c| c.place).collect()
        } else {
            bound[i + 1].clone()
        };
        let (mut inside, mut holders) = (Vec::new(), Vec::new());
        for c in &inner.candidates {
            for &o in &outers {
                let holds = gazetteer.kind(o).is_container() && gazetteer.kind(o) < gazetteer.kind(c.place);
                if holds && o != c.place && gazetteer.holds(o, c.place) {
                    inside.push(c.place);
                    holders.push(o);
                }
            }
        }
        // "Jordan, Egypt and Lebanon" is a list of countries, not a village in Egypt.
        let country = |s: &Spot| s.candidates.iter().any(|c| gazetteer.kind(c.place) == Kind::Country);
        // "Marden, New York and Boston" is a list of towns where the state's name is a town's as well.
        let town = |s: &Spot| s.candidates.iter().any(|c| gazetteer.kind(c.place) == Kind::Settlement);
        let after = outer.tokens.end;
        let goes_on = doc.get(after).is_some_and(|t| t.is("and"))
            && spots.get(i + 2).is_some_and(|s| s.tokens.start == after + 1);
        let listed = (country(inner) && country(outer) || goes_on && town(outer)) && doc.token(end).text() != "(";
        if !inside.is_empty() && !listed {
            bound[i] = inside;
            holding[i + 1] = true;
            if bound[i + 1].is_empty() {
                bound[i + 1] = holders;
            }
        }
    }
    (bound, holding)
}

/// Spots that stand in a list of divisions and bear the name of one, with the division: "Utah, Washington and Idaho", "states
/// such as Washington or Oregon".
pub(super) fn among_divisions(
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    doc: &Doc,
    spots: &[Spot],
    holding: &[bool],
) -> Vec<(usize, PlaceId)> {
    let joined = |i: usize| {
        let between = spots[i].tokens.end..spots[i + 1].tokens.start;
        let joins = |j: usize| matches!(doc.token(j).text(), "," | "and" | "or" | "the");
        (1..=3).contains(&between.len()) && between.clone().all(joins)
    };
    let mut found = Vec::new();
    let mut start = 0;
    while start < spots.len() {
        let mut end = start + 1;
        while end < spots.len() && joined(end - 1) {
            end += 1;
        }
        let list = start..end;
        start = end;
        // What holds the name before it is no member of the list.
        if list.len() < 2 || list.clone().any(|i| holding[i]) {
            continue;
        }
        let country = |place: PlaceId| gazetteer.place(place).country;
        let sure: Vec<PlaceId> = list.clone().filter_map(|i| division(gazetteer, &spots[i])).collect();
        let first = spots[list.start].tokens.start;
        let called = (first.saturating_sub(4)..first)
            .any(|j| lists(&lexicon.division, &doc.token(j).text().to_lowercase()) && doc.token(j).tag() == "NNS");
        let least = if called { 1 } else { 2 };
        if sure.len() < least {
            continue;
        }
        for i in list.filter(|&i| division(gazetteer, &spots[i]).is_none()) {
            let mut divisions = spots[i]
                .candidates
                .iter()
                .map(|c| c.place)
                .filter(|&p| gazetteer.kind(p) == Kind::Admin1 && sure.iter().all(|&s| country(s) == country(p)));
            if let (Some(place), None) = (divisions.next(), divisions.next()) {
                found.push((i, place));
            }
        }
    }
    found
}

/// The first-level division that a name means before anything else of its name.
fn division(gazetteer: &Gazetteer, spot: &Spot) -> Option<PlaceId> {
    let of = |c: &Candidate| prominence(&gazetteer.place(c.place), c.class);
    let best = spot.candidates.iter().max_by(|a, b| of(a).total_cmp(&of(b)))?.place;
    (gazetteer.kind(best) == Kind::Admin1).then_some(best)
}
