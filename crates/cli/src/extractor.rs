//! What reads reports, loaded once.
use crate::args::RegisterArgs;
use anyhow::Context;
use variorum_extract::Extractor;
use variorum_syntax::Pipeline;

/// The built-in model, rules, gazetteer and register, with what the user adds.
pub(crate) fn extractor(args: &RegisterArgs) -> anyhow::Result<Extractor> {
    let mut extractor = Extractor::new(Pipeline::load()?)?;
    for path in &args.actors {
        let entries = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        extractor.add_actors(&path.display().to_string(), &entries)?;
    }
    Ok(extractor)
}
