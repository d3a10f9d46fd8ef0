//! Rules: pattern → item. They run in the order of the files, each over all that the earlier ones have made.
use super::lattice::{Lattice, Symbol, Symbols};
use super::lexicon::Lexicon;
use super::pattern::{Match, Pattern};
use super::record::{Anchor, Length, Record, Reference, Shift, Unit};
use super::source::Source;
use crate::LoadError;
use serde::Deserialize;
use std::collections::HashSet;
use toml::Spanned;

macro_rules! rule_files {
    ($($name:literal),*) => {
        /// The rule files in the order in which they run.
        pub(super) const FILES: &[Source] = &[$(Source {
            name: concat!("data/timex/rules/", $name),
            text: include_str!(concat!("../../../../data/timex/rules/", $name)),
        }),*];
    };
}
rule_files!(
    "number.toml",
    "day.toml",
    "clock.toml",
    "duration.toml",
    "period.toml",
    "relative.toml",
    "reference.toml",
    "set.toml",
    "combine.toml",
    "veto.toml"
);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    #[serde(default)]
    pub rule: Vec<RuleEntry>,
}

/// A rule as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    /// Unique name; it travels to the mentions that the rule makes.
    pub id: Spanned<String>,
    /// The pattern.
    #[serde(rename = "match")]
    pattern: Spanned<String>,
    /// Class of the items that it makes.
    makes: String,
    /// How the records of the matched items become one.
    #[serde(default)]
    build: Build,
    /// What the match says besides.
    #[serde(default)]
    say: Record,
    /// The match counts only in one of these contexts, where any is given. Their records join.
    #[serde(default)]
    when: Vec<ContextEntry>,
    /// The match does not count in any of these contexts.
    #[serde(default)]
    unless: Vec<ContextEntry>,
    /// Which of two mentions of the same words is taken: the higher.
    #[serde(default)]
    rank: i8,
    /// `2023-09-20 | Words with the [mention] in brackets. => its value`
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests only"))]
    pub test: Vec<String>,
    /// Near misses: texts in which the rule makes no mention.
    #[serde(default)]
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests only"))]
    pub allows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextEntry {
    left: Option<Spanned<String>>,
    right: Option<Spanned<String>>,
}

/// How the records of the matched items become one.
#[derive(Deserialize, Clone, Copy, Default, PartialEq, Debug)]
#[serde(rename_all = "kebab-case")]
enum Build {
    /// They are unified.
    #[default]
    Unify,
    /// Numbers add up ("twenty" + "four").
    Sum,
    /// Numbers multiply ("two" × "hundred").
    Product,
    /// Digits after a decimal point.
    Decimal,
    /// Groups of three digits.
    Thousands,
    /// "nineteen" "ninety-six".
    CenturyAndYear,
    /// A number becomes the field.
    NumberAsDay,
    NumberAsYear,
    NumberAsCentury,
    NumberAsQuarter,
    NumberAsHalf,
    /// Day and month in an order that the words do not tell.
    NumericDay,
    /// 1990 becomes the 1990s, '90 the nineties.
    YearAsDecade,
    /// A number and a unit become a length; numbers add up ("a year and a half").
    Length,
    /// Two lengths in a row: "an hour and 20 minutes".
    LengthAndRest,
    /// A length, or a number and a unit, becomes a step from the anchor, in the direction of `sign`.
    Shift,
    /// A length, or a number and a unit, becomes a recurring time.
    Every,
}

/// A rule, compiled.
pub(super) struct Rule {
    pub id: &'static str,
    pub makes: Symbol,
    pub rank: i8,
    pattern: Pattern,
    first: Vec<Symbol>,
    build: Build,
    say: Record,
    when: Vec<Context>,
    unless: Vec<Context>,
}

struct Context {
    left: Option<Pattern>,
    right: Option<Pattern>,
}

/// How far to the left a context is looked for, in atoms.
const REACH: usize = 10;

