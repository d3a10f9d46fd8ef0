//! `variorum syntax`: the syntax of raw texts, to be held against spaCy's.
use crate::Outcome;
use crate::args::SyntaxArgs;
use crate::layers::Syntax;
use crate::run::Run;
use serde::Serialize;
use std::io::{BufWriter, Write};
use variorum_syntax::Pipeline;

#[derive(Serialize)]
struct Printed<'a> {
    text: &'a str,
    #[serde(flatten)]
    syntax: Syntax<'a>,
}

pub(crate) fn syntax(args: &SyntaxArgs) -> anyhow::Result<Outcome> {
    let run = Run::new(&args.input, None)?;
    let pipeline = Pipeline::load()?;
    let work = |report: variorum_model::Report| {
        let doc = pipeline.parse(&report.text);
        serde_json::to_vec(&Printed { text: doc.text(), syntax: Syntax::new(&doc) })
    };
    let mut out = BufWriter::with_capacity(64 * 1024, std::io::stdout().lock());
    let outcome = run.go("parsed", work, |made, _| {
        let Ok(line) = made else { return Ok(()) };
        out.write_all(&line?)?;
        out.write_all(b"\n")?;
        Ok(())
    })?;
    out.flush()?;
    Ok(outcome)
}
