//! History and standing states, told from the news of the day.
use super::age::{Age, Latest, clause_age, times_of_whole};
use super::draft::Draft;
use super::view::View;
use crate::Reading;
use variorum_syntax::Token;

/// How a happening stands in its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    News,
    /// Only gives the reason or occasion of another happening, or says which person is meant.
    Occasion,
    /// Older than the news, or lasting.
    History,
}

/// How each draft stands, in text order.
pub(super) fn standings(view: &View<'_>, reading: &Reading, drafts: &[Draft]) -> Vec<Standing> {
    let latest = Latest::of(view, reading);
    let mut found = Vec::with_capacity(drafts.len());
    // Sentence and block whose history is carried on.
    let mut carried: Option<(usize, usize)> = None;
    let mut main_age: Option<(usize, Age)> = None;
    for draft in drafts {
        let sent = view.token(draft.head).sent_index();
        let block = reading.block_of(draft.head);
        let this_year = reading.dct_at(view.token(draft.head).start()).map(|d| i32::from(d.year()));
        let reference = this_year.or_else(|| latest.at(reading, draft.head));
        let mut tokens = draft.tokens.clone();
        if draft.nominal {
            tokens.extend(times_of_whole(view, draft.head));
        }
        let age = clause_age(view, &tokens, draft.nominal, Some(draft.head), reference, this_year.is_some());
        let main = match main_age {
            Some((s, age)) if s == sent => age,
            _ => {
                let root = view.doc.sent(sent).root().i();
                let mut tokens = view.clause_tokens(root);
                // A quoted sentence's main clause is what is said.
                if let Some(said) = view.token(root).child("ccomp") {
                    tokens.extend(view.clause_tokens(said.i()));
                }
                let mut age = clause_age(view, &tokens, false, None, reference, this_year.is_some());
                // "During another war that raged in 2020, …"
                if age == Age::Silent
                    && in_past(view, root)
                    && since_history(view, root, reference, this_year.is_some())
                {
                    age = Age::Old;
                }
                main_age = Some((sent, age));
                match age {
                    Age::Old => carried = Some((sent, block)),
                    Age::New => carried = None,
                    Age::Silent => {
                        let goes_on = carried.is_some_and(|(s, b)| {
                            b == block
                                && (s + 1 == sent && is_told_on(view, sent)
                                    || (s + 1..=sent).all(|s| narrates(view, s)))
                        });
                        carried = goes_on.then_some((sent, block));
                    }
                }
                age
            }
        };
        let entry = &view.lexicon.entries[draft.entry];
        let new = is_new_clause(view, draft.anchor);
        let history = match age {
            Age::Old => true,
            Age::New => false,
            Age::Silent => {
                (main == Age::Old && !is_present(view, draft.anchor) && !new)
                    || (carried.is_some_and(|(s, _)| s == sent)
                        && !new
                        && (!is_present(view, draft.anchor) || in_perfect(view, draft.anchor)))
                    || is_past_perfect(view, draft.anchor)
                    || is_ongoing(view, draft.anchor)
                    || is_ongoing(view, draft.head)
                    || is_of_habit(view, draft.head)
                    || is_of_before(view, draft)
                    || draft.nominal && is_years_old(view, draft.head)
                    || started_long_ago(view, draft.head)
                    || answers_history(view, draft)
                    || since_history(view, draft.anchor, reference, this_year.is_some())
            }
        };
        found.push(
            if history || entry.background || entry.standing && draft.nominal || draft.answered && age != Age::New {
                Standing::History
            } else if draft.context && age != Age::New {
                Standing::Occasion
            } else {
                Standing::News
            },
        );
    }
    found
}

/// "Clashes have been common since 2031, but a raid killed nine": what is told after what has gone on for long is not of then.
fn is_new_clause(view: &View<'_>, anchor: usize) -> bool {
    let token = view.token(anchor);
    let over = token.head();
    token.dep() == "conj"
        && token.tag() == "VBD"
        && token.child_any(&["nsubj", "nsubjpass"]).is_some()
        && over.children().any(|c| c.dep() == "aux" && matches!(c.tag(), "VBZ" | "VBP") && view.lemma(c.i()) == "have")
}

fn is_past_perfect(view: &View<'_>, anchor: usize) -> bool {
    let token = view.token(anchor);
    let had = token.children().any(|c| matches!(c.dep(), "aux") && c.is_any(&["had", "'d"]));
    // "Police were called to a mill, where two had been shot": that is what it is about.
    let scene = token.dep() == "relcl" && token.children().any(|c| c.is("where"));
    had && !scene && !reported(view, anchor)
}