/// Reads and compiles all rule files. A rule can name the classes of the lexicon and of the rules before it.
pub(super) fn load(symbols: &mut Symbols, lexicon: &Lexicon) -> Result<Vec<Rule>, LoadError> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut made: HashSet<Symbol> = lexicon.classes().collect();
    for file in FILES {
        let entries: RuleFile = file.parse()?;
        for entry in entries.rule {
            if rules.iter().any(|r| r.id == entry.id.get_ref()) {
                return Err(file.error(entry.id.span().start, format!("a second rule {}", entry.id.get_ref())));
            }
            let at = entry.pattern.span().start;
            let rule = compile(entry, file, symbols)?;
            for symbol in rule.patterns().flat_map(Pattern::symbols) {
                if let Some(name) = symbols.class_name(symbol).filter(|_| !made.contains(&symbol)) {
                    return Err(file.error(at, format!("nothing before this rule makes a {name}")));
                }
            }
            made.insert(rule.makes);
            rules.push(rule);
        }
    }
    Ok(rules)
}

fn compile(entry: RuleEntry, file: &Source, symbols: &mut Symbols) -> Result<Rule, LoadError> {
    let mut parse = |source: &Spanned<String>| {
        Pattern::parse(source.get_ref(), symbols).map_err(|e| file.error(source.span().start, e))
    };
    let pattern = parse(&entry.pattern)?;
    let first = pattern.first_symbols().map_err(|e| file.error(entry.pattern.span().start, e))?;
    let mut contexts = |entries: Vec<ContextEntry>| {
        let compiled = entries.into_iter().map(|c| {
            let left = c.left.as_ref().map(&mut parse).transpose()?;
            let right = c.right.as_ref().map(&mut parse).transpose()?;
            Ok(Context { left, right })
        });
        compiled.collect::<Result<Vec<_>, LoadError>>()
    };
    let (when, unless) = (contexts(entry.when)?, contexts(entry.unless)?);
    // Rules are read once in the life of a program, and their ids go into every mention.
    let id = Box::leak(entry.id.into_inner().into_boxed_str());
    let makes = symbols.intern(&entry.makes);
    Ok(Rule { id, makes, rank: entry.rank, pattern, first, build: entry.build, say: entry.say, when, unless })
}

impl Rule {
    fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        let contexts = self.when.iter().chain(&self.unless).flat_map(|c| c.left.iter().chain(&c.right));
        std::iter::once(&self.pattern).chain(contexts)
    }

    /// Adds the items that the rule makes of what is there.
    pub(super) fn apply(&self, index: u16, lattice: &mut Lattice) {
        let mut starts: Vec<u32> = Vec::new();
        self.first.iter().for_each(|s| starts.extend_from_slice(lattice.starts_of(*s)));
        starts.sort_unstable();
        starts.dedup();
        let (mut matches, mut made) = (Vec::new(), Vec::new());
        for start in starts.into_iter().map(|s| s as usize) {
            self.pattern.matches_at(lattice, start, &mut matches);
            for found in matches.drain(..) {
                if let Some(record) = self.record(lattice, start, &found) {
                    made.push((start, found.end, record));
                }
            }
        }
        for (start, end, record) in made {
            lattice.add(self.makes, start, end, Some(index), record);
        }
    }

    fn record(&self, lattice: &Lattice, start: usize, found: &Match) -> Option<Record> {
        if self.unless.iter().any(|c| c.holds(lattice, start, found.end).is_some()) {
            return None;
        }
        let mut items = found.items.clone();
        if !self.when.is_empty() {
            items.extend(self.when.iter().find_map(|c| c.holds(lattice, start, found.end))?);
        }
        let records: Vec<&Record> = items.iter().map(|&i| &lattice.items[i as usize].record).collect();
        let mut record = self.build.join(&records)?;
        record.overlay(&self.say);
        self.build.finish(record)
    }
}

impl Context {
    /// The items that the context brings in, when it holds.
    fn holds(&self, lattice: &Lattice, start: usize, end: usize) -> Option<Vec<u32>> {
        let mut items = Vec::new();
        if let Some(left) = &self.left {
            items.extend(left.match_before(lattice, start, REACH)?.items);
        }
        if let Some(right) = &self.right {
            let mut found = Vec::new();
            right.matches_at(lattice, end, &mut found);
            items.extend(found.into_iter().next()?.items);
        }
        Some(items)
    }
}

