//! What the cast is made from: who stands in each claim, and what incidents say of accounts and origins. Kept between
//! requests, and brought up to date by what has changed.
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use variorum_ledger::{ClaimFilter, Ledger, LedgerError, Revision, lot};
use variorum_model::{Claim, Incident, Polarity, Report, Stance, Verdict};

/// Number of a name, a claim or a report.
pub(crate) type Symbol = u32;

/// Words with numbers, which stay. A copy shares what it is made from.
#[derive(Default, Clone)]
pub(crate) struct Symbols {
    words: imbl::Vector<Arc<str>>,
    known: imbl::HashMap<Arc<str>, Symbol>,
}

impl Symbols {
    /// The number of a word, given to it now where it is new.
    pub(crate) fn of(&mut self, word: &str) -> Symbol {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let new = self.words.len() as Symbol;
        let word: Arc<str> = word.into();
        self.words.push_back(Arc::clone(&word));
        self.known.insert(word, new);
        new
    }

    pub(crate) fn number(&self, word: &str) -> Option<Symbol> {
        self.known.get(word).copied()
    }

    pub(crate) fn word(&self, symbol: Symbol) -> &Arc<str> {
        &self.words[symbol as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }
}

/// A claim as far as it says who.
#[derive(PartialEq)]
pub(crate) struct Told {
    pub(crate) id: Symbol,
    /// Its number for drawing samples.
    pub(crate) lot: u64,
    pub(crate) sources: Box<[Symbol]>,
    pub(crate) actors: Box<[Symbol]>,
    pub(crate) targets: Box<[Symbol]>,
    pub(crate) stance: Stance,
    /// The relation that its event type puts actors and targets in, by position in `data/network.toml`.
    pub(crate) relation: Option<u8>,
}

/// A report with its claims in text order.
#[derive(PartialEq)]
pub(crate) struct Reported {
    pub(crate) publisher: Symbol,
    pub(crate) day: Option<String>,
    pub(crate) claims: Vec<Told>,
}

/// An incident as far as it says who contradicts whom and who shares what.
#[derive(PartialEq)]
pub(crate) struct Held {
    pub(crate) title: String,
    pub(crate) claims: Box<[Symbol]>,
    pub(crate) reports: Box<[Symbol]>,
    pub(crate) disputes: Vec<Dispute>,
    /// Origins of more than one report: these, and what is said of them.
    pub(crate) shared: Vec<(Box<[Symbol]>, String)>,
}

/// A contradiction.
#[derive(PartialEq)]
pub(crate) struct Dispute {
    pub(crate) kind: String,
    pub(crate) reason: String,
    /// Sources of each side.
    pub(crate) sides: Vec<Box<[Symbol]>>,
}

/// All of it, as of one revision.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) revision: Revision,
    /// Grows whenever something is another thing than before: most judgements leave it as it is.
    pub(crate) generation: u64,
    pub(crate) names: Symbols,
    pub(crate) claim_ids: Symbols,
    pub(crate) report_ids: Symbols,
    /// By number, which is the order of entry.
    pub(crate) reports: BTreeMap<i64, Reported>,
    /// Number of each report that is current, by its symbol.
    pub(crate) number_of: HashMap<Symbol, i64>,
    /// By first day (undated ones last) and id.
    pub(crate) incidents: BTreeMap<(String, String), Held>,
    /// First day of each incident, by id.
    day_of: HashMap<String, String>,
}

impl Facts {
    /// Reads again what has changed; everything, the first time.
    pub(crate) fn bring_up_to(
        &mut self,
        ledger: &Ledger,
        relation: &dyn Fn(&Claim) -> Option<u8>,
    ) -> Result<(), LedgerError> {
        // Taken first: what is stored meanwhile is found at the next request.
        let revision = ledger.revision()?;
        if self.revision == Revision::default() {
            for (number, report) in ledger.report_heads()? {
                self.head(number, &report);
            }
            for claim in ledger.claims(ClaimFilter::default()) {
                let claim = claim?;
                let report = self.report_ids.of(&claim.report);
                let told = self.told(&claim, relation);
                let number = self.number_of.get(&report);
                if let Some(reported) = number.and_then(|n| self.reports.get_mut(n)) {
                    reported.claims.push(told);
                }
            }
            for incident in ledger.incidents() {
                self.hold(&incident?);
            }
            self.generation += 1;
        } else {
            for id in ledger.reports_changed_after(self.revision)? {
                self.reread(ledger, &id, relation)?;
            }
            for id in ledger.changed_after(self.revision.change)? {
                let before = self.day_of.remove(&id).and_then(|day| self.incidents.remove(&(day, id.clone())));
                let now = ledger.incident_now(&id)?.map(|incident| self.hold(&incident));
                let same = now.and_then(|key| self.incidents.get(&key)) == before.as_ref();
                self.generation += u64::from(!same);
            }
        }
        self.revision = revision;
        Ok(())
    }

