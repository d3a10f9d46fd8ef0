//! The derived tables under the incidents: profiles, blocks, edges.
use crate::judged::Judged;
use crate::read::{claim, parsed};
use crate::{Ledger, LedgerError, Result};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, params};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use variorum_link::{Filing, Key, Match, Profile, Reading};
use variorum_model::{Claim, Report};

/// From this many new readings on, all keys are taken into memory rather than asked for one by one.
const BULK: usize = 64;
/// Profiles kept in memory from one batch of readings to the next.
const CACHED_PROFILES: usize = 2000;
/// Readings that are profiled, or compared, side by side.
const BATCH: usize = 32;

/// A reading's happenings: which claims each has, and when it can have happened.
pub(crate) struct Outline {
    pub report: String,
    pub happenings: Vec<Vec<u32>>,
    pub times: Vec<Option<(i32, i32)>>,
    pub articles: Vec<u32>,
}

impl Ledger {
    /// A current reading with the claims as they count.
    pub(crate) fn reading(&self, number: i64, judged: &Judged) -> Result<Reading> {
        let sql = "SELECT report.text, reading.meta FROM reading JOIN report ON report.number = reading.report \
                   WHERE reading.number = ?1";
        let mut found: Vec<Report> = self.collect(sql, [number], |row| {
            let report: Report = parsed(row, 1)?;
            Ok(Report { text: row.get(0)?, ..report })
        })?;
        let report = found.pop().ok_or_else(|| self.damaged("a reading has no report"))?;
        Ok(Reading { report, claims: judged.apply(self.claims_as_read(number)?) })
    }

    /// The claims of a reading in text order, whatever was judged.
    pub(crate) fn claims_as_read(&self, reading: i64) -> Result<Vec<Claim>> {
        let sql = "SELECT claim.number, report.id, claim.body FROM claim JOIN reading ON reading.number = claim.reading \
                   JOIN report ON report.number = reading.report WHERE claim.reading = ?1 ORDER BY claim.seq";
        self.collect(sql, [reading], claim)
    }

    /// Profiles of readings that have none, filed under their keys.
    pub(crate) fn make_profiles(&self, pending: &[i64], judged: &Judged) -> Result<()> {
        let mut insert = self.prepare("INSERT INTO profile (reading, judged, body) VALUES (?1, ?2, ?3)")?;
        let mut file = self.prepare("INSERT OR REPLACE INTO block (key, reading, share) VALUES (?1, ?2, ?3)")?;
        let linker = &self.linker;
        for batch in pending.chunks(BATCH) {
            let readings: Vec<Reading> =
                batch.iter().map(|number| self.reading(*number, judged)).collect::<Result<_>>()?;
            let made: Vec<(Vec<u8>, Vec<Key>)> = readings
                .par_iter()
                .map(|reading| {
                    let profile = linker.profile_with(reading, &judged.alone(&reading.claims));
                    (postcard::to_stdvec(&profile).expect("plain data"), linker.keys(&profile))
                })
                .collect();
            for (&number, (body, keys)) in batch.iter().zip(made) {
                let mark = self.mark(number, judged)?;
                insert.execute(params![number, mark, body]).map_err(|e| self.error(e))?;
                for Key { hash, share, .. } in keys {
                    file.execute(params![hash as i64, number, share]).map_err(|e| self.error(e))?;
                }
            }
        }
        Ok(())
    }

    /// Hash of the judgements that bear on a reading.
    pub(crate) fn mark(&self, reading: i64, judged: &Judged) -> Result<String> {
        if judged.is_empty() {
            return Ok(String::new());
        }
        let ids: Vec<String> =
            self.collect("SELECT id FROM claim WHERE reading = ?1 ORDER BY seq", [reading], |row| row.get(0))?;
        Ok(judged.mark(&self.report_of(reading)?, ids.iter().map(String::as_str)))
    }

    /// Id of the report that was read.
    pub(crate) fn report_of(&self, reading: i64) -> Result<String> {
        let sql =
            "SELECT report.id FROM reading JOIN report ON report.number = reading.report WHERE reading.number = ?1";
        let found: Vec<String> = self.collect(sql, [reading], |row| row.get(0))?;
        found.into_iter().next().ok_or_else(|| self.damaged("a reading has no report"))
    }