impl Build {
    /// One record of all; numbers are taken as the operation wants them.
    fn join(self, records: &[&Record]) -> Option<Record> {
        if self == Build::LengthAndRest {
            let [first, second] = records else { return None };
            let (mut whole, rest) = (first.length?, second.length?);
            whole.rest = Some((rest.n?, rest.unit));
            return (rest.unit < whole.unit).then(|| Record { length: Some(whole), ..Record::default() });
        }
        let numbers: Vec<f64> = records.iter().filter_map(|r| r.number).collect();
        let total = match (self, numbers.as_slice()) {
            (Build::Sum | Build::Length, all) if all.len() > 1 => Some(all.iter().sum()),
            (Build::Product, all) => Some(all.iter().product()),
            (Build::Thousands, all) => Some(all.iter().fold(0.0, |sum, n| sum * 1000.0 + n)),
            (Build::CenturyAndYear, [a, b]) => Some(a * 100.0 + b),
            (Build::Decimal, [a, b]) => format!("{a}.{b}").parse().ok(),
            (Build::NumericDay, [a, b]) => {
                let mut joined = Build::Unify.join(&without_numbers(records).iter().collect::<Vec<_>>())?;
                joined.numeric_day = Some((*a as u8, *b as u8));
                return Some(joined);
            }
            (Build::CenturyAndYear | Build::Decimal | Build::NumericDay, _) => return None,
            _ => None,
        };
        let mut joined = Record::default();
        for record in records {
            let agrees = match total {
                Some(_) => joined.unify(&Record { number: None, ..(*record).clone() }),
                None => joined.unify(record),
            };
            if !agrees {
                return None;
            }
        }
        joined.number = total.or(joined.number);
        Some(joined)
    }

    /// Makes of numbers and units what the operation is for.
    fn finish(self, mut record: Record) -> Option<Record> {
        let byte = |n: Option<f64>| n.filter(|n| (0.0..=255.0).contains(n)).map(|n| n as u8);
        match self {
            Build::NumberAsDay => record.day = Some(byte(record.number.take())?),
            Build::NumberAsQuarter => record.quarter = Some(byte(record.number.take())?),
            Build::NumberAsHalf => record.half = Some(byte(record.number.take())?),
            Build::NumberAsCentury => record.century = Some(i32::from(byte(record.number.take())?) - 1),
            Build::NumberAsYear | Build::CenturyAndYear => record.year = Some(record.number.take()? as i32),
            Build::YearAsDecade => match record.short_year.take() {
                Some(short) => record.short_decade = Some(short / 10),
                None => record.decade = Some(record.year.take()? / 10),
            },
            Build::Length => record.length = Some(take_length(&mut record)?),
            Build::Every => {
                record.length = take_length(&mut record);
                record.every = Some(true);
            }
            Build::Shift => {
                let sign = f64::from(record.sign.take()?);
                let length = take_length(&mut record)?;
                if record.anchor == Some(Anchor::Narrative) && (length.n.is_none() || length.unit < Unit::Day) {
                    // "A few days later", "an hour later" come to no other date: they stay lengths.
                    return None;
                }
                match length.n {
                    Some(n) => record.shift = Some(in_whole_units(sign * n, length)),
                    None if sign < 0.0 => record.reference = Some(Reference::Past),
                    None => record.reference = Some(Reference::Future),
                }
            }
            _ => {}
        }
        Some(record)
    }
}

fn without_numbers(records: &[&Record]) -> Vec<Record> {
    records.iter().map(|r| Record { number: None, ..(*r).clone() }).collect()
}

/// Takes the length that a record has, or makes one of its number and unit.
fn take_length(record: &mut Record) -> Option<Length> {
    if let Some(length) = record.length.take() {
        return Some(length);
    }
    let unit = record.unit.take()?;
    let number = record.number.take();
    let n = if record.vague.take() == Some(true) { None } else { Some(number.unwrap_or(1.0)) };
    Some(Length { n, unit, rest: None })
}

/// "a year and a half" is 18 months.
fn in_whole_units(by: f64, length: Length) -> Shift {
    let finer = match length.unit {
        Unit::Year => Some((Unit::Month, 12.0)),
        Unit::Week => Some((Unit::Day, 7.0)),
        Unit::Day => Some((Unit::Hour, 24.0)),
        Unit::Hour => Some((Unit::Minute, 60.0)),
        Unit::Decade => Some((Unit::Year, 10.0)),
        Unit::Century => Some((Unit::Year, 100.0)),
        _ => None,
    };
    match finer {
        Some((unit, each)) if by.fract() != 0.0 => Shift { unit, by: (by * each).round() },
        _ => Shift { unit: length.unit, by },
    }
}
