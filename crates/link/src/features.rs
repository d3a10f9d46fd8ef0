//! What of a claim linkage compares.
use crate::calendar::{self, Days};
use crate::cluster::FAR;
use crate::kinds::{Kind, Kinds, Role};
use crate::scene::Scene;
use crate::site::{Site, is_spot};
use crate::story::{Bag, hash, sentence_terms, telling_terms};
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use variorum_model::{Bound, CATEGORIES, Claim, ClaimPlace, MEASURES, Named, Polarity, Scope, Stance};

/// A number as linkage compares it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub measure: u8,
    pub category: u8,
    pub low: f32,
    pub high: f32,
    pub exact: bool,
}

/// One claim, as linkage compares it.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    pub kind: Kind,
    pub time: Option<Days>,
    /// The day of the year, where nobody says of which year.
    pub yearly: Option<u16>,
    pub sites: Vec<Site>,
    /// Hashes of the names of who did it and to whom, ascending.
    pub parties: Vec<u32>,
    pub tallies: Vec<Tally>,
    /// Words of the quote, and those of them that tell it from other reports of the same war.
    pub terms: Bag,
    pub telling: Bag,
    /// Code points of the quote.
    pub start: usize,
    pub end: usize,
    pub article: usize,
    pub background: bool,
    pub planned: bool,
    /// A truce or talks that are only wanted or offered, or that somebody works for.
    pub effort: bool,
    /// It is said to have happened.
    pub came_about: bool,
    /// It speaks of a whole offensive or war, or of its toll.
    pub broad: bool,
    /// Somebody is accused of it, or it is violence or a broken truce: what one denies.
    pub blames: bool,
    /// Families of what its words point back at, ascending: "killed in the fighting", "had no hand in negotiating the deal".
    pub again: Vec<u8>,
    /// What is to be done under a truce: "would leave the hills under the truce".
    pub term: bool,
    /// Families of what an act of speech speaks of, ascending.
    pub topics: Vec<u8>,
    /// An act of speech about somebody, and not about a happening: "grew critical of Oria".
    pub relational: bool,
    pub stand: Stand,
}

/// Who says it and whose doing it is said to be, for telling answers from echoes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stand {
    /// Stems of the names of the voices that deny something.
    pub deniers: Vec<u32>,
    /// Stems of the names of those whose doing it is denied to be.
    pub cleared: Vec<u32>,
    /// Stems of the names of those who are said to have done it.
    pub doers: Vec<u32>,
    /// Stems of the names of those who are accused of it.
    pub accused: Vec<u32>,
    /// Stems of the names of those who accuse.
    pub accusers: Vec<u32>,
}

impl Stand {
    fn new(claim: &Claim, vocabulary: &Vocabulary) -> Self {
        let stems = |names: &[Named]| sorted(names.iter().flat_map(|n| stems(&n.name, vocabulary)));
        let (voices, actors) = (|| stems(&claim.sources), || stems(&claim.actors));
        let mut stand = Stand::default();
        if is_denial(claim) {
            stand.deniers = voices();
            stand.cleared = actors();
        } else if claim.polarity == Polarity::Happened {
            stand.doers = actors();
            if claim.stance == Stance::Accuse {
                stand.accused = actors();
                stand.accusers = voices();
            }
        }
        stand
    }

    /// All of both.
    pub fn merge(&mut self, other: &Stand) {
        let join = |l: &mut Vec<u32>, r: &[u32]| *l = sorted(l.iter().chain(r).copied());
        join(&mut self.deniers, &other.deniers);
        join(&mut self.cleared, &other.cleared);
        join(&mut self.doers, &other.doers);
        join(&mut self.accused, &other.accused);
        join(&mut self.accusers, &other.accusers);
    }

    /// One denies what the other says of it, or each accuses the other.
    pub fn answers(&self, other: &Stand) -> bool {
        let denies =
            |l: &Stand, r: &Stand| !l.deniers.is_empty() && (meet(&l.deniers, &r.doers) || meet(&l.cleared, &r.doers));
        let mutual = meet(&self.accusers, &other.accused) && meet(&self.accused, &other.accusers);
        denies(self, other) || denies(other, self) || mutual
    }
}

