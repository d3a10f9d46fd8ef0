//! History and standing states, told from the news of the day.
use super::draft::Draft;
use super::view::View;
use crate::Reading;
use variorum_syntax::Token;

/// What the years and cues of a clause say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    Old,
    New,
    Silent,
}

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
    let newest = newest_year(view);
    let mut found = Vec::with_capacity(drafts.len());
    // Sentence and block whose history is carried on.
    let mut carried: Option<(usize, usize)> = None;
    let mut main_age: Option<(usize, Age)> = None;
    for draft in drafts {
        let sent = view.token(draft.head).sent_index();
        let block = reading.block_of(draft.head);
        let this_year = reading.dct_at(view.token(draft.head).start()).map(|d| i32::from(d.year()));
        let reference = this_year.or(newest);
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
                        let told_on = in_past(view, root)
                            || in_perfect(view, root) && !is_timed(view, root) && !is_fresh(view, root);
                        let goes_on = carried.is_some_and(|(s, b)| b == block && s + 1 == sent && told_on);
                        carried = goes_on.then_some((sent, block));
                    }
                }
                age
            }
        };
        let entry = &view.lexicon.entries[draft.entry];
        let history = match age {
            Age::Old => true,
            Age::New => false,
            Age::Silent => {
                (main == Age::Old && !is_present(view, draft.anchor))
                    || (carried.is_some_and(|(s, _)| s == sent)
                        && (!is_present(view, draft.anchor) || in_perfect(view, draft.anchor)))
                    || is_past_perfect(view, draft.anchor)
                    || is_ongoing(view, draft.anchor)
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

/// "The scene of some of the worst fighting in years": the time of what the noun is a part of.
fn times_of_whole(view: &View<'_>, noun: usize) -> Vec<usize> {
    let mut at = view.token(noun);
    let mut found = Vec::new();
    while at.dep() == "pobj" && at.head().is("of") && at.head().head().i() < at.i() {
        at = at.head().head();
        let times = at.children().filter(|c| c.dep() == "prep" && c.i() > noun).filter_map(|c| c.child("pobj"));
        found.extend(times.filter(|t| view.is_time(t.i())).map(|t| t.i()));
    }
    found
}

/// The latest year that the report names.
fn newest_year(view: &View<'_>) -> Option<i32> {
    view.doc.tokens().filter_map(|t| year_of(t.text())).max()
}

/// 1700–2099 in digits.
fn year_of(text: &str) -> Option<i32> {
    let digits = text.strip_suffix('s').unwrap_or(text);
    (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|y| (1700..2100).contains(y))
}

/// "Updated 1723 16.04.2017": digits right before a date in digits are a clock time.
fn is_clock(view: &View<'_>, i: usize) -> bool {
    let is_date =
        |text: &str| text.len() >= 8 && text.split(['.', '/', '-']).filter(|p| p.parse::<u16>().is_ok()).count() == 3;
    view.token(i).nbor(1).is_some_and(|next| is_date(next.text()))
}

fn clause_age(
    view: &View<'_>,
    tokens: &[usize],
    nominal: bool,
    trigger: Option<usize>,
    reference: Option<i32>,
    dated: bool,
) -> Age {
    let mut age = Age::Silent;
    for &i in tokens {
        let token = view.token(i);
        // "Envoys ended the 2017 uprising": its year is that of its end.
        let of_war = || view.in_named_class(token.head().i(), "war") && trigger == Some(token.head().head().i());
        let dates = |_: &i32| trigger == Some(token.head().i()) || of_war() || is_date(view, i, nominal);
        if let Some(year) = year_of(token.text()).filter(|_| !is_clock(view, i)).filter(dates) {
            let decade = token.text().ends_with('s');
            let has_month = has_month(view, i);
            let old = match reference {
                Some(now) if dated => year < now - i32::from(has_month && month_near_year_end(view, i)),
                // Without a publication date, a bare year is told as history: news say the day.
                Some(now) => decade || year < now || !has_month,
                None => decade,
            };
            if old || decade {
                return Age::Old;
            }
            age = Age::New;
        } else if is_ago_in_years(view, i) && (nominal || !is_of_noun(view, i))
            || view.in_named_class(i, "history") && !(nominal && token.dep() == "pobj")
        {
            return Age::Old;
        } else if view.in_named_class(i, "today") {
            age = Age::New;
        }
    }
    age
}

/// Whether a year dates its clause; "the 2020 war" in another clause does not.
fn is_date(view: &View<'_>, i: usize, nominal: bool) -> bool {
    let token = view.token(i);
    match token.dep() {
        "pobj" => {
            nominal
                || !matches!(token.head().head().pos(), "NOUN" | "PROPN")
                || token.head().head().dep() == "dobj"
                || token.head().head().ent_type() == "DATE"
                || view.lemma(token.head().i()) == "in"
                || view.lemma(token.head().i()) == "since"
        }
        "npadvmod" | "nummod" | "compound" | "amod" | "nmod" | "appos" => {
            nominal
                || (matches!(token.dep(), "npadvmod" | "nummod")
                    && token.ent_type() == "DATE"
                    && date_hangs_on_verb(view, i))
        }
        "conj" => true,
        _ => token.ent_type() == "DATE" && date_hangs_on_verb(view, i),
    }
}

/// "on March 24, 2022": the month, not an event noun, is above the year.
fn date_hangs_on_verb(view: &View<'_>, i: usize) -> bool {
    let mut at = view.token(i);
    for _ in 0..4 {
        if at.dep() == "npadvmod" && at.head().pos() == "VERB" {
            return true;
        }
        if at.dep() == "pobj" {
            return at.head().head().pos() != "NOUN" && view.is_time(at.i());
        }
        if at.is_root() {
            return false;
        }
        at = at.head();
    }
    false
}

/// A month or day beside the year.
fn has_month(view: &View<'_>, i: usize) -> bool {
    let is_month = |j: usize| view.in_named_class(j, "month");
    (i.saturating_sub(4)..i).any(is_month) || view.token(i).nbor(1).is_some_and(|n| is_month(n.i()))
}

fn month_near_year_end(view: &View<'_>, i: usize) -> bool {
    let from = i.saturating_sub(4);
    (from..i).any(|j| view.in_named_class(j, "late-month"))
}

/// "The port that saw its worst raid in decades": it says how bad the fighting was, not when the clause happened.
fn is_of_noun(view: &View<'_>, i: usize) -> bool {
    let token = view.token(i);
    token.dep() == "pobj" && token.head().is("in") && matches!(token.head().head().pos(), "NOUN" | "PROPN")
}

/// "three years ago", "decades earlier", "last year".
fn is_ago_in_years(view: &View<'_>, i: usize) -> bool {
    let token = view.token(i);
    if !view.in_named_class(i, "long-unit") {
        return false;
    }
    // "Has claimed the murder of a cook two months ago": no perfect has such a time; it is the murder's.
    let after = token
        .nbor(1)
        .is_some_and(|n| n.is_any(&["ago", "earlier", "before", "previously"]) && !in_perfect(view, n.head().i()));
    let last =
        token.children().any(|c| c.is_any(&["last", "previous", "past", "recent", "several", "many"]) && c.i() < i)
            && (view.lemma(i) != "month" || token.children().any(|c| c.is("recent")));
    let span = token.dep() == "pobj"
        && token.head().is_any(&["for", "over", "in"])
        && view.lemma(i) != "month"
        && token.tag() == "NNS"
        && !compares(view, i);
    after || last || span
}

/// "The worst outbreak of violence in two decades": the stretch of time says how bad it was.
fn compares(view: &View<'_>, i: usize) -> bool {
    let start = view.token(i).sent().start.max(i.saturating_sub(COMPARED));
    (start..i).any(|j| view.token(j).tag() == "JJS")
}

/// How far before a stretch of time a superlative may stand, in tokens.
const COMPARED: usize = 10;

fn is_past_perfect(view: &View<'_>, anchor: usize) -> bool {
    let token = view.token(anchor);
    let had = token.children().any(|c| matches!(c.dep(), "aux") && c.is_any(&["had", "'d"]));
    had && !reported(view, anchor)
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

/// "has been bombing since March", "have been locked in": going on for long.
fn is_ongoing(view: &View<'_>, anchor: usize) -> bool {
    let token = view.token(anchor);
    let have =
        token.children().any(|c| c.dep() == "aux" && matches!(c.tag(), "VBZ" | "VBP") && view.lemma(c.i()) == "have");
    let since = token.children().any(|c| {
        c.is("since") && matches!(c.dep(), "prep" | "mark")
            || c.dep() == "prep"
                && c.is("for")
                && c.child("pobj").is_some_and(|o| view.in_named_class(o.i(), "long-unit"))
            || c.is_any(&["long", "repeatedly", "traditionally", "always", "previously"]) && c.dep() == "advmod"
    });
    have && since
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

/// "Has given up".
fn in_perfect(view: &View<'_>, root: usize) -> bool {
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

fn is_present(view: &View<'_>, anchor: usize) -> bool {
    let token = view.token(anchor);
    matches!(token.tag(), "VBZ" | "VBP")
        || token.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && matches!(c.tag(), "VBZ" | "VBP" | "MD"))
}