    /// Compares each new reading with all that share its blocks.
    pub(crate) fn make_edges(&self, pending: &[i64]) -> Result<()> {
        let mut insert = self.prepare("INSERT INTO edge (reading_l, reading_r, body) VALUES (?1, ?2, ?3)")?;
        let mut store = |l: i64, r: i64, matches: Vec<Match>| -> Result<()> {
            let packed: Vec<(u32, u32, i32)> = matches.into_iter().map(|m| (m.l, m.r, m.weight)).collect();
            if packed.is_empty() {
                return Ok(());
            }
            let body = postcard::to_stdvec(&packed).expect("plain data");
            insert.execute(params![l, r, body]).map(|_| ()).map_err(|e| self.error(e))
        };
        let new: BTreeSet<i64> = pending.iter().copied().collect();
        let mut known: HashMap<i64, Profile> = HashMap::new();
        if pending.len() >= BULK {
            let numbers: Vec<i64> =
                self.collect("SELECT reading FROM profile ORDER BY reading", [], |row| row.get(0))?;
            let linker = &self.linker;
            let mut filing = Filing::new();
            for batch in numbers.chunks(BATCH) {
                let mut pairs: Vec<(i64, i64)> = Vec::new();
                for &number in batch {
                    if new.contains(&number) && self.cached(&mut known, number)?.n_articles() > 1 {
                        pairs.push((number, number));
                    }
                    let others = filing.file(linker, self.cached(&mut known, number)?);
                    let others = others.into_iter().map(|other| numbers[other as usize]);
                    pairs.extend(others.filter(|o| new.contains(&number) || new.contains(o)).map(|o| (o, number)));
                }
                for &(l, r) in &pairs {
                    self.cached(&mut known, l)?;
                    self.cached(&mut known, r)?;
                }
                let found: Vec<Vec<Match>> =
                    pairs.par_iter().map(|(l, r)| linker.matches(&known[l], &known[r])).collect();
                for ((l, r), matches) in pairs.into_iter().zip(found) {
                    store(l, r, matches)?;
                }
                if known.len() > CACHED_PROFILES {
                    known.clear();
                }
            }
            return Ok(());
        }
        for &number in pending {
            let profile = self.profile(number)?;
            store(number, number, self.linker.matches(&profile, &profile))?;
            for other in self.candidates(number, &profile)? {
                // A pair of two new readings is compared once, from the later one.
                if new.contains(&other) && other > number {
                    continue;
                }
                let theirs = self.cached(&mut known, other)?;
                let (l, r) = (number.min(other), number.max(other));
                let matches = if l == number {
                    self.linker.matches(&profile, theirs)
                } else {
                    self.linker.matches(theirs, &profile)
                };
                store(l, r, matches)?;
            }
            known.insert(number, profile);
        }
        Ok(())
    }

    /// A profile out of memory, or out of the ledger.
    fn cached<'k>(&self, known: &'k mut HashMap<i64, Profile>, reading: i64) -> Result<&'k Profile> {
        Ok(match known.entry(reading) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(empty) => empty.insert(self.profile(reading)?),
        })
    }

    /// Readings that share enough keys.
    fn candidates(&self, number: i64, profile: &Profile) -> Result<Vec<i64>> {
        let mut shared: BTreeMap<i64, u32> = BTreeMap::new();
        let mut query = self.prepare("SELECT reading, share FROM block WHERE key = ?1 AND reading <> ?2")?;
        for key in self.linker.wanted(profile) {
            let rows = query
                .query_map(params![key.hash as i64, number], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?)))
                .map_err(|e| self.error(e))?;
            for row in rows {
                let (reading, share) = row.map_err(|e| self.error(e))?;
                *shared.entry(reading).or_default() += share;
            }
        }
        Ok(shared.into_iter().filter(|(_, sum)| *sum >= Key::ENOUGH).map(|(reading, _)| reading).collect())
    }

    pub(crate) fn profile(&self, reading: i64) -> Result<Profile> {
        let body: Option<Vec<u8>> = self
            .prepare("SELECT body FROM profile WHERE reading = ?1")?
            .query_row([reading], |row| row.get(0))
            .optional()
            .map_err(|e| self.error(e))?;
        self.unpack(&body.ok_or_else(|| self.damaged("a reading has no profile"))?)
    }

    pub(crate) fn outline(&self, reading: i64) -> Result<Outline> {
        let profile = self.profile(reading)?;
        let happenings = (0..profile.n_happenings()).map(|i| profile.claims_of(i).to_vec()).collect();
        let times = (0..profile.n_happenings()).map(|i| profile.time_of(i)).collect();
        let articles = (0..profile.n_happenings()).map(|i| profile.article_of(i) as u32).collect();
        Ok(Outline { report: profile.report().to_owned(), happenings, times, articles })
    }

    /// Matches of a reading with others, the reading's own happening first.
    pub(crate) fn edges(&self, reading: i64) -> Result<Vec<(i64, Match)>> {
        let mut all = Vec::new();
        let sql = "SELECT reading_l, reading_r, body FROM edge WHERE reading_l = ?1 \
                   UNION ALL SELECT reading_l, reading_r, body FROM edge WHERE reading_r = ?1 AND reading_l <> ?1";
        let rows: Vec<(i64, i64, Vec<u8>)> =
            self.collect(sql, [reading], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for (l, r, body) in rows {
            let packed: Vec<(u32, u32, i32)> =
                postcard::from_bytes(&body).map_err(|_| self.damaged("an edge cannot be read"))?;
            for (a, b, weight) in packed {
                if l == reading {
                    all.push((r, Match { l: a, r: b, weight }));
                }
                if r == reading {
                    all.push((l, Match { l: b, r: a, weight }));
                }
            }
        }
        Ok(all)
    }

    pub(crate) fn prepare(&self, sql: &str) -> Result<rusqlite::CachedStatement<'_>> {
        self.connection.prepare_cached(sql).map_err(|e| self.error(e))
    }

    fn unpack(&self, body: &[u8]) -> Result<Profile> {
        postcard::from_bytes(body).map_err(|_| self.damaged("a profile cannot be read"))
    }

    pub(crate) fn damaged(&self, reason: &str) -> LedgerError {
        LedgerError::Corrupt { path: self.name(), reason: reason.to_owned() }
    }
}
