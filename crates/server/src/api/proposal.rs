//! A judgement as it is asked for, in the words of `variorum judge`, and the actions that it comes to.
use serde::Deserialize;
use utoipa::ToSchema;
use variorum_ledger::{Action, Entry, Ledger, LedgerError, place};
use variorum_model::ClaimPlace;

/// What is to be decided: the verbs of `variorum judge`. Ids may be the start of one.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Proposal {
    /// The claims say what the text says.
    Accept {
        /// Claims.
        claims: Vec<String>,
    },
    /// They do not: they count in no incident.
    Reject {
        /// Claims.
        claims: Vec<String>,
    },
    /// Fields of a claim should read otherwise.
    Correct {
        /// The claim.
        claim: String,
        /// In this order.
        fields: Vec<FieldWords>,
    },
    /// These incidents and claims are one incident.
    Merge {
        /// Incidents and claims, two or more.
        ids: Vec<String>,
    },
    /// These claims are about another incident than the rest of theirs.
    Split {
        /// Claims to split off.
        claims: Vec<String>,
        /// Claims that they have nothing to do with; the rest of their incident where none is named.
        #[serde(default)]
        from: Vec<String>,
    },
    /// A claim belongs to another incident.
    Move {
        /// The claim.
        claim: String,
        /// The incident, or a claim of it.
        to: String,
    },
    /// A report says nothing that another does not.
    Duplicate {
        /// The report.
        report: String,
        /// The one that it repeats.
        of: String,
    },
    /// When a report was published. Its words are read anew against this date.
    Date {
        /// The report.
        report: String,
        /// A day (`2023-09-20`), or `FIRST/LAST`.
        published: String,
    },
    /// Where those of a report's claims happened that name no place which is located.
    Place {
        /// The report.
        report: String,
        /// A GeoNames id, `NAME @ LAT, LON`, or a name.
        place: String,
    },
    /// A remark on a claim, incident or report.
    Note {
        /// What it is about.
        about: String,
        /// The remark.
        text: String,
    },
    /// Takes judgements back.
    Undo {
        /// The judgements.
        judgements: Vec<String>,
    },
}

/// A field of a claim, and what should stand there. `/api/v1/vocabulary` lists the fields.
#[derive(Deserialize, ToSchema)]
pub(crate) struct FieldWords {
    /// Its name; or a JSON pointer, with the value in JSON.
    field: String,
    /// What should stand there.
    words: String,
}

impl Proposal {
    /// The actions, looked up against the ledger before any is written. `gazetteer` gives the place of a GeoNames id.
    pub(crate) fn actions(
        self,
        ledger: &Ledger,
        gazetteer: &dyn Fn(u32) -> Option<ClaimPlace>,
    ) -> Result<Vec<Action>, LedgerError> {
        let claim = |id: &str| Ok::<_, LedgerError>(ledger.claim_as_read(id)?.id);
        let report = |id: &str| Ok::<_, LedgerError>(ledger.report(id)?.report.id);
        let actions = match self {
            Proposal::Accept { claims } => {
                claims.iter().map(|id| Ok(Action::Accept { claim: claim(id)? })).collect::<Result<_, LedgerError>>()?
            }
            Proposal::Reject { claims } => {
                claims.iter().map(|id| Ok(Action::Reject { claim: claim(id)? })).collect::<Result<_, LedgerError>>()?
            }
            Proposal::Correct { claim, fields } => {
                let fields: Vec<(String, String)> = fields.into_iter().map(|f| (f.field, f.words)).collect();
                ledger.correcting(&claim, &fields, gazetteer)?
            }
            Proposal::Merge { ids } => vec![ledger.merging(&ids)?],
            Proposal::Split { claims, from } => vec![ledger.splitting(&claims, &from)?],
            Proposal::Move { claim, to } => vec![ledger.moving(&claim, &to)?],
            Proposal::Duplicate { report: it, of } => {
                vec![Action::Duplicate { report: report(&it)?, of: report(&of)? }]
            }
            Proposal::Date { report: it, published } => {
                vec![Action::Date { report: report(&it)?, published: published.trim().to_owned() }]
            }
            Proposal::Place { report: it, place: words } => {
                vec![Action::Place { report: report(&it)?, place: place(&words, gazetteer)? }]
            }
            Proposal::Note { about, text } => {
                let about = match ledger.entry(&about)? {
                    Entry::Incident(incident) => incident.id,
                    Entry::Claim(claim) => claim.id,
                    Entry::Report(stored) => stored.report.id,
                };
                vec![Action::Note { about, text }]
            }
            Proposal::Undo { judgements } => {
                let undo = |id: &String| Ok(Action::Undo { judgement: ledger.judgement(id)?.id });
                judgements.iter().map(undo).collect::<Result<_, LedgerError>>()?
            }
        };
        if actions.is_empty() {
            return Err(LedgerError::Judgement("nothing is named to be judged".to_owned()));
        }
        Ok(actions)
    }
}
