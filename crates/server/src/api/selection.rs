//! `/api/v1/selection/…`: an incident, or what a list shows, as a file to give to others.
use super::extract::Path;
use super::listing::Wanted;
use super::{Failed, Room, ask, blocking};
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use variorum_export::{ExportError, SELECTED, Selection, Situation, dossier, write_csv, write_geojson, write_jsonl};

/// Incidents in a page, and in a table, at most.
const MOST_IN_PAGE: usize = 300;
const MOST_IN_TABLE: usize = 5000;

/// Incidents as a file: `dossier.html` (one page that needs nothing else), `report.html` and `report.md` (a situation report,
/// every sentence with its sources), or a table `incidents`, `claims`, `figures` or
/// `disagreements` as `.csv` or `.jsonl`, the first two as `.geojson` as well. Filters are those of `/api/v1/incidents`;
/// `id` names single incidents.
#[utoipa::path(
    get, path = "/api/v1/selection/{file}", tag = "share",
    params(
        ("file" = String, Path, description = "dossier.html, report.html, report.md, incidents.csv, incidents.geojson, claims.jsonl …"),
        ("id" = Option<Vec<String>>, Query, description = "Incident ids; without any, what passes the filters"),
        ("type" = Option<Vec<String>>, Query, description = "And all other filters of /api/v1/incidents"),
    ),
    responses(
        (status = 200, description = "The file, of the media type that its name says", content(
            (String = "text/html; charset=utf-8"), (String = "text/markdown; charset=utf-8"), (String = "text/csv; charset=utf-8"),
            (String = "application/jsonl"), (String = "application/geo+json"),
        )),
        (status = 400, body = super::Problem),
        (status = 404, body = super::Problem), (status = 413, body = super::Problem, description = "More than a page holds")
    )
)]
pub(crate) async fn file(
    State(room): State<Room>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failed> {
    let form = Form::of(&file)?;
    let query = query.unwrap_or_default();
    let (named, filters): (Vec<_>, Vec<_>) =
        form_urlencoded::parse(query.as_bytes()).into_owned().partition(|(name, _)| name == "id");
    let ids: Vec<String> = if named.is_empty() {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(filters).finish();
        let wanted = Wanted::parse(&query)?;
        let shelf = Arc::clone(&room.shelf);
        let overview = blocking(move || shelf.overview().map_err(Failed::from)).await?;
        wanted.answer(&overview).found.iter().map(|i| i.outline.id.clone()).collect()
    } else {
        let ids = named.into_iter().map(|(_, id)| id);
        ask(&room, move |ledger| ids.map(|id| Ok(ledger.incident(&id)?.id)).collect()).await?
    };
    let most = if matches!(form, Form::Page | Form::Report { .. }) { MOST_IN_PAGE } else { MOST_IN_TABLE };
    if ids.len() > most {
        let detail = format!("these are {} incidents, and {file} holds {most}; narrow the filters", ids.len());
        return Err(Failed(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    let name = match ids.as_slice() {
        [one] => format!("variorum-{one}-{file}"),
        _ => format!("variorum-{file}"),
    };
    let kind = form.media_type();
    let body = ask(&room, move |ledger| Ok(Selection::of(ledger, &ids).and_then(|selection| form.write(&selection))));
    let body = body.await?.map_err(|e| Failed(StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
    // A file to keep, never a page of this server.
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response())
}

/// What a file's name asks for.
enum Form {
    Page,
    /// A situation report, as a page or as Markdown.
    Report {
        html: bool,
    },
    Table(&'static str, Ending),
}

enum Ending {
    Csv,
    Jsonl,
    Geojson,
}

impl Form {
    fn of(file: &str) -> Result<Self, Failed> {
        let none = || {
            Failed(
                StatusCode::NOT_FOUND,
                format!(
                    "no file {file:?}; there are dossier.html, report.html, report.md, incidents.csv, incidents.geojson, claims.csv, figures.csv, disagreements.csv and the like"
                ),
            )
        };
        let (name, ending) = file.rsplit_once('.').ok_or_else(none)?;
        if (name, ending) == ("dossier", "html") {
            return Ok(Form::Page);
        }
        if name == "report" && matches!(ending, "html" | "md") {
            return Ok(Form::Report { html: ending == "html" });
        }
        let table = SELECTED.into_iter().find(|table| *table == name).ok_or_else(none)?;
        match ending {
            "csv" => Ok(Form::Table(table, Ending::Csv)),
            "jsonl" => Ok(Form::Table(table, Ending::Jsonl)),
            "geojson" if matches!(table, "incidents" | "claims") => Ok(Form::Table(table, Ending::Geojson)),
            _ => Err(none()),
        }
    }

    fn media_type(&self) -> &'static str {
        match self {
            Form::Page | Form::Report { html: true } => "text/html; charset=utf-8",
            Form::Report { html: false } => "text/markdown; charset=utf-8",
            Form::Table(_, Ending::Csv) => "text/csv; charset=utf-8",
            Form::Table(_, Ending::Jsonl) => "application/jsonl",
            Form::Table(_, Ending::Geojson) => "application/geo+json",
        }
    }

    fn write(&self, selection: &Selection) -> Result<Vec<u8>, ExportError> {
        let mut out = Vec::new();
        match self {
            Form::Page => {
                let title = match selection.incidents.as_slice() {
                    [one] => one.title.clone(),
                    all => format!("{} incidents", all.len()),
                };
                out = dossier(selection, &title).into_bytes();
            }
            Form::Report { html } => {
                let situation = Situation::of(selection, "Situation report");
                out = if *html { situation.html() } else { situation.markdown() }.into_bytes();
            }
            Form::Table(name, ending) => {
                let Some(table) = selection.table(name) else { return Ok(out) };
                match ending {
                    Ending::Csv => write_csv(&table, &mut out)?,
                    Ending::Jsonl => write_jsonl(&table, &mut out)?,
                    Ending::Geojson => write_geojson(&table, &mut out)?,
                }
            }
        }
        Ok(out)
    }
}
