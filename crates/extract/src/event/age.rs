//! How old a clause says that it is: years, "two months ago", "in recent years".
use super::background::in_perfect;
use super::view::View;
use crate::Reading;
use variorum_syntax::Token;

/// What the years and cues of a clause say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Old,
    New,
    Silent,
}

/// "A hub of much of the harshest fighting in years": the time of what the noun is a part of.
pub(super) fn times_of_whole(view: &View<'_>, noun: usize) -> Vec<usize> {
    let mut at = view.token(noun);
    let mut found = Vec::new();
    while at.dep() == "pobj" && at.head().is("of") && at.head().head().i() < at.i() {
        at = at.head().head();
        let times = at.children().filter(|c| c.dep() == "prep" && c.i() > noun).filter_map(|c| c.child("pobj"));
        found.extend(times.filter(|t| view.is_time(t.i())).map(|t| t.i()));
    }
    found
}

/// The latest year that a report names, and the articles whose first paragraphs name one.
pub(super) struct Latest {
    year: Option<i32>,
    opened: Vec<usize>,
}

impl Latest {
    pub fn of(view: &View<'_>, reading: &Reading) -> Self {
        let years = || view.doc.tokens().filter_map(|t| Some((t, year_of(t.text())?)));
        let lead = years().filter(|(t, _)| reading.is_lead(t.i()));
        let mut opened: Vec<usize> = lead.map(|(t, _)| reading.article_at(t.start())).collect();
        opened.dedup();
        Latest { year: years().map(|(_, year)| year).max(), opened }
    }

    /// The year of the news at a token of a report without a date. An article that opens without any year tells of this one:
    /// years that it names further down are past.
    pub fn at(&self, reading: &Reading, token: usize) -> Option<i32> {
        let this_year = self.opened.contains(&reading.article_at(reading.doc.token(token).start()));
        self.year.map(|year| if this_year { year } else { year + 1 })
    }
}

/// 1700–2099 in digits.
fn year_of(text: &str) -> Option<i32> {
    let digits = text.strip_suffix('s').unwrap_or(text);
    (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|y| (1700..2100).contains(y))
}

/// "Updated 0945 03.05.2021": digits right before a date in digits are a clock time.
fn is_clock(view: &View<'_>, i: usize) -> bool {
    let is_date =
        |text: &str| text.len() >= 8 && text.split(['.', '/', '-']).filter(|p| p.parse::<u16>().is_ok()).count() == 3;
    view.token(i).nbor(1).is_some_and(|next| is_date(next.text()))
}

pub(super) fn clause_age(
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
        // "The deadliest raid since 2020": it is since then that there was no worse.
        if is_of_superlative(token) {
            continue;
        }
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
            || view.in_named_class(i, "history") && !(nominal && token.dep() == "pobj") && !is_of_place(view, i)
        {
            return Age::Old;
        } else if view.in_named_class(i, "today") {
            age = Age::New;
        }
    }
    age
}

/// "The worst raid in years", "the second since 2020": the time over which it is the worst or second.
pub(crate) fn is_of_superlative(time: Token<'_>) -> bool {
    let led = |at: Token<'_>| at.dep() == "pobj" && at.head().is_any(&["since", "in", "for"]);
    let Some(at) = std::iter::once(time).chain(time.ancestors()).take(2).find(|at| led(*at)) else { return false };
    let (by, noun) = (at.head(), at.head().head());
    // "Her first trial in 1996" was in that year.
    let ranks = |c: Token<'_>| matches!(c.tag(), "JJS" | "RBS") || c.ent_type() == "ORDINAL" && !by.is("in");
    noun.pos() == "NOUN" && noun.children().any(ranks)
}

/// "The historic city of Orlec": the city is old, and not what happened there.
fn is_of_place(view: &View<'_>, adjective: usize) -> bool {
    let token = view.token(adjective);
    token.dep() == "amod" && (view.is_place_noun(token.head().i()) || token.head().pos() == "PROPN")
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
                // "The largest was its 1985 raid"
                || token.head().dep() == "attr"
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

/// "The worst riot in ten years": the stretch of time says how bad it was.
fn compares(view: &View<'_>, i: usize) -> bool {
    let start = view.token(i).sent().start.max(i.saturating_sub(COMPARED));
    (start..i).any(|j| view.token(j).tag() == "JJS")
}

/// How far before a stretch of time a superlative may stand, in tokens.
const COMPARED: usize = 10;
