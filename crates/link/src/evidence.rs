//! One claim of an incident with what is known around it.
use crate::calendar::{self, Day, Days};
use crate::disagree::Means;
use crate::features::{is_denial, stems};
use crate::kinds::Kind;
use crate::story::{Bag, sentence_terms};
use crate::vocabulary::{Vocabulary, is_pronoun};
use crate::{Linker, Member, Reading};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use variorum_model::{Claim, Named, Polarity, Stance};

/// Start of the name of a voice that is a publisher's own.
pub(crate) const OWN_VOICE: &str = "publisher: ";

/// A claim in its reading.
pub(crate) struct Evidence<'a> {
    pub claim: &'a Claim,
    pub reading: &'a Reading,
    /// Position among the claims of the reading.
    pub at: usize,
    pub kind: Kind,
    /// Day on which it was published.
    pub published: Option<Day>,
    pub time: Option<Days>,
    /// Innermost voice; the publisher in its own is `publisher: X`.
    pub voice: String,
    /// Stems of the names of the innermost voice and of whom the report says it belongs to; ascending, as all stems.
    pub voices: Vec<u32>,
    /// Stems of the names of who is said to have done it; of "his army", those of the voice.
    pub doers: Vec<u32>,
    /// [`Evidence::terms`], when they were first asked for.
    terms: OnceCell<Bag>,
}

impl Evidence<'_> {
    /// Said to have come about, rather than denied, wanted or announced.
    pub fn is_factual(&self) -> bool {
        self.claim.polarity == Polarity::Happened
    }
    /// The words of its quote by weight.
    pub fn terms(&self, vocabulary: &Vocabulary) -> &Bag {
        self.terms.get_or_init(|| sentence_terms(&self.claim.quote, vocabulary))
    }
    /// Names of all voices, from the outermost to the innermost; none where the publisher speaks itself.
    pub fn sources(&self) -> Vec<String> {
        self.claim.sources.iter().map(|s| s.name.clone()).collect()
    }
    /// In the publisher's own voice.
    pub fn is_own_voice(&self) -> bool {
        self.claim.sources.is_empty()
    }
    /// Of one article of one report.
    pub fn same_article(&self, other: &Evidence<'_>) -> bool {
        self.reading.report.id == other.reading.report.id && self.claim.article == other.claim.article
    }
}

/// The earliest published first, undated reports last; then text order.
pub(crate) fn in_order(evidence: &mut [Evidence<'_>]) {
    evidence.sort_by(|l, r| {
        let key = |e: &Evidence<'_>| (e.published.is_none(), e.published);
        key(l)
            .cmp(&key(r))
            .then_with(|| l.reading.report.id.cmp(&r.reading.report.id))
            .then_with(|| (l.claim.span.start, l.claim.span.end).cmp(&(r.claim.span.start, r.claim.span.end)))
            .then_with(|| l.claim.id.cmp(&r.claim.id))
    });
}

impl Linker {
    /// Claims of the same reports that belong elsewhere and may contest what belongs here: denials, accusations, labels.
    pub(crate) fn around<'a>(&self, members: &[Member<'a>]) -> Vec<Evidence<'a>> {
        let mut own: BTreeMap<&str, (&'a Reading, BTreeSet<u32>)> = BTreeMap::new();
        for Member { reading, claims } in members {
            own.entry(reading.report.id.as_str()).or_insert((reading, BTreeSet::new())).1.extend(*claims);
        }
        let mut all = Vec::new();
        for (reading, own) in own.into_values() {
            let others = (0..reading.claims.len()).filter(|i| !own.contains(&(*i as u32)));
            all.extend(others.filter(|&i| self.contests(&reading.claims[i])).map(|i| self.evidence(reading, i)));
        }
        in_order(&mut all);
        all
    }

    /// True of denials, accusations, protests and labels: they bear on incidents of the same report that are not theirs.
    /// What other claims say is said of their own incident alone.
    pub fn contests(&self, claim: &Claim) -> bool {
        is_denial(claim)
            || matches!(claim.stance, Stance::Accuse | Stance::Express)
            || self.words.find(&claim.quote, Means::Condemns).is_some()
    }

    pub(crate) fn evidence<'a>(&self, reading: &'a Reading, at: usize) -> Evidence<'a> {
        let claim = &reading.claims[at];
        let article = reading.report.articles.get(claim.article);
        let own = article.and_then(|a| calendar::published(&a.published));
        let voices = self.voices(reading, claim);
        let doers = claim.actors.iter().flat_map(|name: &Named| {
            let own = self.words.is_possessed(&name.name);
            let rest = name.name.split_once(' ').filter(|_| own).map_or(name.name.as_str(), |(_, rest)| rest);
            let found = stems(rest, &self.vocabulary);
            if found.is_empty() && own { voices.clone() } else { found }
        });
        Evidence {
            doers: ascending(doers.collect()),
            voices,
            claim,
            reading,
            at,
            kind: self.kinds.kind(&claim.event.kind),
            published: own.or_else(|| calendar::published(&reading.report.published)).map(|days| days.last),
            time: calendar::claimed(&claim.time),
            terms: OnceCell::new(),
            voice: match claim.sources.last() {
                // "He" of two reports are two men, be they of one house.
                Some(source) if is_pronoun(&source.name) => {
                    format!("{} in {}", source.name.to_lowercase(), reading.report.id)
                }
                Some(source) => source.name.clone(),
                None => own_voice(reading),
            },
        }
    }

    /// Stems of the innermost voice's name, and of the names that stand before it in the report with nothing but offices
    /// between: "Karovian prime minister Tomas Verrin" speaks for Karovia.
    pub(crate) fn voices(&self, reading: &Reading, claim: &Claim) -> Vec<u32> {
        let Some(source) = claim.sources.last() else {
            // A publisher speaks for the side that the register puts it on.
            let outlet = self.outlets.named(&reading.report.publisher);
            return outlet.map_or_else(Vec::new, |o| ascending(stems(&o.side, &self.vocabulary)));
        };
        let mut found = stems(&source.name, &self.vocabulary);
        let text = &reading.report.text;
        for (at, _) in text.match_indices(source.name.as_str()).take(MOST_NAMED) {
            let line = text[..at].rsplit(['\n', ',', ';', ':', '(', ')', '“', '"']).next().unwrap_or("");
            for word in line.split_whitespace().rev().take(MOST_BETWEEN) {
                let bare = word.trim_end_matches('.').trim_end_matches("'s").trim_end_matches("’s");
                if self.words.is_office(bare) {
                    continue;
                }
                if word.starts_with(char::is_uppercase) && !word.ends_with('.') {
                    found.extend(stems(bare, &self.vocabulary));
                }
                break;
            }
        }
        ascending(found)
    }
}

