//! The syntax of a reading as the event layer asks it: arguments of verbs and nouns whatever the construction.
use super::lexicon::Lexicon;
use super::words::{ClassBits, Words};
use smol_str::SmolStr;
use variorum_syntax::{Doc, Token};

/// How far up or down a construction is followed; keeps the cost of degenerate parses linear.
pub(super) const REACH: usize = 12;

/// A document with normalised lemmas and classes.
pub(super) struct View<'d> {
    pub doc: &'d Doc,
    pub lexicon: &'d Lexicon,
    lemmas: Vec<SmolStr>,
    classes: Vec<ClassBits>,
}

impl<'d> View<'d> {
    pub fn new(doc: &'d Doc, lexicon: &'d Lexicon) -> Self {
        let lemmas: Vec<SmolStr> = doc.tokens().map(|t| lemma_of(t, lexicon)).collect();
        let of = |i: usize| match lexicon.classes.of(&lemmas[i.saturating_sub(3)..=i]) {
            0 if doc.token(i).pos() == "NOUN" => lexicon.classes.of_kind(&lemmas[i]),
            named => named,
        };
        let classes = (0..lemmas.len()).map(of).collect();
        View { doc, lexicon, lemmas, classes }
    }

    pub fn token(&self, i: usize) -> Token<'d> {
        self.doc.token(i)
    }
    /// Lower-case lemma.
    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }
    /// Whether a token is in a set of words.
    pub fn is(&self, i: usize, words: &Words) -> bool {
        let token = self.token(i);
        words.contains(&self.lemmas[i], token.text(), self.classes[i], self.label(i), token.pos())
            || words.compounds().iter().any(|parts| self.ends_compound(i, parts))
    }

    /// The parser's label of a name; "Tal Hedra", which it takes for a person, is a hill.
    fn label(&self, i: usize) -> &'d str {
        let token = self.token(i);
        let first = token.entity().filter(|e| e.label == "PERSON" && e.end - e.start > 1).map(|e| self.token(e.start));
        let place = first.is_some_and(|f| self.in_named_class(f.i(), "place-opening"));
        if place { "LOC" } else { token.ent_type() }
    }

    /// Whether the words of a compound stand before and at a token.
    fn ends_compound(&self, i: usize, parts: &[SmolStr]) -> bool {
        parts.len() <= i + 1
            && parts.iter().rev().enumerate().all(|(back, part)| {
                let at = i - back;
                *part == self.lemmas[at] || part.eq_ignore_ascii_case(self.token(at).text())
            })
    }
    /// Whether a token is in a class.
    pub fn in_class(&self, i: usize, bit: ClassBits) -> bool {
        self.classes[i] & bit != 0
    }

    /// As [`View::is`], also of what a quantity counts: "a total of twelve posts".
    pub fn is_or_holds(&self, i: usize, words: &Words) -> bool {
        match self.counted(i) {
            Some(counted) => self.is(counted, words),
            None => self.is(i, words),
        }
    }

    /// What a word of quantity counts, through "of".
    pub fn counted(&self, i: usize) -> Option<usize> {
        let quantity =
            self.token(i).pos() == "NUM" || self.lexicon.classes.bit("quantity").is_ok_and(|bit| self.in_class(i, bit));
        if !quantity {
            return None;
        }
        let of = self.token(i).children().find(|c| c.dep() == "prep" && c.is("of"))?;
        of.child("pobj").map(|o| o.i())
    }

    /// A head and the nominals coordinated with it.
    pub fn conjuncts(&self, head: usize) -> Vec<usize> {
        let mut found = vec![head];
        let mut at = head;
        while let Some(next) = self.token(at).children().find(|c| c.dep() == "conj" && !is_verb(*c)) {
            found.push(next.i());
            at = next.i();
            if found.len() > REACH {
                break;
            }
        }
        found
    }

    /// What a relative pronoun stands for; any other token stands for itself.
    pub fn antecedent(&self, i: usize) -> usize {
        let token = self.token(i);
        if !matches!(token.tag(), "WDT" | "WP" | "WP$") {
            return i;
        }
        token.ancestors().take(REACH).find(|a| a.dep() == "relcl").map_or(i, |clause| clause.head().i())
    }

    /// True of a verb whose grammatical subject is its patient.
    pub fn passive(&self, v: usize) -> bool {
        let token = self.token(v);
        let (mut own_subject, mut active) = (false, false);
        for child in token.children() {
            match child.dep() {
                "nsubjpass" | "auxpass" | "csubjpass" | "agent" => return true,
                "aux" | "dobj" => active = true,
                "nsubj" => own_subject = true,
                _ => {}
            }
        }
        if token.tag() != "VBN" || active || own_subject && token.dep() != "conj" {
            return false;
        }
        match token.dep() {
            // "Remained jailed" is what became of him.
            "acomp" | "acl" | "amod" | "relcl" | "advcl" | "ROOT" | "ccomp" | "nsubj" | "appos" | "dep" => true,
            "conj" => is_copular(token.head()) || is_verb(token.head()) && self.passive(token.head().i()),
            _ => false,
        }
    }

    /// Lemma of the preposition at `i` ("in").
    pub fn preposition(&self, i: usize) -> &str {
        self.lemma(i)
    }

    /// The content word above a token, past its preposition.
    pub fn governor(&self, i: usize) -> Option<usize> {
        let token = self.token(i);
        if token.is_root() {
            return None;
        }
        let head = token.head();
        if head.pos() == "ADP" && matches!(token.dep(), "pobj" | "pcomp") && !head.is_root() {
            return Some(head.head().i());
        }
        Some(head.i())
    }
}

/// True of a full verb.
pub(super) fn is_verb(token: Token<'_>) -> bool {
    token.pos() == "VERB"
}

/// True of a form of "be" or another auxiliary that heads a clause.
pub(super) fn is_copular(token: Token<'_>) -> bool {
    token.pos() == "AUX"
}

/// True of what can fill a role.
pub(super) fn is_nominal(token: Token<'_>) -> bool {
    matches!(token.pos(), "NOUN" | "PROPN" | "PRON" | "NUM" | "DET" | "ADJ" | "X")
}

fn lemma_of(token: Token<'_>, lexicon: &Lexicon) -> SmolStr {
    if let Some(lemma) = lexicon.classes.lemma_of(token.text()) {
        return lemma.clone();
    }
    let lemma = token.lemma();
    if token.tag() == "NNPS"
        && let Some(known) = singulars(lemma).find(|l| lexicon.knows_noun(l))
    {
        return known;
    }
    if lemma.bytes().any(|b| b.is_ascii_uppercase()) || !lemma.is_ascii() {
        SmolStr::new(lemma.to_lowercase())
    } else {
        SmolStr::new(lemma)
    }
}

/// What a plural in a headline may be the plural of: "Clashes", which the lemmatizer leaves as names are left.
fn singulars(plural: &str) -> impl Iterator<Item = SmolStr> {
    let lower = plural.to_lowercase();
    let endings = [("ies", "y"), ("es", ""), ("s", "")];
    endings
        .into_iter()
        .filter_map(move |(end, singular)| Some(SmolStr::new(format!("{}{singular}", lower.strip_suffix(end)?))))
}

/// "The raid", "these raids".
pub(super) fn is_definite(noun: Token<'_>) -> bool {
    noun.children().any(|c| c.dep() == "det" && c.is_any(&["the", "this", "that", "these", "those"]))
}