/// A voice says that something is not so. That something could not be verified is no denial.
pub(crate) fn is_denial(claim: &Claim) -> bool {
    // What a statement says is not so need not be anything that somebody else claims.
    let negated = claim.polarity == Polarity::DidNotHappen
        && claim.event.kind != "statement"
        && matches!(claim.stance, Stance::Assert | Stance::Accuse);
    claim.stance == Stance::Deny || (negated && !claim.sources.is_empty())
}

/// Hashes of what is left of a name when words of office are gone, cut to what its derivations share: "Oria",
/// "Orian Ministry of Defence" and "Orian forces" have one in common.
pub(crate) fn stems(name: &str, vocabulary: &Vocabulary) -> Vec<u32> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 2);
    let own = words.filter(|w| !vocabulary.is_common(w) && vocabulary.weight(w) > 0.0);
    own.map(|w| hash(w.char_indices().nth(4).map_or(w, |(end, _)| &w[..end]))).collect()
}

/// Both ascending.
pub(crate) fn meet(l: &[u32], r: &[u32]) -> bool {
    l.iter().any(|x| r.binary_search(x).is_ok())
}

pub(crate) fn sorted(items: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut list: Vec<u32> = items.collect();
    list.sort_unstable();
    list.dedup();
    list
}

impl Features {
    pub fn new(claim: &Claim, scene: &Scene, kinds: &Kinds, vocabulary: &Vocabulary) -> Self {
        let kind = kinds.kind(&claim.event.kind);
        // Who mediated the truce tells of a truce that was made.
        let topics = kinds.topics(&claim.quote);
        let made = claim.polarity == Polarity::Happened && kinds.is_talks(kind) && topics.contains(&kinds.truce());
        let kind = if made && claim.event.kind == "mediation" { kinds.kind("ceasefire") } else { kind };
        // Who takes part in an act of speech is who speaks.
        let voices = claim.sources.last().filter(|_| {
            kinds.role(kind) == Role::Speech
                || matches!(claim.stance, Stance::Demand | Stance::Propose | Stance::Threaten)
        });
        let parties = claim.actors.iter().chain(&claim.targets).chain(voices);
        let parties = sorted(parties.map(|n| party(&n.name)));
        let site = |place: &ClaimPlace| {
            let name = sorted(stems(&place.name, vocabulary).into_iter());
            Site {
                wide: scene.states.contains(&name),
                street: vocabulary.is_street(&place.name),
                ..Site::new(place, claim.span)
            }
        };
        let mut sites: Vec<Site> = claim.places.iter().map(site).collect();
        if !is_spot(&sites) {
            // What extraction did not take for a place may still tell two happenings apart.
            sites.splice(0..0, scene.spots(claim, vocabulary));
        }
        let told = without_cue(claim);
        Features {
            kind,
            time: calendar::claimed(&claim.time),
            yearly: calendar::of_any_year(&claim.time),
            sites,
            parties,
            tallies: claim.figures.iter().filter_map(tally).collect(),
            terms: sentence_terms(&told, vocabulary),
            telling: telling_terms(&told, &scene.wide_words, vocabulary),
            start: claim.span.start,
            end: claim.span.end,
            article: claim.article,
            background: claim.background,
            planned: kinds.role(kind) != Role::Speech && is_planned(claim, kinds),
            effort: kinds.is_talks(kind) || kinds.is_truce(kind) && claim.stance == Stance::Demand,
            came_about: claim.polarity == Polarity::Happened,
            broad: is_broad(claim, kinds),
            blames: claim.stance == Stance::Accuse || kinds.is_part(kind) || kinds.is_breach(kind),
            again: kinds.points_back(&claim.quote),
            term: claim.polarity == Polarity::Planned && kinds.is_term(&claim.quote),
            relational: kinds.role(kind) == Role::Speech
                && claim.stance == Stance::Express
                && !claim.targets.is_empty()
                && topics.is_empty(),
            topics: if kinds.role(kind) == Role::Speech { topics } else { Vec::new() },
            stand: Stand::new(claim, vocabulary),
        }
    }
}

