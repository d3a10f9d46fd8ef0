//! The incidents of a ledger, coded under a published codebook.
//!
//! A codebook's columns, rules and tables of codes are data (`data/codebook/`); a cell that the ledger cannot fill is
//! empty. Only what happened by at least one claim's word, and what the codebook counts, gets a row; what is left out is
//! listed with the reason.

mod acled;
mod airwars;
mod case;
mod ibc;
mod parties;
mod toll;
mod ucdp;

pub use crate::sheet::{Rule, Sheet};
pub use parties::{Class, Parties, Party};

use crate::jsonl::value;
use crate::table::{Cell, Table};
use crate::{ExportError, Result};
use case::{Case, Land};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use variorum_extract::actor::Register;
use variorum_extract::event::mapping::{CodebookTypes, codebook_types};
use variorum_extract::toponym::Gazetteer;
use variorum_ledger::{Ledger, LedgerError, StoredReport};
use variorum_model::Incident;

/// A published codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codebook {
    /// UCDP Georeferenced Event Dataset.
    UcdpGed,
    /// Armed Conflict Location & Event Data.
    Acled,
    /// Airwars' civilian harm.
    Airwars,
    /// Iraq Body Count.
    Ibc,
}

impl Codebook {
    /// All of them.
    pub const ALL: [Codebook; 4] = [Codebook::UcdpGed, Codebook::Acled, Codebook::Airwars, Codebook::Ibc];

    /// Its id, as of its sheet.
    pub fn id(self) -> &'static str {
        match self {
            Codebook::UcdpGed => "ucdp-ged",
            Codebook::Acled => "acled",
            Codebook::Airwars => "airwars",
            Codebook::Ibc => "ibc",
        }
    }

    /// Its columns, rules and codes.
    ///
    /// # Errors
    /// When the built-in file is not of its form.
    pub fn sheet(self) -> Result<Sheet> {
        let (source, path) = match self {
            Codebook::UcdpGed => {
                (include_str!("../../../../data/codebook/ucdp-ged.toml"), "data/codebook/ucdp-ged.toml")
            }
            Codebook::Acled => (include_str!("../../../../data/codebook/acled.toml"), "data/codebook/acled.toml"),
            Codebook::Airwars => (include_str!("../../../../data/codebook/airwars.toml"), "data/codebook/airwars.toml"),
            Codebook::Ibc => (include_str!("../../../../data/codebook/ibc.toml"), "data/codebook/ibc.toml"),
        };
        Sheet::parse(source, path)
    }
}

/// A filled cell: why it says so, beside its column's rule, and the claims that it rests on where these are not all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coded {
    /// The value.
    pub cell: Cell,
    /// What decided it here; empty where the column's rule says all.
    pub because: String,
    /// Claim ids.
    pub claims: Vec<String>,
}

/// A ledger under a codebook.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedTable {
    /// One row an event.
    pub table: Table,
    /// Per row and column, why.
    pub explained: Vec<Vec<Coded>>,
    /// Incidents without a row, with the reason.
    pub left_out: Vec<(String, String)>,
    rules: Vec<Rule>,
    codebook: String,
}

/// What a codebook makes of one incident: cells by column, or why it has none.
pub(crate) type Coding = Result<BTreeMap<&'static str, Coded>, String>;

/// Cells of a row in the making.
#[derive(Default)]
pub(crate) struct Cells(BTreeMap<&'static str, Coded>);

impl Cells {
    pub fn set(&mut self, column: &'static str, cell: impl Into<Cell>) {
        self.because(column, cell, String::new(), Vec::new());
    }

    pub fn because(
        &mut self,
        column: &'static str,
        cell: impl Into<Cell>,
        because: impl Into<String>,
        claims: Vec<String>,
    ) {
        self.0.insert(column, Coded { cell: cell.into(), because: because.into(), claims });
    }

    pub fn done(self) -> Coding {
        Ok(self.0)
    }
}

/// What coding asks beside the incident itself.
pub(crate) struct Books<'b> {
    pub sheet: &'b Sheet,
    pub types: &'b [CodebookTypes],
    pub parties: &'b Parties<'b>,
}

/// Codes every incident of a ledger, in the ledger's order.
///
/// # Errors
/// When the ledger cannot be read, or built-in data is not of its form.
pub fn code(ledger: &Ledger, codebook: Codebook, gazetteer: &Gazetteer, register: &Register) -> Result<CodedTable> {
    let mut reports = HashMap::new();
    for stored in ledger.reports() {
        keep(stored?, &mut reports);
    }
    coded(ledger, codebook, gazetteer, register, &reports, ledger.incidents())
}

/// Codes one incident, as [`code`] does among all.
///
/// # Errors
/// As [`code`]; no such incident.
pub fn code_one(
    ledger: &Ledger,
    codebook: Codebook,
    gazetteer: &Gazetteer,
    register: &Register,
    incident: &str,
) -> Result<CodedTable> {
    let incident = ledger.incident(incident)?;
    let mut reports = HashMap::new();
    for id in &incident.reports {
        keep(ledger.report(id)?, &mut reports);
    }
    coded(ledger, codebook, gazetteer, register, &reports, std::iter::once(Ok(incident)))
}

