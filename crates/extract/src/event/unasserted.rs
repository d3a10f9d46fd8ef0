//! What a sentence does not assert although a trigger stands in it: questions, and denials that are about a sort.
use super::draft::Draft;
use super::pattern::Part;
use super::polarity::Over;
use super::view::{View, is_copular, is_verb};
use variorum_model::Polarity;

impl View<'_> {
    /// "It was no random act of violence": a happening that is only said not to be of a sort.
    pub fn is_only_sorted(&self, draft: &Draft) -> bool {
        let mut noun = self.token(draft.head);
        while noun.dep() == "pobj" && noun.head().is("of") {
            noun = noun.head().head();
        }
        let sorted = noun.children().any(|c| c.dep() == "amod" && self.in_named_class(c.i(), "sorted"));
        // "A raid, which is no act of war": nor does a clause beside it tell of another happening.
        let aside = noun.head().dep() == "relcl";
        draft.part == Part::Noun
            && noun.dep() == "attr"
            && (sorted || aside)
            && draft.outlook.polarity(true) == Polarity::DidNotHappen
    }

    /// "Her dead husband", "the injured are in hospital": that he died, that they were hurt is not told.
    pub fn is_epithet(&self, draft: &Draft) -> bool {
        let word = self.token(draft.head);
        let known = word.children().any(|c| c.dep() == "det" && c.is("the")) && word.child("nummod").is_none();
        if known && word.dep() != "amod" && self.in_named_class(word.i(), "the-hurt") {
            return true;
        }
        // "Exchanged dead fighters": of whom nobody is said to have died now.
        let whose = |c: variorum_syntax::Token<'_>| c.tag() == "PRP$";
        let uncounted = || self.in_named_class(word.head().i(), "troops") && word.head().child("nummod").is_none();
        // "A false report"
        let report = draft.kind == "denial";
        let before = draft.part == Part::Adjective && word.dep() == "amod" && word.i() < word.head().i();
        before && (uncounted() || report)
            || draft.part == Part::Adjective && word.dep() == "amod" && word.head().children().any(whose)
    }

    /// "Raids on drovers may be crimes": of raids in general.
    pub fn is_general(&self, draft: &Draft) -> bool {
        let noun = self.token(draft.head);
        let bare = noun.tag() == "NNS" && noun.children().all(|c| !matches!(c.dep(), "det" | "nummod" | "poss"));
        let verb = noun.head();
        let may = verb.children().any(|c| c.tag() == "MD" && !c.is_any(&["will", "'ll"]));
        let comes = self.sway_over(verb.i(), None, Over::Noun).is_some();
        draft.part == Part::Noun && bare && noun.dep() == "nsubj" && may && !comes
    }

    /// "The group's spokesman for military operations": what he is charged with.
    pub fn is_of_office(&self, draft: &Draft) -> bool {
        let noun = self.token(draft.head);
        let bare = noun.children().all(|c| matches!(c.dep(), "amod" | "compound" | "conj" | "cc" | "punct"));
        let prep = noun.head();
        let charged =
            noun.dep() == "pobj" && prep.is_any(&["for", "of"]) && self.in_named_class(prep.head().i(), "office");
        draft.part == Part::Noun && bare && charged
    }

    /// "The town will be hard to retake": nobody retakes it by that, nor plans to.
    pub fn is_only_rated(&self, draft: &Draft) -> bool {
        let verb = self.token(draft.head);
        let infinitive = verb.children().any(|c| c.dep() == "aux" && c.tag() == "TO");
        infinitive && matches!(verb.dep(), "xcomp" | "ccomp" | "advcl") && self.in_named_class(verb.head().i(), "tough")
    }

    /// "Nine were killed, the council said, in the latest attack on drovers": what it is one of.
    pub fn is_ranking(&self, draft: &Draft) -> bool {
        let noun = self.token(draft.head);
        let ranks = |i: usize| self.token(i).tag() == "JJS" || self.in_named_class(i, "ranked");
        let ranked = noun.children().any(|c| c.dep() == "amod" && ranks(c.i()));
        let prep = noun.head();
        let comma = prep.nbor(-1).is_some_and(|t| t.is(","));
        let on_verb = prep.is("in") && comma && is_verb(prep.head()) && prep.i() > prep.head().i();
        draft.part == Part::Noun && noun.dep() == "pobj" && ranked && on_verb
    }

    /// "There were no other injuries": besides those told of.
    pub fn is_no_other(&self, draft: &Draft) -> bool {
        let noun = self.token(draft.head);
        let none = noun.children().any(|c| c.is("no"));
        let besides = noun.children().any(|c| c.dep() == "amod" && self.in_named_class(c.i(), "besides"));
        // "No one else was hurt"
        let nobody = |c: variorum_syntax::Token<'_>| {
            c.dep().starts_with("nsubj") && self.is_nothing(c.i()) && c.children().any(|m| m.is("else"))
        };
        let nobody_else = draft.part == Part::Verb && noun.children().any(nobody);
        draft.part == Part::Noun && none && besides || nobody_else
    }

    /// "Drovers who were not taken fled": only says which drovers.
    pub fn is_of_others(&self, draft: &Draft) -> bool {
        let verb = self.token(draft.head);
        let who = verb.children().any(|c| c.dep() == "nsubjpass" && c.is_any(&["who", "that", "which"]));
        let aside = verb.left_edge().nbor(-1).is_some_and(|t| t.pos() == "PUNCT");
        let not = draft.outlook.polarity(true) == Polarity::DidNotHappen;
        verb.dep() == "relcl" && who && !aside && not && verb.child("neg").is_some()
    }

    /// "The toll has risen to 42 dead": the toll is what is told.
    pub fn is_of_tally(&self, draft: &Draft) -> bool {
        let dead = self.token(draft.head);
        let word = if dead.dep() != "pobj" && dead.head().tag() == "CD" { dead.head() } else { dead };
        let to = word.head();
        let rises = word.dep() == "pobj" && to.is_any(&["to", "at"]) && is_verb(to.head());
        let subject = to.head().child("nsubj").or_else(|| to.head().child("dobj"));
        draft.part == Part::Adjective && rises && subject.is_some_and(|s| self.in_named_class(s.i(), "tally"))
    }

    /// "Did rebels burn the mill?", where the verb stands before its subject; "who burnt it?" takes for granted that somebody did.
    pub fn is_asked(&self, draft: &Draft) -> bool {
        let token = self.token(draft.head);
        let sentence = token.sent();
        let mut last = (sentence.start..sentence.end).rev().map(|i| self.token(i));
        let asked = last.find(|t| !matches!(t.text(), "\"" | "”" | "'" | ")")).is_some_and(|t| t.is("?"));
        let aside =
            || std::iter::once(token).chain(token.ancestors()).any(|t| matches!(t.dep(), "relcl" | "acl" | "advcl"));
        let granted = || (sentence.start..sentence.end).any(|i| self.token(i).tag().starts_with('W'));
        let root = self.doc.sent(token.sent_index()).root();
        let turned = || {
            let subject = root.child_any(&["nsubj", "nsubjpass", "expl", "attr"]).map_or(root.i(), |s| s.i());
            is_copular(root) && root.i() < subject
                || root.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && c.i() < subject)
        };
        // "A new raid on the mill?": a heading that only asks.
        let finite = |i: usize| matches!(self.token(i).tag(), "VBD" | "VBZ" | "VBP" | "MD");
        let verbless = || !(sentence.start..sentence.end).any(finite);
        asked && !granted() && (verbless() || turned() && !aside())
    }
}