/// The quote without the words that credit a source: two statements are not alike because both are emphatic.
fn without_cue(claim: &Claim) -> String {
    let is_cue = |at: usize| claim.cue.as_ref().is_some_and(|cue| cue.span.start <= at && at < cue.span.end);
    claim.quote.chars().zip(claim.span.start..).map(|(c, at)| if is_cue(at) { ' ' } else { c }).collect()
}

/// It is wanted or announced. A truce that is agreed on is made; one that is only asked for or offered is not.
fn is_planned(claim: &Claim, kinds: &Kinds) -> bool {
    let wanted = matches!(claim.stance, Stance::Demand | Stance::Propose | Stance::Threaten);
    let agreed = kinds.is_truce(kinds.kind(&claim.event.kind)) && !wanted;
    match claim.polarity {
        Polarity::Conditional => true,
        Polarity::Planned => !agreed,
        Polarity::Happened | Polarity::DidNotHappen => false,
    }
}

/// It speaks of a whole offensive or war, or of its toll.
pub(crate) fn is_broad(claim: &Claim, kinds: &Kinds) -> bool {
    kinds.is_campaign(&claim.event.trigger.text) || claim.figures.iter().any(|f| f.scope == Scope::Campaign)
}

fn tally(figure: &variorum_model::Figure) -> Option<Tally> {
    // "Some", "several": no number that another claim could share.
    let low = figure.value.or(figure.min.filter(|_| figure.max.is_some()))?;
    let high = figure.value.or(figure.max).unwrap_or(low);
    Some(Tally {
        measure: MEASURES.iter().position(|m| *m == figure.measure)? as u8,
        category: CATEGORIES.iter().position(|c| *c == figure.category).unwrap_or(0) as u8,
        low: low as f32,
        high: high as f32,
        exact: figure.bound == Bound::Exactly,
    })
}

/// How two times compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TimeLevel {
    Same,
    Overlap,
    Unknown,
    Adjacent,
    Apart,
    Far,
}

pub(crate) fn time_level(l: Option<Days>, r: Option<Days>) -> TimeLevel {
    let (Some(l), Some(r)) = (l, r) else { return TimeLevel::Unknown };
    if l == r {
        return TimeLevel::Same;
    }
    if l.overlaps(r) {
        return TimeLevel::Overlap;
    }
    match l.gap(r) {
        ..=2 => TimeLevel::Adjacent,
        3..=FAR => TimeLevel::Apart,
        _ => TimeLevel::Far,
    }
}

/// The same where one or both are days of an unknown year: they can tell happenings apart, and make none one.
pub(crate) fn yearly_level(l: (Option<Days>, Option<u16>), r: (Option<Days>, Option<u16>)) -> TimeLevel {
    if l.1.is_none() && r.1.is_none() {
        return time_level(l.0, r.0);
    }
    let in_year = |(time, yearly): (Option<Days>, Option<u16>)| yearly.or(time.and_then(calendar::in_any_year));
    let (Some(left), Some(right)) = (in_year(l), in_year(r)) else { return time_level(l.0, r.0) };
    match calendar::gap_in_year(left, right) {
        0 if l.1 == r.1 => TimeLevel::Overlap,
        0 => TimeLevel::Unknown,
        ..=2 => TimeLevel::Adjacent,
        _ => TimeLevel::Apart,
    }
}

/// How two lists of parties compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartyLevel {
    Same,
    Share,
    Unknown,
    None,
}

/// Both lists ascending.
/// A party for comparison. The lowest bit says whether a common noun is all that is known of it: "troops".
pub(crate) fn party(name: &str) -> u32 {
    let common = name.chars().next().is_some_and(char::is_lowercase);
    hash(&name.to_lowercase()) & !1 | u32::from(common)
}

pub(crate) fn party_level(l: &[u32], r: &[u32]) -> PartyLevel {
    if l.is_empty() || r.is_empty() {
        return PartyLevel::Unknown;
    }
    let both = l.iter().filter(|p| r.binary_search(p).is_ok()).count();
    match both {
        0 => PartyLevel::None,
        n if n == l.len() && n == r.len() => PartyLevel::Same,
        _ => PartyLevel::Share,
    }
}

