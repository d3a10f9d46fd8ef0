//! A POST to an address, signed after the Standard Webhooks specification (standardwebhooks.com, version 1).
use crate::channel::Undelivered;
use crate::config::{Config, ConfigError};
use crate::failure::FetchError;
use crate::fetch::{Fetcher, Limits};
use crate::reach::Reach;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::time::Duration;
use url::Url;

/// Longest time that a receiver may take: other work waits for it.
const LONGEST: Duration = Duration::from_secs(10);

pub(crate) struct Webhook {
    url: Url,
    key: Option<Vec<u8>>,
    fetcher: Fetcher,
}

impl Webhook {
    /// `secret`: with `whsec_` before it, base64 of the key; else the key itself.
    pub(crate) fn new(
        url: &str,
        secret: Option<String>,
        allow_private: bool,
        config: &Config,
    ) -> Result<Self, ConfigError> {
        let wrong = |why: &str| ConfigError::Value(format!("[[send]] to webhook {url}: {why}"));
        let parsed = Url::parse(url).map_err(|_| wrong("not an address"))?;
        let key = match secret.as_deref().map(|s| (s, s.strip_prefix("whsec_"))) {
            Some((_, Some(coded))) => Some(STANDARD.decode(coded).map_err(|_| wrong("the secret is not base64"))?),
            Some((plain, None)) => Some(plain.as_bytes().to_vec()),
            None => None,
        };
        let reach = if allow_private { Reach::everywhere() } else { Reach::public(config.allow.iter().copied()) };
        let limits = config.limits();
        let limits = Limits { total: limits.total.min(LONGEST), ..limits };
        Ok(Webhook { url: parsed, key, fetcher: Fetcher::new(&config.user_agent(), limits, reach) })
    }

    /// `at` is in seconds since 1970.
    pub(crate) fn deliver(&self, id: &str, body: &str, at: i64) -> Result<(), Undelivered> {
        let at = at.to_string();
        let signed = self.key.as_ref().map(|key| signature(key, id, &at, body));
        let mut headers = vec![
            ("content-type", "application/json"),
            ("idempotency-key", id),
            ("webhook-id", id),
            ("webhook-timestamp", &at),
        ];
        headers.extend(signed.as_deref().map(|s| ("webhook-signature", s)));
        match self.fetcher.post(&self.url, &headers, body.as_bytes()) {
            Ok((200..=299, _)) => Ok(()),
            // It asks to wait, or to be asked again.
            Ok((status @ (408 | 409 | 425 | 429), after)) => {
                Err(Undelivered::Later(format!("the receiver says {status}"), after))
            }
            Ok((status @ 400..=499, _)) => Err(Undelivered::Refused(format!("the receiver says {status}"))),
            Ok((status, after)) => Err(Undelivered::Later(format!("the receiver says {status}"), after)),
            // Nothing in the letter is at fault.
            Err(e @ (FetchError::PrivateAddress { .. } | FetchError::BadAddress(_))) => {
                Err(Undelivered::Later(format!("{e}; allow_private = true in its [[send]] does so for it alone"), None))
            }
            Err(e) => Err(Undelivered::Later(e.to_string(), None)),
        }
    }
}

/// The value of `webhook-signature`: HMAC-SHA256 over `id.timestamp.body`.
pub fn signature(key: &[u8], id: &str, timestamp: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("keys of any length are taken");
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn signed_as_the_specification_has_it() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
