//! What a figure counts over: this happening, a day, a campaign; and whether it is history.
use super::attach::Scene;
use super::lexicon::Frame;
use super::text::Text;
use variorum_model::{Polarity, Scope};
use variorum_syntax::Token;

/// Scope, history and polarity of a link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Setting {
    pub scope: Scope,
    pub background: bool,
    pub polarity: Polarity,
    /// Counted over a stretch of time that the words give: "in three days of fighting".
    pub stretch: bool,
}

impl Scene<'_, '_, '_> {
    /// Reads the words of the sentence around a phrase and its trigger.
    pub fn setting_of(&self, counted: usize, trigger: usize) -> Setting {
        let phrase = &self.counted[counted];
        let polarity = self.polarity_of(trigger);
        let mut setting = Setting { scope: Scope::Unknown, background: false, polarity, stretch: false };
        let lexicon = self.lexicon;
        let from = self.sent.start.max(phrase.tokens.start.saturating_sub(CUE_WINDOW));
        let until = self.sent.end.min(phrase.tokens.end + CUE_WINDOW);
        for i in from..until {
            let Some((len, &id)) = lexicon.scope_phrases.at(&self.text.words, i, self.sent.end) else { continue };
            let entry = &lexicon.scopes[id];
            if i > phrase.tokens.end.max(self.triggers[trigger].tokens.end) + entry.near.min(CUE_WINDOW)
                || phrase.tokens.start > i + len + entry.near.min(CUE_WINDOW)
            {
                continue;
            }
            if entry.perfect && !self.is_perfect(trigger) || entry.inside && !self.hangs_on(trigger, i + len - 1) {
                continue;
            }
            if entry.leads && (i > phrase.tokens.start || !self.depends_on(trigger, i + len - 1)) {
                continue;
            }
            // A running total speaks of the number that follows it.
            if entry.total && (i + len > phrase.tokens.start || self.triggers[trigger].tokens.end + 8 < i) {
                continue;
            }
            if entry.background || setting.scope == Scope::Unknown {
                setting.scope = entry.scope;
            }
            setting.background |= entry.background;
        }
        if setting.scope == Scope::Unknown
            && let Some(scope) = self.stretch_of(counted, trigger)
        {
            setting.scope = scope;
            setting.stretch = scope == Scope::Campaign;
        }
        let doer = self.text.doc.token(self.triggers[trigger].head).children().find(|c| c.dep() == "nsubj");
        if doer.is_some_and(|d| lexicon.doers.at(&self.text.words, d.i(), self.sent.end).is_some())
            && !phrase_is(phrase.head, doer.map(|d| d.i()))
        {
            setting.scope = Scope::Campaign;
            setting.background = true;
        }
        let mass = link_value(phrase) >= MASS_TOLL && self.triggers[trigger].entry.measure == "killed";
        if mass || self.past_year_near(trigger, from, until) {
            setting.background = true;
            setting.scope = Scope::Campaign;
        }
        if setting.scope == Scope::Unknown && self.triggers[trigger].entry.frame != Frame::Toll {
            setting.scope = Scope::Incident;
        }
        setting
    }

    /// "in 2014", "the 2020 war": a bare year that is not that of the report.
    fn past_year_near(&self, trigger: usize, from: usize, until: usize) -> bool {
        let dct = self.text.reading.dct_at(self.text.doc.token(from).start());
        (from..until).any(|i| {
            let word = self.text.word(i);
            let year = word.len() == 4 && self.text.number(i).is_some_and(|v| (1900.0..2100.0).contains(&v));
            let before = if i > self.sent.start { self.text.word(i - 1) } else { "" };
            let earlier = || dct.is_none_or(|d| self.text.number(i).is_some_and(|v| f64::from(d.year()) > v));
            if self.is_of_lasting(trigger, i) {
                return false;
            }
            // "since March 2011"
            let apart = (i.min(until)..i)
                .chain(from..i)
                .any(|j| j > until.saturating_sub(CUE_WINDOW) && matches!(self.text.doc.token(j).tag(), "WDT" | "WP"));
            let since = !apart && (i.saturating_sub(4).max(self.sent.start)..i).any(|j| self.text.word(j) == "since");
            if year && since && self.month_near(i) && earlier() {
                return true;
            }
            let bare =
                year && matches!(
                    before,
                    "in" | "since" | "of" | "during" | "the" | "from" | "late" | "early" | "mid" | "until"
                ) && !self.month_near(i);
            // "raising the spectre of the 2020 war" dates nothing else.
            let names = matches!(before, "the" | "of") && !self.hangs_on(trigger, i);
            bare && earlier() && !names && !self.compares(i)
        })
    }

    /// "The raid killed nine, but clashes have been common since 2014": the year of a clause beside it about what has gone on since.
    fn is_of_lasting(&self, trigger: usize, year: usize) -> bool {
        let doc = &self.text.doc;
        let (Some(told), Some(dated)) = (verb_of(doc.token(self.triggers[trigger].head)), verb_of(doc.token(year)))
        else {
            return false;
        };
        let beside = |l: Token<'_>, r: Token<'_>| l.dep() == "conj" && l.head() == r;
        let subject = |t: Token<'_>| t.child_any(&["nsubj", "nsubjpass"]).is_some();
        let perfect = |t: Token<'_>| {
            t.children().any(|c| c.dep() == "aux" && self.lexicon.syntax.have.contains(&self.text.words[c.i()]))
        };
        (beside(told, dated) || beside(dated, told))
            && subject(told)
            && subject(dated)
            && perfect(dated)
            && !perfect(told)
    }

    /// True when words hang on a trigger or on the verb above it.
    pub(super) fn hangs_on(&self, trigger: usize, token: usize) -> bool {
        let head = self.text.doc.token(self.triggers[trigger].head);
        let token = self.text.doc.token(token);
        let verb = matches!(head.dep(), "oprd" | "acomp" | "xcomp" | "conj" | "ccomp" | "amod");
        token.is_under(head) || verb && !head.head().is_under(token) && token.head() == head.head()
    }

    /// True when a trigger stands in the clause or phrase that a preposition or conjunction opens.
    pub(super) fn depends_on(&self, trigger: usize, opener: usize) -> bool {
        let head = self.text.doc.token(self.triggers[trigger].head);
        let opener = self.text.doc.token(opener);
        match opener.dep() {
            "mark" | "advmod" => !opener.head().is_root() && head.is_under(opener.head()),
            _ => head.is_under(opener),
        }
    }

    fn month_near(&self, i: usize) -> bool {
        (i.saturating_sub(3).max(self.sent.start)..i).any(|j| self.lexicon.syntax.months.contains(&self.text.words[j]))
    }

    /// "have been killed", "has killed", "has left 12 dead".
    pub(super) fn is_perfect(&self, trigger: usize) -> bool {
        let head = self.text.doc.token(self.triggers[trigger].head);
        let has = |verb: variorum_syntax::Token| {
            verb.children().any(|c| c.dep() == "aux" && self.lexicon.syntax.have.contains(&self.text.words[c.i()]))
        };
        has(head) || (head.dep() != "ROOT" && !head.tag().starts_with("VB") && has(head.head()))
    }

    /// Planned and conditional things by the auxiliaries and the verb above.
    fn polarity_of(&self, trigger: usize) -> Polarity {
        let w = &self.lexicon.syntax;
        let text: &Text = self.text;
        let mut head = text.doc.token(self.triggers[trigger].head);
        match self.triggers[trigger].entry.frame {
            Frame::Transitive | Frame::Intransitive | Frame::Active => {}
            // "The toll could rise to 40"
            Frame::Toll if head.dep() == "nsubj" && head.head().lemma() != "be" => head = head.head(),
            _ => return Polarity::Happened,
        }
        let mut infinitive = false;
        let mut perfect = false;
        for child in head.lefts().filter(|c| matches!(c.dep(), "aux" | "auxpass")) {
            let word = &text.words[child.i()];
            if w.modals.contains(word) {
                return if matches!(word.as_str(), "will" | "shall" | "'ll") {
                    Polarity::Planned
                } else {
                    Polarity::Conditional
                };
            }
            infinitive |= word == "to";
            perfect |= w.have.contains(word);
        }
        let governor = head.head();
        if infinitive && !perfect && governor.pos() == "VERB" && w.hypothetical.contains(governor.lemma()) {
            return Polarity::Planned;
        }
        // "An offensive to capture a leader"
        let aim = head.dep() == "acl" && governor.pos() == "NOUN" && head.child("auxpass").is_none();
        if infinitive && !perfect && aim {
            return Polarity::Planned;
        }
        if head.children().any(|c| c.dep() == "mark" && matches!(text.word(c.i()), "if" | "unless")) {
            return Polarity::Conditional;
        }
        Polarity::Happened
    }
}

/// Deaths from which on a figure is a total of a war, not of a happening.
const MASS_TOLL: f64 = 20_000.0;

fn link_value(phrase: &super::counted::Counted) -> f64 {
    phrase.quantity.value.or(phrase.quantity.min).unwrap_or(0.0)
}

fn phrase_is(head: usize, other: Option<usize>) -> bool {
    other == Some(head)
}

/// How far from a figure a cue of its scope may stand, in tokens.
const CUE_WINDOW: usize = 18;

/// The verb of the clause that a token stands in.
fn verb_of(token: Token<'_>) -> Option<Token<'_>> {
    std::iter::once(token).chain(token.ancestors()).find(|t| matches!(t.pos(), "VERB" | "AUX"))
}