/// True where only one of the two is known by more than a common noun: "troops" may be anybody's.
pub(crate) fn is_common_of_one(l: &[u32], r: &[u32]) -> bool {
    let common = |parties: &[u32]| parties.iter().all(|p| p & 1 == 1);
    common(l) != common(r)
}

/// How two lists of numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FigureLevel {
    Agree,
    Unknown,
    Differ,
}

pub(crate) fn figure_level(l: &[Tally], r: &[Tally]) -> FigureLevel {
    let mut level = FigureLevel::Unknown;
    for l in l {
        for r in r.iter().filter(|r| r.measure == l.measure) {
            if l.low == r.low && l.high == r.high {
                return FigureLevel::Agree;
            }
            if l.exact && r.exact && l.category == r.category {
                level = FigureLevel::Differ;
            }
        }
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truce_agreed_on_is_made_and_one_asked_for_is_not() {
        let kinds = Kinds::load().unwrap();
        let planned = |kind: &str, stance| {
            let event = variorum_model::Event { kind: kind.into(), ..Default::default() };
            is_planned(&Claim { event, stance, polarity: Polarity::Planned, ..Claim::default() }, &kinds)
        };
        assert!(!planned("disarmament", Stance::Assert));
        assert!(planned("ceasefire", Stance::Demand) && planned("ceasefire", Stance::Propose));
        assert!(planned("withdrawal", Stance::Assert));
    }

    #[test]
    fn a_vague_number_is_shared_with_nobody() {
        let killed = |value, min, max| variorum_model::Figure {
            measure: "killed".into(),
            category: "people".into(),
            value,
            min,
            max,
            ..Default::default()
        };
        assert!(tally(&killed(None, Some(2.0), None)).is_none(), "some were killed");
        assert!(tally(&killed(Some(2.0), Some(2.0), None)).is_some(), "at least two");
        assert!(tally(&killed(None, Some(20.0), Some(30.0))).is_some(), "twenty to thirty");
    }

    #[test]
    fn the_words_that_credit_a_source_are_not_compared() {
        let cue = variorum_model::Quote { span: variorum_model::Span::new(15, 19), text: "said".into() };
        let quote = "The town fell, said Tarn".to_owned();
        let span = variorum_model::Span::new(0, quote.chars().count());
        let claim = Claim { quote, span, cue: Some(cue), ..Claim::default() };
        assert_eq!(without_cue(&claim), "The town fell,      Tarn");
    }

    #[test]
    fn times_compare_by_overlap_then_gap() {
        let days = |first, last| Some(Days::new(first, last));
        assert_eq!(time_level(days(5, 5), days(5, 5)), TimeLevel::Same);
        assert_eq!(time_level(days(1, 30), days(5, 5)), TimeLevel::Overlap);
        assert_eq!(time_level(days(5, 5), days(6, 6)), TimeLevel::Adjacent);
        assert_eq!(time_level(days(5, 5), days(9, 9)), TimeLevel::Apart);
        assert_eq!(time_level(days(5, 5), days(500, 500)), TimeLevel::Far);
        assert_eq!(time_level(days(5, 5), None), TimeLevel::Unknown);
    }

    #[test]
    fn a_day_of_an_unknown_year_tells_apart() {
        let (fifth, sixth, late) = ((None, Some(4)), (None, Some(5)), (None, Some(200)));
        let dated = |day| (Some(Days::new(day, day)), None);
        assert_eq!(yearly_level(fifth, fifth), TimeLevel::Overlap);
        assert_eq!(yearly_level(fifth, sixth), TimeLevel::Adjacent);
        assert_eq!(yearly_level(fifth, late), TimeLevel::Apart);
        assert_eq!(yearly_level(fifth, dated(4)), TimeLevel::Unknown);
        assert_eq!(yearly_level(late, dated(4)), TimeLevel::Apart);
        assert_eq!(yearly_level(dated(4), dated(5)), TimeLevel::Adjacent);
    }
}