/// Times that a name is looked up in its report, and words before it.
const MOST_NAMED: usize = 8;
const MOST_BETWEEN: usize = 7;

/// `publisher: Belstrad Herald`; of a report without a publisher, its id.
fn own_voice(reading: &Reading) -> String {
    let report = &reading.report;
    let name = if report.publisher.is_empty() { &report.id } else { &report.publisher };
    format!("{OWN_VOICE}{name}")
}

fn ascending(mut list: Vec<u32>) -> Vec<u32> {
    list.sort_unstable();
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::meet;
    use variorum_model::{Report, Span};

    fn reading(text: &str, source: &str, actor: &str) -> Reading {
        let named = |name: &str| Named { name: name.into(), span: Span::default() };
        let claim = Claim { sources: vec![named(source)], actors: vec![named(actor)], ..Claim::default() };
        Reading { report: Report { text: text.into(), ..Report::default() }, claims: vec![claim] }
    }

    #[test]
    fn he_is_another_man_in_each_report() {
        let linker = Linker::load().unwrap();
        let voice = |source: &str, report: &str| {
            let mut reading = reading("", source, "");
            (reading.report.id, reading.report.publisher) = (report.into(), "Brenna Herald".into());
            linker.evidence(&reading, 0).voice
        };
        assert_eq!(voice("He", "r1"), "he in r1");
        assert_ne!(voice("he", "r1"), voice("he", "r2"));
        assert_eq!(voice("Oran Teska", "r1"), voice("Oran Teska", "r2"));
    }

    #[test]
    fn a_voice_speaks_for_the_name_before_its_office() {
        let linker = Linker::load().unwrap();
        let karovia = stems("Karovia", &linker.vocabulary);
        let is_karovian = |text: &str, source: &str| {
            let reading = reading(text, source, "its forces");
            let evidence = linker.evidence(&reading, 0);
            (meet(&evidence.voices, &karovia), meet(&evidence.doers, &karovia))
        };
        assert_eq!(is_karovian("Karovian Prime Minister Tomas Verrin denied it.", "Tomas Verrin"), (true, true));
        assert_eq!(is_karovian("Karovia's army spokesman, Col. Anton Drusk, said so.", "Anton Drusk"), (false, false));
        assert_eq!(is_karovian("Karovia’s army spokesman Col. Anton Drusk said so.", "Anton Drusk"), (true, true));
        assert_eq!(is_karovian("He blamed Karovia. President Oran Teska wept.", "Oran Teska"), (false, false));
        assert_eq!(is_karovian("Karovia accused Oran Teska.", "Oran Teska"), (false, false));
    }
}