/// Inside what someone said: "said it had evacuated" only shifts the tense back.
fn reported(view: &View<'_>, anchor: usize) -> bool {
    let mut at = view.token(anchor);
    for _ in 0..6 {
        match at.dep() {
            "ccomp" => return true,
            "ROOT" => return at.children().any(|c| c.dep() == "ccomp" || c.dep() == "parataxis"),
            "relcl" | "acl" => return false,
            _ => at = at.head(),
        }
    }
    false
}

/// "Has been bombing since March", "have been locked in", "are usually attacked": going on for long.
fn is_ongoing(view: &View<'_>, anchor: usize) -> bool {
    let token = view.token(anchor);
    // "Since then hundreds are believed to have drowned": it is the drowning that goes on.
    let believed = Some(token.head()).filter(|_| token.dep() == "xcomp");
    let perfect = |c: Token<'_>| c.dep() == "aux" && matches!(c.tag(), "VBZ" | "VBP") || believed.is_some();
    let have = token.children().any(|c| perfect(c) && view.lemma(c.i()) == "have");
    let since = token.children().chain(believed.iter().flat_map(|b| b.children())).any(|c| {
        c.is("since") && matches!(c.dep(), "prep" | "mark" | "advmod")
            || c.dep() == "prep"
                && c.is("for")
                && c.child("pobj").is_some_and(|o| view.in_named_class(o.i(), "long-unit"))
            || c.dep() == "advmod" && view.in_named_class(c.i(), "habitual")
    });
    let now = token.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && matches!(c.tag(), "VBZ" | "VBP"));
    let habit = token.children().any(|c| c.dep() == "advmod" && view.in_named_class(c.i(), "habitual"));
    // "Often met traders": no one time.
    let custom = token.tag() == "VBD"
        && !names_a_day(view, anchor)
        && token.children().any(|c| c.dep() == "advmod" && view.in_named_class(c.i(), "customary"));
    custom || have && since || habit && (now || matches!(token.tag(), "VBZ" | "VBP"))
}

/// "The five-year-old uprising", "the decade-long war", "the 30-year conflict", "a long-running feud".
fn is_years_old(view: &View<'_>, noun: usize) -> bool {
    let long = |t: Token<'_>| matches!(view.lemma(t.i()), "month" | "year" | "decade");
    let running = |t: Token<'_>| t.is_any(&["running", "standing"]) && t.children().any(|c| c.is("long"));
    view.in_named_class(noun, "war")
        && view.token(noun).children().filter(|c| matches!(c.dep(), "amod" | "compound" | "nmod")).any(|c| {
            c.is_any(&["old", "long"]) && c.subtree().into_iter().any(|i| long(view.token(i)))
                || running(c)
                || matches!(view.lemma(c.i()), "year" | "decade") && c.child("nummod").is_some()
                || c.text().split('-').count() > 1
                    && c.text().split('-').any(|w| w.ends_with("year") || w.ends_with("decade"))
        })
}

/// "The five-year-old uprising, which began as a protest": what is told of how it began.
fn started_long_ago(view: &View<'_>, head: usize) -> bool {
    let clause =
        std::iter::once(view.token(head)).chain(view.token(head).ancestors()).take(4).find(|t| t.dep() == "relcl");
    clause.is_some_and(|c| c.tag() == "VBD" && is_years_old(view, c.head().i()))
}

/// "The town is usually attacked with shells fired from the hills": what is told within what is usual.
fn is_of_habit(view: &View<'_>, head: usize) -> bool {
    let above = view.token(head).ancestors().take_while(|t| !matches!(t.dep(), "ccomp" | "conj" | "parataxis"));
    let usual = |t: Token<'_>| t.children().any(|c| c.dep() == "advmod" && view.in_named_class(c.i(), "habitual"));
    above.take(HABIT).any(|t| t.pos() == "VERB" && usual(t) && is_ongoing(view, t.i())) || is_each_time(view, head)
}

/// "Every time the guard declares a truce, the mills are bombed": both.
fn is_each_time(view: &View<'_>, head: usize) -> bool {
    let time = |t: Token<'_>| t.is("time") && t.children().any(|c| c.dep() == "det" && c.is_any(&["every", "each"]));
    let each = |t: Token<'_>| {
        time(t) || t.children().any(|c| c.dep() == "advmod" && c.is("whenever") || c.dep() == "npadvmod" && time(c))
    };
    let line = std::iter::once(view.token(head)).chain(view.token(head).ancestors());
    line.take(HABIT).any(|t| each(t) || t.children().any(|c| matches!(c.dep(), "ccomp" | "advcl") && each(c)))
}

