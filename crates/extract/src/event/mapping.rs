//! What each event type is in the codebooks of others.
use crate::LoadError;
use variorum_model::EVENT_TYPES;

const PATH: &str = "data/event/mapping.tsv";
const TABLE: &str = include_str!("../../../../data/event/mapping.tsv");

/// One event type in PLOVER, CAMEO, ACLED and UCDP GED. Absent where a codebook has no place for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodebookTypes {
    /// The contract's type.
    pub kind: &'static str,
    /// PLOVER event type: `ASSAULT`.
    pub plover_event: Option<&'static str>,
    /// PLOVER mode: `aerial`.
    pub plover_mode: Option<&'static str>,
    /// CAMEO root code: `18` (three digits where only they fit: `015`).
    pub cameo: Option<&'static str>,
    /// ACLED event type: `Battles`.
    pub acled_event: Option<&'static str>,
    /// ACLED sub-event types; several where the actors decide (who takes the ground).
    pub acled_sub_events: Vec<&'static str>,
    /// UCDP types of violence it can be: 1 state-based, 2 non-state, 3 one-sided. Empty for what GED does not count.
    pub ucdp: Vec<u8>,
}

/// The whole table in the order of the contract's list.
pub fn codebook_types() -> Result<Vec<CodebookTypes>, LoadError> {
    let mut rows = Vec::new();
    let lines = TABLE.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.starts_with("type\t"));
    for (number, line) in lines {
        let complain = |what: &str| LoadError(format!("{PATH}:{}:1: {what}", number + 1));
        let columns: Vec<&'static str> = line.split('\t').collect();
        let &[kind, plover_event, plover_mode, cameo, acled_event, acled_sub_events, ucdp] = columns.as_slice() else {
            return Err(complain("not seven columns"));
        };
        let given = |cell: &'static str| (cell != "-").then_some(cell);
        let list = |cell: &'static str| given(cell).map(|c| c.split('|').collect()).unwrap_or_default();
        let ucdp: Vec<&str> = list(ucdp);
        rows.push(CodebookTypes {
            kind,
            plover_event: given(plover_event),
            plover_mode: given(plover_mode),
            cameo: given(cameo),
            acled_event: given(acled_event),
            acled_sub_events: list(acled_sub_events),
            ucdp: ucdp
                .into_iter()
                .map(|n| {
                    n.parse().ok().filter(|n| (1..=3).contains(n)).ok_or_else(|| complain("no such type of violence"))
                })
                .collect::<Result<_, _>>()?,
        });
    }
    rows.sort_by_key(|r| EVENT_TYPES.iter().position(|t| *t == r.kind).unwrap_or(usize::MAX));
    match EVENT_TYPES.iter().zip(&rows).find(|(kind, row)| **kind != row.kind) {
        Some((kind, row)) => Err(LoadError(format!("{PATH}: expected {kind}, found {}", row.kind))),
        None if rows.len() != EVENT_TYPES.len() => Err(LoadError(format!("{PATH}: {} rows", rows.len()))),
        None => Ok(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLOVER: &str = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST REJECT ACCUSE THREATEN PROTEST \
                          SANCTION MOBILIZE COERCE ASSAULT";
    const ACLED: &str = "Battles; Explosions/Remote violence; Violence against civilians; Protests; Riots; \
                         Strategic developments";

    #[test]
    fn every_type_of_the_contract_has_one_row() {
        let rows = codebook_types().unwrap();
        let kinds: Vec<_> = rows.iter().map(|r| r.kind).collect();
        assert_eq!(kinds, EVENT_TYPES);
    }

    #[test]
    fn values_are_those_of_the_codebooks() {
        for row in codebook_types().unwrap() {
            assert!(row.plover_event.is_none_or(|e| PLOVER.split_whitespace().any(|p| p == e)), "{row:?}");
            assert!(row.acled_event.is_none_or(|e| ACLED.split("; ").any(|a| a == e)), "{row:?}");
            assert!(
                row.cameo.is_none_or(|c| (2..=3).contains(&c.len()) && c.bytes().all(|b| b.is_ascii_digit())),
                "{row:?}"
            );
            assert_eq!(row.acled_event.is_none(), row.acled_sub_events.is_empty(), "{row:?}");
        }
    }
}