/// Keeps a report that counts, without its text.
fn keep(mut stored: StoredReport, reports: &mut HashMap<String, StoredReport>) {
    stored.report.text = String::new();
    if stored.current {
        reports.insert(stored.report.id.clone(), stored);
    }
}

fn coded(
    ledger: &Ledger,
    codebook: Codebook,
    gazetteer: &Gazetteer,
    register: &Register,
    reports: &HashMap<String, StoredReport>,
    incidents: impl Iterator<Item = Result<Incident, LedgerError>>,
) -> Result<CodedTable> {
    let sheet = codebook.sheet()?;
    let types = codebook_types().map_err(|e| ExportError::Data(e.to_string()))?;
    let parties = Parties::new(register)?;
    let books = Books { sheet: &sheet, types: &types, parties: &parties };
    let by_id = ledger.claims_by_id()?;
    let table = Table { name: sheet.id.clone(), columns: sheet.columns(), rows: Vec::new() };
    let (rules, codebook_id) = (sheet.columns.clone(), sheet.id.clone());
    let (explained, left_out) = (Vec::new(), Vec::new());
    let mut coded = CodedTable { table, explained, left_out, rules, codebook: codebook_id };
    for incident in incidents {
        let incident = incident?;
        let claims = by_id.of(&incident.claims)?;
        let land = Land::of(&incident, &claims, gazetteer);
        let case = Case::new(&incident, &claims, reports, land, &parties);
        let coding = match codebook {
            Codebook::UcdpGed => ucdp::code(&case, &books),
            Codebook::Acled => acled::code(&case, &books),
            Codebook::Airwars => airwars::code(&case, &books),
            Codebook::Ibc => ibc::code(&case, &books),
        };
        match coding {
            Ok(mut cells) => {
                let row: Vec<Coded> =
                    sheet.columns.iter().map(|rule| cells.remove(rule.name.as_str()).unwrap_or_default()).collect();
                debug_assert!(cells.is_empty(), "columns that {} does not have: {:?}", sheet.id, cells.keys());
                coded.table.push(row.iter().map(|c| c.cell.clone()).collect());
                coded.explained.push(row);
            }
            Err(why) => coded.left_out.push((incident.id.clone(), why)),
        }
    }
    Ok(coded)
}

impl CodedTable {
    /// Why each cell says what it says: one object a cell, row by row.
    pub fn reasons(&self) -> impl Iterator<Item = serde_json::Value> + '_ {
        let rows = self.table.rows.iter().zip(&self.explained);
        rows.flat_map(move |(row, explained)| {
            let id = row.first().map_or(serde_json::Value::Null, value);
            self.rules.iter().zip(row).zip(explained).map(move |((rule, cell), coded)| {
                let because = match (cell.is_empty(), rule.never, coded.because.is_empty()) {
                    (.., false) => coded.because.clone(),
                    (true, true, _) => "left empty: no ledger knows it".to_owned(),
                    (true, false, _) => "left empty: not known".to_owned(),
                    _ => String::new(),
                };
                json!({
                    "row": id, "column": rule.name, "value": value(cell), "rule": format!("{}/{}", self.codebook, rule.name),
                    "says": rule.rule, "because": because, "claims": coded.claims,
                })
            })
        })
    }

    /// Writes these as JSON Lines, then one object for each incident without a row.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn explain(&self, mut out: impl Write) -> Result<()> {
        for line in self.reasons() {
            serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        for (incident, why) in &self.left_out {
            serde_json::to_writer(&mut out, &json!({"left_out": incident, "because": why}))
                .map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(codebook: Codebook) -> String {
        codebook.sheet().unwrap().columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn columns_are_those_of_the_codebooks_in_their_order() {
        assert_eq!(
            names(Codebook::UcdpGed),
            "id, relid, year, active_year, code_status, type_of_violence, conflict_dset_id, conflict_new_id, \
             conflict_name, dyad_dset_id, dyad_new_id, dyad_name, side_a_dset_id, side_a_new_id, side_a, \
             side_b_dset_id, side_b_new_id, side_b, number_of_sources, source_article, source_office, source_date, \
             source_headline, source_original, where_prec, where_coordinates, where_description, adm_1, adm_2, \
             latitude, longitude, geom_wkt, priogrid_gid, country, country_id, region, event_clarity, date_prec, \
             date_start, date_end, deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, high, low, gwnoa, gwnob"
        );
        assert_eq!(
            names(Codebook::Acled),
            "event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1, \
             assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, \
             country, admin1, admin2, admin3, location, latitude, longitude, geo_precision, source, source_scale, \
             notes, fatalities, tags, timestamp"
        );
    }

    #[test]
    fn a_codebook_is_called_as_its_sheet_says() {
        for codebook in Codebook::ALL {
            assert_eq!(codebook.sheet().unwrap().id, codebook.id());
        }
    }

    #[test]
    fn no_country_is_in_two_regions_of_one_codebook() {
        for codebook in [Codebook::UcdpGed, Codebook::Acled] {
            let sheet = codebook.sheet().unwrap();
            let mut seen = std::collections::BTreeSet::new();
            for country in sheet.regions.values().flatten() {
                assert!(seen.insert(country), "{country} of {}", sheet.id);
            }
        }
    }
}
