//! The audit: a random sample of claims, field by field held against the words, and what it measures.
//!
//! A sample is a function of the ledger and a seed: claims in the order of a hash of seed and id, so that a larger sample
//! holds the smaller one. Coders who use one seed see one sample, and none sees another's marks.
use crate::entry::now;
use crate::measure::{nominal_alpha, wilson};
use crate::read::{CLAIM, claim};
use crate::{Ledger, LedgerError, Result};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use variorum_model::{Claim, stable_number};

/// Fields that are marked, with where they stand in a claim's JSON.
pub const AUDITED: &[(&str, &str)] = &[
    ("type", "/event/type"),
    ("sources", "/sources"),
    ("stance", "/stance"),
    ("polarity", "/polarity"),
    ("actors", "/actors"),
    ("targets", "/targets"),
    ("place", "/places"),
    ("date", "/time"),
    ("figures", "/figures"),
];

/// What a coder finds of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// The words say so.
    Right,
    /// They do not.
    Wrong,
    /// They allow no decision.
    Unsure,
    /// An earlier mark is taken back.
    Withdrawn,
}

/// What the marks of one coder say of one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldPrecision {
    /// Name of the field.
    pub field: &'static str,
    /// Claims of the sample that give it.
    pub given: usize,
    /// Marked right.
    pub right: usize,
    /// Marked wrong.
    pub wrong: usize,
    /// Marked unsure: these count neither way.
    pub unsure: usize,
    /// Right of right and wrong; absent where neither was marked.
    pub precision: Option<f64>,
    /// Lower end of its 95 % interval (Wilson).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How many have marked it, the coder included.
    pub coders: usize,
    /// Claims that two coders or more have marked.
    pub double: usize,
    /// Krippendorff's alpha (nominal) over these; absent where it says nothing.
    pub alpha: Option<f64>,
}

/// The fields that a claim gives. Type, stance, polarity and sources are always said: no source is the publisher's voice.
pub fn audited(claim: &Claim) -> Vec<&'static str> {
    let dated = claim.time.earliest.is_some() || claim.time.latest.is_some();
    let given = |field: &str| match field {
        "actors" => !claim.actors.is_empty(),
        "targets" => !claim.targets.is_empty(),
        "place" => !claim.places.is_empty(),
        "date" => dated,
        "figures" => !claim.figures.is_empty(),
        _ => true,
    };
    AUDITED.iter().map(|(name, _)| *name).filter(|name| given(name)).collect()
}

impl Ledger {
    /// `n` claims of the current readings as they were read, in the order of the seed; with a field, only claims that give
    /// it.
    ///
    /// # Errors
    /// [`LedgerError::Judgement`] when there is no such field.
    pub fn audit_sample(&self, seed: &str, n: usize, field: Option<&str>) -> Result<Vec<Claim>> {
        let ids = "SELECT DISTINCT claim.id FROM current CROSS JOIN claim ON claim.reading = current.reading";
        let ids: Vec<String> = self.collect(ids, [], |row| row.get(0))?;
        self.audit_sample_of(ids.iter().map(|id| (lot(id), id)), |id| id, seed, n, field)
    }

