//! The town of what the gazetteer does not hold: a street, square or building is where the text says that its town is.
use super::gazetteer::{Gazetteer, PlaceId};
use super::layout::Kind;
use super::lexicon::{Lexicon, lists};
use super::quarter::is_quarter;
use super::resolve::Choice;
use super::spot::{Form, Spot};
use super::words::Words;
use crate::Reading;
use variorum_syntax::Doc;

/// Towns at most so far apart are one neighbourhood, in kilometres.
const NEIGHBOURS_KM: f32 = 50.0;
/// Most tokens between a name and what it is joined to: ", in the town of".
const MOST_JOINING: usize = 5;
/// Sentences in which an article says where it is.
const LEAD: usize = 3;
/// Share of a report's mentions of towns that lie about a town from which the report is plainly of that town.
const PLAIN: f32 = 0.66;

/// A mention of a town that the gazetteer holds.
struct Anchor {
    spot: usize,
    place: PlaceId,
    article: usize,
    sentence: usize,
}

/// For each spot without a place of its own, the place that it is in, where the text makes that plain: what it is joined to
/// ("Alder Street in Dover"); for what is built, the one town of its sentence, else the town of the report.
pub(super) fn towns(
    gazetteer: &Gazetteer,
    reading: &Reading,
    lexicon: &Lexicon,
    words: &Words,
    spots: &[Spot],
    choices: &[Option<Choice>],
) -> Vec<Option<PlaceId>> {
    let doc = &reading.doc;
    let place = |i: usize| choices[i].filter(|c| c.confident).map(|c| c.candidate.place);
    let is_town = |p: PlaceId| matches!(gazetteer.kind(p), Kind::Capital | Kind::Settlement);
    let anchor = |i: usize| {
        let spot = &spots[i];
        let place = place(i).filter(|&p| is_town(p) && !spot.borne && spot.form != Form::Demonym)?;
        // "Ivo Brandt, 37, of Orlec": where he lives.
        let start = spot.tokens.start;
        let age = || words.of(start - 3).bytes().all(|b| b.is_ascii_digit()) && !words.of(start - 3).is_empty();
        if start > 2 && words.of(start - 1) == "of" && doc.token(start - 2).is(",") && age() {
            return None;
        }
        let token = doc.token(spot.tokens.start);
        Some(Anchor { spot: i, place, article: reading.article_at(token.start()), sentence: token.sent_index() })
    };
    let anchors: Vec<Anchor> = (0..spots.len()).filter_map(anchor).collect();
    let about = |a: PlaceId, b: PlaceId| a == b || gazetteer.kilometres(a, b) <= NEIGHBOURS_KM;
    let first_sentence =
        |article: usize| doc.sents().position(|s| reading.article_at(s.bytes().start) == article).unwrap_or(0);
    let is_where = |i: usize| {
        let start = spots[i].tokens.start;
        start > 0 && (words.of(start - 1) == "at" || lists(&lexicon.locative, words.of(start - 1)))
    };
    let town = |i: usize| {
        let spot = &spots[i];
        if choices[i].is_some() || spot.form == Form::Demonym {
            return None;
        }
        if let Some(holder) = holder(doc, lexicon, words, spots, i) {
            let at = place(holder)?;
            if is_town(at) || matches!(gazetteer.kind(at), Kind::Admin2) {
                return Some(at);
            }
        }
        // "Marden Hills", in a report that names the town Marden.
        let named = |a: &&Anchor| {
            let length = spots[a.spot].tokens.len();
            length < spot.tokens.len() && words.join(spot.tokens.start..spot.tokens.start + length) == spots[a.spot].key
        };
        if spot.form == Form::Site
            && lists(&lexicon.natural, words.of(spot.tokens.end - 1))
            && let Some(town) = anchors.iter().find(named)
        {
            return Some(town.place);
        }
        if !spot.site && !is_quarter(lexicon, words, spot) {
            return None;
        }
        let token = doc.token(spot.tokens.start);
        let (article, sentence) = (reading.article_at(token.start()), token.sent_index());
        let mut within = anchors.iter().filter(|a| a.sentence == sentence && is_where(a.spot));
        if let Some(first) = within.next()
            && within.all(|a| about(a.place, first.place))
        {
            return Some(first.place);
        }
        let here = || anchors.iter().filter(|a| a.article == article);
        let home = here().rfind(|a| a.spot < i).or_else(|| here().next())?;
        let n_about = here().filter(|a| about(a.place, home.place)).count();
        let plain = n_about > 1
            || here().next().is_some_and(|a| a.spot == home.spot && a.sentence < first_sentence(article) + LEAD);
        (plain && n_about as f32 >= PLAIN * here().count() as f32).then_some(home.place)
    };
    (0..spots.len()).map(town).collect()
}

/// Takes a town away from what is likely a street by its name: "on Mill Street near Paris", where the report is of a town far
/// from any Paris and names it nowhere else.
pub(super) fn drop_crossings(
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    words: &Words,
    spots: &[Spot],
    choices: &mut [Option<Choice>],
) {
    let town = |c: &Option<Choice>| {
        let place = c.filter(|c| c.confident)?.candidate.place;
        matches!(gazetteer.kind(place), Kind::Capital | Kind::Settlement).then_some(place)
    };
    let crosses = |i: usize| {
        let start = spots[i].tokens.start;
        let street = i > 0 && spots[i - 1].tokens.end + 1 == start && start > 1;
        let bound = spots.get(i + 1).is_some_and(|next| next.tokens.start == spots[i].tokens.end + 1);
        street
            && !bound
            && lists(&lexicon.crossed, words.of(start - 2))
            && lists(&lexicon.crossing, words.of(start - 1))
    };
    let towns: Vec<Option<PlaceId>> = choices.iter().map(town).collect();
    for i in (0..spots.len()).filter(|&i| crosses(i)) {
        let Some(place) = towns[i] else { continue };
        let mut others = (0..spots.len()).filter(|&k| k != i).filter_map(|k| Some((k, towns[k]?)));
        let elsewhere = others.clone().any(|(_, t)| gazetteer.kilometres(place, t) > NEIGHBOURS_KM);
        if elsewhere && others.all(|(k, t)| t != place || crosses(k)) {
            choices[i] = None;
        }
    }
}

/// The spot that a spot is joined to: "X, Y", "X in Y", "X (Y)", "X in the town of Y", "X near Y".
fn holder(doc: &Doc, lexicon: &Lexicon, words: &Words, spots: &[Spot], i: usize) -> Option<usize> {
    let (end, next) = (spots[i].tokens.end, spots.get(i + 1)?);
    let between = end..next.tokens.start;
    if between.is_empty() || between.len() > MOST_JOINING || next.form == Form::Demonym {
        return None;
    }
    let comma = |j: usize| doc.get(j).is_some_and(|t| t.is_any(&[",", "("]));
    let joins = between.clone().all(|j| comma(j) || lists(&lexicon.joining, words.of(j)));
    // "Orlec, Haldin and Brenna" are three.
    let after = next.tokens.end;
    let listed =
        words.of(after) == "and" || comma(after) && spots.get(i + 2).is_some_and(|s| s.tokens.start == after + 1);
    (joins && !(listed && between.len() == 1 && !spots[i].site)).then_some(i + 1)
}
