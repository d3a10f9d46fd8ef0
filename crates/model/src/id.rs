/// A short stable identifier: the first 16 hexadecimal digits of BLAKE3 over the parts, each
/// preceded by its length so that no two lists of parts can be confused.
pub fn stable_id(prefix: &str, parts: &[&str]) -> String {
    format!("{prefix}{:016x}", stable_number(parts))
}

/// The number whose hexadecimal digits [`stable_id`] gives.
pub fn stable_number(parts: &[&str]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    u64::from_be_bytes(*hasher.finalize().as_bytes().first_chunk().expect("32 bytes"))
}
