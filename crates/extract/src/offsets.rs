//! Byte offsets to code points, once, at the very end.
use variorum_model::{Analysis, CodePoints, Span};

/// Turns every byte span of an analysis into code points of its report's text.
pub(crate) fn to_code_points(analysis: &mut Analysis) {
    let points = CodePoints::new(&analysis.report.text);
    let turn = |span: &mut Span| *span = points.span(*span);
    analysis.report.articles.iter_mut().for_each(|a| turn(&mut a.span));
    analysis.report.junk.iter_mut().for_each(|j| turn(&mut j.span));
    for a in &mut analysis.attributions {
        a.source.iter_mut().for_each(|s| turn(&mut s.span));
        turn(&mut a.cue.span);
        a.content.iter_mut().for_each(|c| turn(&mut c.span));
    }
    analysis.timexes.iter_mut().for_each(|t| turn(&mut t.quote.span));
    analysis.toponyms.iter_mut().for_each(|t| turn(&mut t.quote.span));
    analysis.actors.iter_mut().for_each(|a| turn(&mut a.quote.span));
    analysis.figures.iter_mut().for_each(|f| turn(&mut f.quote.span));
    for claim in &mut analysis.claims {
        turn(&mut claim.span);
        claim.sources.iter_mut().for_each(|s| turn(&mut s.span));
        claim.cue.iter_mut().for_each(|c| turn(&mut c.span));
        turn(&mut claim.event.trigger.span);
        claim.actors.iter_mut().chain(&mut claim.targets).for_each(|a| turn(&mut a.span));
        claim.places.iter_mut().for_each(|p| turn(&mut p.span));
        turn(&mut claim.time.quote.span);
        claim.figures.iter_mut().for_each(|f| turn(&mut f.quote.span));
        claim.weapons.iter_mut().for_each(|w| turn(&mut w.quote.span));
    }
}