/// "Has carried out similar raids before", "has shelled the mill in the past", "was behind earlier raids".
fn is_of_before(view: &View<'_>, draft: &Draft) -> bool {
    let past = |c: Token<'_>| {
        c.dep() == "advmod" && c.is("before")
            || c.dep() == "prep" && c.is("in") && c.child("pobj").is_some_and(|o| o.is("past"))
    };
    let other = |c: Token<'_>| c.dep() == "amod" && view.in_named_class(c.i(), "earlier");
    let done = in_perfect(view, draft.anchor) && view.token(draft.anchor).children().any(past);
    done || view.token(draft.head).pos() == "NOUN" && view.token(draft.head).children().any(other)
}

/// Steps up from a happening to what is usual.
const HABIT: usize = 6;

/// "Has repeatedly accused the guild of fraud, which the guild denied": the answer is as old.
fn answers_history(view: &View<'_>, draft: &Draft) -> bool {
    let token = view.token(draft.anchor);
    let above = std::iter::successors(Some(token.head()), |t| (t.dep() != "ROOT").then(|| t.head()));
    draft.kind == "denial" && token.dep() == "relcl" && above.take(6).any(|t| is_ongoing(view, t.i()))
}

/// "has run its affairs since fighting broke out in the 1990s".
fn since_history(view: &View<'_>, anchor: usize, reference: Option<i32>, dated: bool) -> bool {
    view.token(anchor).children().any(|c| {
        let since = c.dep() == "advcl" && c.children().any(|m| m.is("since"))
            || c.dep() == "prep" && c.is_any(&["during", "since", "after", "following", "before"]);
        since && {
            let relative = c.child("pobj").and_then(|o| o.child("relcl"));
            let mut tokens = view.clause_tokens(c.i());
            tokens.extend(relative.map(|r| view.clause_tokens(r.i())).unwrap_or_default());
            clause_age(view, &tokens, true, None, reference, dated) == Age::Old
        }
    })
}

fn in_past(view: &View<'_>, root: usize) -> bool {
    let token = view.token(root);
    !in_perfect(view, root)
        && (token.tag() == "VBD" || token.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && c.tag() == "VBD"))
}

/// A sentence that does not leave the time of the history before it.
fn is_told_on(view: &View<'_>, sent: usize) -> bool {
    let root = view.doc.sent(sent).root().i();
    in_past(view, root) && !names_a_day(view, root)
        || in_perfect(view, root) && !is_timed(view, root) && !is_fresh(view, root)
}

/// "The sides used tanks": the simple past, and not what somebody says.
fn narrates(view: &View<'_>, sent: usize) -> bool {
    let root = view.doc.sent(sent).root();
    let speaks = root.children().any(|c| matches!(c.dep(), "ccomp" | "parataxis"));
    in_past(view, root.i()) && !names_a_day(view, root.i()) && !speaks
}

/// "Has given up".
pub(super) fn in_perfect(view: &View<'_>, root: usize) -> bool {
    view.token(root).children().any(|c| c.is_any(&["has", "have"]) && c.dep() == "aux")
}

/// "Two have been hurt after a bomber drew near": a perfect with what led to it is how news begins.
fn is_fresh(view: &View<'_>, root: usize) -> bool {
    let opens = |m: Token<'_>| m.is_any(&["after", "when"]) && matches!(m.dep(), "mark" | "advmod");
    let led_to_it = |c: Token<'_>| c.dep() == "advcl" && c.tag() == "VBD" && c.children().any(opens);
    let root = view.token(root);
    let said = root.child("ccomp");
    in_perfect(view, root.i()) && root.children().chain(said.iter().flat_map(|s| s.children())).any(led_to_it)
}

/// A date or time stands in the clause.
fn is_timed(view: &View<'_>, root: usize) -> bool {
    let timed = |i: &usize| matches!(view.token(*i).ent_type(), "DATE" | "TIME") || view.in_named_class(*i, "today");
    view.clause_tokens(root).iter().any(timed)
}

/// "On Saturday", "earlier this month": news again, whatever history came before.
fn names_a_day(view: &View<'_>, root: usize) -> bool {
    let this = |i: usize| {
        matches!(view.lemma(i), "week" | "month") && view.token(i).children().any(|c| c.dep() == "det" && c.is("this"))
    };
    view.clause_tokens(root).iter().any(|&i| view.in_named_class(i, "today") || this(i))
}

fn is_present(view: &View<'_>, anchor: usize) -> bool {
    let token = view.token(anchor);
    matches!(token.tag(), "VBZ" | "VBP")
        || token.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && matches!(c.tag(), "VBZ" | "VBP" | "MD"))
}
