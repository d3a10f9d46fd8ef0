//! `variorum syntax`: the syntax of raw texts, to be held against spaCy's.
use crate::Outcome;
use crate::args::SyntaxArgs;
use crate::run::Run;
use std::io::{BufWriter, Write};
use variorum_syntax::{Pipeline, to_json};

pub(crate) fn syntax(args: &SyntaxArgs) -> anyhow::Result<Outcome> {
    let run = Run::new(&args.input, None)?;
    let pipeline = Pipeline::load()?;
    let work = |report: variorum_model::Report| serde_json::to_vec(&to_json(&pipeline.parse(&report.text)));
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
