/// A short stable identifier: the first 16 hexadecimal digits of BLAKE3 over the parts, each
/// preceded by its length so that no two lists of parts can be confused.
pub fn stable_id(prefix: &str, parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digits = hasher.finalize().to_hex();
    format!("{prefix}{}", &digits[..16])
}
