use variorum_model::{Basis, Claim, Report, stable_id};

/// Identity of what came in: a hash of the report's id, title, publisher, address, text and, where the input gave one,
/// its date. Nothing that analysis finds out goes into it, so that it can be asked before a report is analysed.
pub fn report_key(report: &Report) -> String {
    let given = match report.published.basis {
        Basis::Metadata => report.published.value.as_deref().unwrap_or(""),
        _ => "",
    };
    stable_id("k", &[&report.id, &report.title, &report.publisher, &report.url, given, &report.text])
}

/// Hash of the claims of one reading, in order.
pub(crate) fn reading_hash(meta: &str, claims: &[String]) -> String {
    let mut parts: Vec<&str> = Vec::with_capacity(claims.len() + 1);
    parts.push(meta);
    parts.extend(claims.iter().map(String::as_str));
    stable_id("h", &parts)
}

/// A claim as it is stored: without the report's id, which its row leads to.
pub(crate) fn claim_body(claim: &Claim) -> String {
    let bare = Claim { report: String::new(), ..claim.clone() };
    serde_json::to_string(&bare).expect("a claim is plain data")
}
