//! `variorum analyze`: reports in, JSON Lines out; no ledger.
use crate::Outcome;
use crate::args::{AnalysisFormat, AnalyzeArgs};
use crate::extractor::extractor;
use crate::layers::Printed;
use crate::run::Run;
use std::io::{BufWriter, Write};
use variorum_model::Report;

pub(crate) fn analyze(args: &AnalyzeArgs) -> anyhow::Result<Outcome> {
    let AnalysisFormat::Jsonl = args.format;
    let run = Run::new(&args.input, None)?;
    let extractor = extractor(&args.register)?;
    let work = |report| {
        let (analysis, doc) = extractor.analyze_with_syntax(report);
        let line = serde_json::to_vec(&Printed::new(&analysis, &doc, &args.layers));
        (line, Report { text: String::new(), ..analysis.report })
    };
    let mut out = BufWriter::with_capacity(64 * 1024, std::io::stdout().lock());
    let outcome = run.go("analyzed", work, |made, noted| {
        let Ok((line, report)) = made else { return Ok(()) };
        noted.report(&report)?;
        out.write_all(&line?)?;
        out.write_all(b"\n")?;
        Ok(())
    })?;
    out.flush()?;
    Ok(outcome)
}
