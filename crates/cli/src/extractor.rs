//! What reads reports, loaded once.
use crate::args::RegisterArgs;
use anyhow::Context;
use std::path::Path;
use variorum_extract::Extractor;
use variorum_syntax::Pipeline;

/// The built-in model, rules, gazetteer and register, with what the user adds.
pub(crate) fn extractor(args: &RegisterArgs) -> anyhow::Result<Extractor> {
    let mut extractor = Extractor::new(Pipeline::load()?)?;
    let text =
        |path: &Path| std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()));
    for path in &args.actors {
        extractor.add_actors(&path.display().to_string(), &text(path)?)?;
    }
    for path in &args.gazetteer {
        extractor.add_places(&path.display().to_string(), &text(path)?)?;
    }
    Ok(extractor)
}
