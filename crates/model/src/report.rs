use crate::Span;
use serde::{Deserialize, Serialize};

/// One report as it comes in: one line of a JSON Lines file, or what stands for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportInput {
    /// Any string, unique in its file; by default the content hash.
    #[serde(default)]
    pub id: Option<String>,
    /// The text, taken as it is: offsets in the output count into it.
    #[serde(default)]
    pub text: Option<String>,
    /// A page instead of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The outlet.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Address of the page.
    #[serde(default)]
    pub url: Option<String>,
    /// Who wrote it, as printed.
    #[serde(default)]
    pub byline: Option<String>,
    /// Day (`2023-09-20`) or RFC 3339 instant of publication.
    #[serde(default)]
    pub published: Option<String>,
    /// BCP 47 language tag.
    #[serde(default)]
    pub language: Option<String>,
}

/// Where a publication date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A field of the input.
    Metadata,
    /// The page around the text.
    Page,
    /// The address.
    Url,
    /// The line that opens the text ("STEPNOGRAD, May 4 —").
    Dateline,
    /// Inferred from the text itself.
    Inferred,
    /// A person's judgement.
    Judgement,
    /// Not known.
    #[default]
    Unknown,
}

/// When a report was published, with what that rests on. Days are ISO 8601 (`2023-09-20`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Published {
    /// The date as given; absent when unknown.
    pub value: Option<String>,
    /// First day that it can be.
    #[serde(default)]
    pub earliest: Option<String>,
    /// Last day that it can be.
    #[serde(default)]
    pub latest: Option<String>,
    /// What it rests on.
    pub basis: Basis,
}

/// One article of a report that holds several.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Article {
    /// Where it stands in the text.
    #[serde(flatten)]
    pub span: Span,
    /// Its headline, where one was found.
    #[serde(default)]
    pub title: String,
    /// Its date.
    pub published: Published,
}

/// A stretch of text that is not part of any article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Junk {
    /// Where it stands in the text.
    #[serde(flatten)]
    pub span: Span,
    /// Why it is set aside ("comment form").
    pub reason: String,
}

/// Something a reader of the analysis should know about the report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Diagnostic {
    /// Stable code ("language-unsupported").
    pub code: String,
    /// One sentence.
    pub message: String,
}

/// One article, statement or post, from one publisher, with one text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// Identifier.
    pub id: String,
    /// Headline.
    pub title: String,
    /// The outlet whose page the report is.
    pub publisher: String,
    /// Address of the page.
    pub url: String,
    /// BCP 47 language tag.
    pub language: String,
    /// The text that all offsets count into.
    pub text: String,
    /// Document creation time.
    pub published: Published,
    /// The articles inside; one that covers the text when there is one.
    pub articles: Vec<Article>,
    /// Stretches that belong to no article.
    pub junk: Vec<Junk>,
    /// What went wrong or was noticed.
    pub diagnostics: Vec<Diagnostic>,
}