    /// The same of these claims, each with its [`lot`], where all are known already; `id` gives the id of one.
    ///
    /// # Errors
    /// [`LedgerError::Judgement`] when there is no such field.
    pub fn audit_sample_of<'a, C: Ord>(
        &self,
        claims: impl Iterator<Item = (u64, C)>,
        id: impl Fn(&C) -> &'a str,
        seed: &str,
        n: usize,
        field: Option<&str>,
    ) -> Result<Vec<Claim>> {
        if let Some(field) = field {
            pointer(field)?;
        }
        let seed = lot(seed);
        // A heap: of all, only those that are looked at are put in order.
        let drawn = claims.map(|(lot, claim)| Reverse((shuffled(seed ^ lot), claim)));
        let mut order: BinaryHeap<Reverse<(u64, C)>> = drawn.collect::<Vec<_>>().into();
        let sql = format!("{CLAIM} WHERE claim.id = ?1 LIMIT 1");
        let mut sample = Vec::new();
        while let (true, Some(Reverse((_, claim_of)))) = (sample.len() < n, order.pop()) {
            let found = self.collect(&sql, [id(&claim_of)], claim)?;
            sample.extend(found.into_iter().filter(|c| field.is_none_or(|f| audited(c).contains(&f))));
        }
        Ok(sample)
    }

    /// Appends a mark on a field of a claim as it was read.
    ///
    /// # Errors
    /// No such claim; a field that it does not give; no author; locked, not writable.
    pub fn audit(&mut self, author: &str, claim: &str, field: &str, mark: Mark) -> Result<()> {
        self.writable()?;
        if author.trim().is_empty() {
            return Err(LedgerError::Judgement("a mark needs an author".to_owned()));
        }
        let claim = self.claim_as_read(claim)?;
        let read = value(&claim, field)?;
        if !audited(&claim).contains(&field) {
            return Err(LedgerError::Judgement(format!("claim {} gives no {field}", claim.id)));
        }
        let mark = serde_json::to_value(mark).expect("plain data");
        let sql = "INSERT INTO audit (at, author, claim, field, read, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.connection
            .execute(sql, params![now(), author, claim.id, field, read, mark.as_str()])
            .map_err(|e| self.error(e))?;
        Ok(())
    }

    /// An author's marks on a claim that hold for it as it reads now, by field.
    pub fn marks_of(&self, author: &str, claim: &Claim) -> Result<BTreeMap<String, Mark>> {
        Ok(self
            .marks_on(claim)?
            .into_iter()
            .filter_map(|((who, field), m)| (who == author).then_some((field, m)))
            .collect())
    }

    /// What an author's marks on a sample say, field by field, and how far others who marked it agree.
    pub fn audit_result(&self, author: &str, sample: &[Claim]) -> Result<Vec<FieldPrecision>> {
        let mut marks: BTreeMap<&str, Vec<BTreeMap<String, Mark>>> = BTreeMap::new();
        for claim in sample {
            let mut found = self.marks_on(claim)?;
            for field in audited(claim) {
                let of_field =
                    found.extract_if(.., |(_, f), _| f == field).map(|((who, _), mark)| (who, mark)).collect();
                marks.entry(field).or_default().push(of_field);
            }
        }
        let fields =
            AUDITED.iter().map(|&(field, _)| precision(author, field, marks.remove(field).unwrap_or_default()));
        Ok(fields.collect())
    }

    /// Marks in force on a claim as it reads, by author and field.
    fn marks_on(&self, claim: &Claim) -> Result<BTreeMap<(String, String), Mark>> {
        let sql = "SELECT author, field, read, mark FROM audit WHERE claim = ?1 ORDER BY number";
        let rows = self.collect(sql, [&claim.id], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        })?;
        let mut marks = BTreeMap::new();
        for (author, field, read, mark) in rows {
            let Ok(mark) = serde_json::from_value::<Mark>(mark.into()) else { continue };
            if mark == Mark::Withdrawn {
                marks.remove(&(author, field));
            } else if value(claim, &field).is_ok_and(|now| now == read) {
                marks.insert((author, field), mark);
            }
        }
        Ok(marks)
    }
}

/// `units` holds, for each claim of the sample that gives the field, the marks on it by coder.
fn precision(author: &str, field: &'static str, units: Vec<BTreeMap<String, Mark>>) -> FieldPrecision {
    let count = |mark: Mark| units.iter().filter(|unit| unit.get(author) == Some(&mark)).count();
    let (right, wrong) = (count(Mark::Right), count(Mark::Wrong));
    let interval = wilson(right, right + wrong);
    let coders: BTreeSet<&String> = units.iter().flat_map(BTreeMap::keys).collect();
    let values: Vec<Vec<Mark>> = units.iter().map(|unit| unit.values().copied().collect()).collect();
    FieldPrecision {
        field,
        given: units.len(),
        right,
        wrong,
        unsure: count(Mark::Unsure),
        precision: interval.map(|_| right as f64 / (right + wrong) as f64),
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
        coders: coders.len(),
        double: values.iter().filter(|unit| unit.len() > 1).count(),
        alpha: nominal_alpha(&values),
    }
}

/// The number that a claim's id, or a seed, has in drawing samples.
pub fn lot(id: &str) -> u64 {
    stable_number(&[id])
}

/// Mixes all bits with all (the finaliser of splitmix64).
fn shuffled(n: u64) -> u64 {
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn pointer(field: &str) -> Result<&'static str> {
    let found = AUDITED.iter().find(|(name, _)| *name == field);
    let known = || AUDITED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    found.map(|(_, at)| *at).ok_or_else(|| LedgerError::Judgement(format!("no field {field:?}; there are {}", known())))
}

/// What stands in a field, as JSON.
fn value(claim: &Claim, field: &str) -> Result<String> {
    let body = serde_json::to_value(claim).expect("plain data");
    Ok(body.pointer(pointer(field)?).cloned().unwrap_or_default().to_string())
}
