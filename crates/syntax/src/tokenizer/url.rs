//! The tokenizer's URL pattern, matched in one pass.
//!
//! ```text
//! ^ (?:[\w+\-.]{2,}://)?  (?:\S+(?::\S*)?@)?
//!   (?: IPv4, not private | (?:(?:A M{0,62})?A\.)+ T{2,63} )
//!   (?::\d{2,5})?  (?:[/?#]\S*)? $         A = [A-Za-z0-9\u00a1-\uffff], M = A or [_-], T = the model's lower-case letters
//! ```
//! Only whether a whole chunk (which holds no white space) matches is asked, so each optional part has few places where it
//! can end: the scheme before the only `://` that can follow its letters, the user before any `@`, each label before a dot.

use super::affix::Set;
use crate::chars::{is_decimal, is_word};

/// True if the whole chunk has the form of a URL.
pub fn is_url(text: &str, tld: &Set) -> bool {
    if !text.contains('.') {
        return false;
    }
    let scheme = text.find("://").filter(|&at| {
        let name = &text[..at];
        name.chars().count() >= 2 && name.chars().all(|c| is_word(c) || "+-.".contains(c))
    });
    let after_scheme = scheme.map(|at| at + 3);
    let first_char = text.chars().next().map_or(0, char::len_utf8);
    let starts = [Some(0), after_scheme].into_iter().flatten();
    let after_user = text.match_indices('@').map(|(at, _)| at).filter(|&at| at >= first_char).map(|at| at + 1);
    starts.chain(after_user).any(|at| is_host_and_path(&text[at..], tld))
}

fn is_host_and_path(text: &str, tld: &Set) -> bool {
    let end = text.find([':', '/', '?', '#']).unwrap_or(text.len());
    let host = &text[..end];
    // The host ends at the first of these characters, for neither form of it contains one.
    is_port_and_path(&text[end..]) && (is_public_ipv4(host) || is_domain(host, tld))
}

fn is_port_and_path(text: &str) -> bool {
    let Some(port) = text.strip_prefix(':') else {
        return text.is_empty() || text.starts_with(['/', '?', '#']);
    };
    let end = port.find(['/', '?', '#']).unwrap_or(port.len());
    let digits = port[..end].chars();
    digits.clone().all(is_decimal) && (2..=5).contains(&digits.count())
}

fn is_domain(host: &str, tld: &Set) -> bool {
    let alphanumeric = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    let Some((labels, last)) = host.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        let mut chars = label.chars();
        let (first, last) = (chars.next(), label.chars().next_back());
        first.is_some_and(alphanumeric)
            && last.is_some_and(alphanumeric)
            && label.chars().count() <= 64
            && chars.all(|c| alphanumeric(c) || c == '_' || c == '-')
    };
    (2..=63).contains(&last.chars().count()) && last.chars().all(|c| tld.has(c)) && labels.split('.').all(is_label)
}

fn is_public_ipv4(host: &str) -> bool {
    let octets: Vec<Vec<char>> = host.split('.').take(5).map(|o| o.chars().take(4).collect()).collect();
    let [a, b, c, d] = octets.as_slice() else { return false };
    let digit = |c: &char| is_decimal(*c);
    let (is_first, is_middle, is_last) = (
        match a.as_slice() {
            ['1'..='9'] => true,
            ['1'..='9', y] => digit(y),
            ['1', y, z] => digit(y) && digit(z),
            ['2', '0' | '1', z] => digit(z),
            ['2', '2', '0'..='3'] => true,
            _ => false,
        },
        |octet: &[char]| match octet {
            [x] => digit(x),
            [x, y] => digit(x) && digit(y),
            ['1', y, z] => digit(y) && digit(z),
            ['2', '0'..='4', z] => digit(z),
            ['2', '5', '0'..='5'] => true,
            _ => false,
        },
        match d.as_slice() {
            ['1'..='9'] => true,
            ['1'..='9', y] => digit(y),
            ['1', y, z] => digit(y) && digit(z),
            ['2', '0'..='4', z] => digit(z),
            ['2', '5', '0'..='4'] => true,
            _ => false,
        },
    );
    let is_private = match (a.as_slice(), b.as_slice()) {
        (['1', '0'] | ['1', '2', '7'], _) => true,
        (['1', '6', '9'], ['2', '5', '4']) | (['1', '9', '2'], ['1', '6', '8']) => true,
        (['1', '7', '2'], ['1', '6'..='9'] | ['3', '0' | '1']) => true,
        (['1', '7', '2'], ['2', y]) => digit(y),
        _ => false,
    };
    is_first && is_middle(b) && is_middle(c) && is_last && !is_private
}