    /// Answers what stood in the report's place.
    fn head(&mut self, number: i64, report: &Report) -> Option<Reported> {
        let symbol = self.report_ids.of(&report.id);
        // A later version takes the place of the one before.
        let before = self.number_of.insert(symbol, number).and_then(|before| self.reports.remove(&before));
        let publisher = self.names.of(&report.publisher);
        let day = report.published.earliest.clone();
        self.reports.insert(number, Reported { publisher, day, claims: Vec::new() });
        before
    }

    fn reread(
        &mut self,
        ledger: &Ledger,
        id: &str,
        relation: &dyn Fn(&Claim) -> Option<u8>,
    ) -> Result<(), LedgerError> {
        let Some((number, report)) = ledger.report_head(id)? else {
            // Another page of its address has taken its place.
            let gone = self.report_ids.number(id).and_then(|symbol| self.number_of.remove(&symbol));
            self.generation += u64::from(gone.and_then(|number| self.reports.remove(&number)).is_some());
            return Ok(());
        };
        let before = self.head(number, &report);
        let filter = ClaimFilter { report: Some(id.to_owned()), ..ClaimFilter::default() };
        let claims: Vec<Claim> = ledger.claims(filter).collect::<Result<_, _>>()?;
        let told = claims.iter().map(|claim| self.told(claim, relation)).collect();
        if let Some(reported) = self.reports.get_mut(&number) {
            reported.claims = told;
            self.generation += u64::from(before.as_ref() != Some(&*reported));
        }
        Ok(())
    }

    fn told(&mut self, claim: &Claim, relation: &dyn Fn(&Claim) -> Option<u8>) -> Told {
        let names = &mut self.names;
        let mut symbols =
            |list: &[variorum_model::Named]| list.iter().map(|n| names.of(&n.name)).collect::<Box<[Symbol]>>();
        let happened = claim.polarity == Polarity::Happened && !claim.background;
        Told {
            sources: symbols(&claim.sources),
            actors: symbols(&claim.actors),
            targets: symbols(&claim.targets),
            id: self.claim_ids.of(&claim.id),
            lot: lot(&claim.id),
            stance: claim.stance,
            relation: if happened { relation(claim) } else { None },
        }
    }

    fn hold(&mut self, incident: &Incident) -> (String, String) {
        let reports = |ids: &[String], symbols: &mut Symbols| ids.iter().map(|r| symbols.of(r)).collect();
        let mut disputes = Vec::new();
        for d in incident.disagreements.iter().filter(|d| d.verdict == Verdict::Contradiction) {
            let side = |sources: &[String], names: &mut Symbols| sources.iter().map(|s| names.of(s)).collect();
            let kind = serde_json::to_value(d.kind).ok().and_then(|v| v.as_str().map(str::to_owned));
            disputes.push(Dispute {
                kind: kind.unwrap_or_default(),
                reason: d.reason.clone(),
                sides: d.sides.iter().map(|s| side(&s.sources, &mut self.names)).collect(),
            });
        }
        let several = incident.origin_list.iter().filter(|o| o.reports.len() > 1);
        let held = Held {
            title: incident.title.clone(),
            claims: incident.claims.iter().map(|c| self.claim_ids.of(c)).collect(),
            shared: several.map(|o| (reports(&o.reports, &mut self.report_ids), o.reason.clone())).collect(),
            reports: reports(&incident.reports, &mut self.report_ids),
            disputes,
        };
        let day = incident.time.earliest.clone().unwrap_or_else(|| "~".to_owned());
        self.day_of.insert(incident.id.clone(), day.clone());
        let key = (day, incident.id.clone());
        self.incidents.insert(key.clone(), held);
        key
    }
}
