//! What a watch is told: see `examples/watch.toml`, which holds every key.
use crate::fetch::Limits;
use crate::rules::Rule;
use glob::Pattern;
use ipnet::IpNet;
use serde::{Deserialize, Deserializer};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// The file, read and checked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where those who run a server find who is asking: a page or an e-mail address.
    pub(crate) contact: String,
    /// Most hosts that are asked at the same time.
    #[serde(default = "four")]
    pub(crate) jobs: usize,
    #[serde(default)]
    pub(crate) politeness: Politeness,
    #[serde(default)]
    limits: LimitKeys,
    /// Addresses that may be connected to although they are not public.
    #[serde(default, deserialize_with = "nets")]
    pub(crate) allow: Vec<IpNet>,
    #[serde(default, rename = "feed")]
    feeds: Vec<FeedKeys>,
    #[serde(default, rename = "pages")]
    pages: Vec<PagesKeys>,
    #[serde(default, rename = "alert")]
    pub(crate) rules: Vec<Rule>,
    #[serde(default, rename = "send")]
    pub(crate) channels: Vec<ChannelKeys>,
    #[serde(skip)]
    pub(crate) lists: Vec<List>,
}

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Not TOML, or a key that is not known or lacks.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// A value that makes no sense.
    #[error("{0}")]
    Value(String),
}

fn four() -> usize {
    4
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Politeness {
    /// Least time between two requests to one host.
    #[serde(deserialize_with = "duration")]
    pub(crate) delay: Duration,
    /// Wait after a failure; doubled after each further one.
    #[serde(deserialize_with = "duration")]
    pub(crate) retry: Duration,
    /// Longest such wait.
    #[serde(deserialize_with = "duration")]
    pub(crate) longest: Duration,
    /// Failures after which a page is given up.
    pub(crate) tries: u32,
}

impl Default for Politeness {
    fn default() -> Self {
        let (delay, retry) = (Duration::from_secs(2), Duration::from_secs(60));
        Politeness { delay, retry, longest: Duration::from_secs(6 * 3600), tries: 6 }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LimitKeys {
    #[serde(deserialize_with = "some_duration")]
    connect: Option<Duration>,
    #[serde(deserialize_with = "some_duration")]
    total: Option<Duration>,
    size_mb: Option<f64>,
    ratio: Option<u64>,
    redirects: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FeedKeys {
    url: String,
    #[serde(default)]
    publisher: String,
    #[serde(default = "quarter", deserialize_with = "duration")]
    every: Duration,
    #[serde(default, deserialize_with = "durations")]
    revisit: Vec<Duration>,
    #[serde(default = "hundred")]
    most: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PagesKeys {
    url: String,
    #[serde(default)]
    publisher: String,
    #[serde(default = "quarter", deserialize_with = "duration")]
    every: Duration,
    #[serde(default, deserialize_with = "durations")]
    revisit: Vec<Duration>,
    #[serde(default = "hundred")]
    most: usize,
    links: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

fn quarter() -> Duration {
    Duration::from_secs(15 * 60)
}

fn hundred() -> usize {
    100
}

/// A feed, or a page whose links are articles.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) url: Url,
    /// The outlet; empty where each page says itself.
    pub(crate) publisher: String,
    pub(crate) every: Duration,
    /// How long after each visit a page is asked for once more; after the last it is not.
    pub(crate) revisit: Vec<Duration>,
    /// Most pages that one answer can name.
    pub(crate) most: usize,
    pub(crate) kind: ListKind,
}

#[derive(Debug, Clone)]
pub(crate) enum ListKind {
    Feed,
    /// Links on the same host that match one of the first and none of the others.
    Pages(Vec<Pattern>, Vec<Pattern>),
}

/// Where alerts go.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "to", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum ChannelKeys {
    Terminal {},
    File {
        path: PathBuf,
    },
    Webhook {
        url: String,
        /// Environment variable that holds the secret.
        secret_env: Option<String>,
        #[serde(default)]
        allow_private: bool,
    },
    Mail {
        server: String,
        #[serde(default)]
        tls: MailTls,
        user: Option<String>,
        password_env: Option<String>,
        from: String,
        recipients: Vec<String>,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MailTls {
    /// The connection becomes a safe one, or no mail is sent.
    #[default]
    Starttls,
    /// Safe from its beginning.
    Implicit,
    /// For a server on this machine.
    None,
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// [`ConfigError`], which names the key.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut config: Config = toml::from_str(text)?;
        let wrong = |why: String| Err(ConfigError::Value(why));
        if config.contact.trim().is_empty() || !config.contact.contains(['@', '/']) || !config.contact.is_ascii() {
            return wrong("contact must be a page or an e-mail address, in ASCII".to_owned());
        }
        if config.jobs == 0 {
            return wrong("jobs must be 1 or more".to_owned());
        }
        if config.limits.size_mb.is_some_and(|mb| mb.is_nan() || mb <= 0.0) {
            return wrong("limits.size_mb must be more than nothing".to_owned());
        }
        let feeds = std::mem::take(&mut config.feeds).into_iter().map(|f| {
            let kind = ListKind::Feed;
            Ok(List {
                url: address(&f.url)?,
                publisher: f.publisher,
                every: f.every,
                revisit: f.revisit,
                most: f.most,
                kind,
            })
        });
        let pages = std::mem::take(&mut config.pages).into_iter().map(|p| {
            let kind = ListKind::Pages(patterns(&p.links)?, patterns(&p.not)?);
            Ok(List {
                url: address(&p.url)?,
                publisher: p.publisher,
                every: p.every,
                revisit: p.revisit,
                most: p.most,
                kind,
            })
        });
        config.lists = feeds.chain(pages).collect::<Result<_, ConfigError>>()?;
        if config.lists.is_empty() {
            return wrong("nothing to watch: give a [[feed]] or [[pages]]".to_owned());
        }
        for (i, list) in config.lists.iter().enumerate() {
            if config.lists[..i].iter().any(|other| other.url == list.url) {
                return wrong(format!("{} is given twice", list.url));
            }
            if list.every.is_zero() {
                return wrong(format!("{}: every must be more than nothing", list.url));
            }
        }
        for rule in &config.rules {
            rule.check().map_err(ConfigError::Value)?;
        }
        if !config.rules.is_empty() && config.channels.is_empty() {
            return wrong("[[alert]] without a [[send]]: alerts would go nowhere".to_owned());
        }
        Ok(config)
    }

    /// How requests name who is asking.
    pub(crate) fn user_agent(&self) -> String {
        format!("Variorum/{} (+{})", env!("CARGO_PKG_VERSION"), self.contact.trim())
    }

    pub(crate) fn limits(&self) -> Limits {
        let (keys, usual) = (&self.limits, Limits::default());
        Limits {
            connect: keys.connect.unwrap_or(usual.connect),
            total: keys.total.unwrap_or(usual.total),
            body: keys.size_mb.map_or(usual.body, |mb| (mb * 1e6) as u64),
            ratio: keys.ratio.unwrap_or(usual.ratio),
            redirects: keys.redirects.unwrap_or(usual.redirects),
        }
    }
}

fn address(text: &str) -> Result<Url, ConfigError> {
    let wrong = || ConfigError::Value(format!("{text:?} is not an address of the web (http:// or https://)"));
    let mut url = Url::parse(text).map_err(|_| wrong())?;
    url.set_fragment(None);
    if matches!(url.scheme(), "http" | "https") && url.username().is_empty() { Ok(url) } else { Err(wrong()) }
}

fn patterns(globs: &[String]) -> Result<Vec<Pattern>, ConfigError> {
    let pattern = |g: &String| Pattern::new(g).map_err(|e| ConfigError::Value(format!("the pattern {g:?}: {e}")));
    globs.iter().map(pattern).collect()
}

/// `15m`, `1h 30m`, `2 days`.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let wrong = |_| format!("{text:?} is not a duration such as 30s, 15m, 6h or 2d");
    let span: jiff::Span = text.parse().map_err(wrong)?;
    let duration = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).map_err(wrong)?;
    Duration::try_from(duration).map_err(wrong)
}

fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    parse_duration(&String::deserialize(from)?).map_err(serde::de::Error::custom)
}

fn some_duration<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    duration(from).map(Some)
}

fn durations<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Duration>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    texts.iter().map(|t| parse_duration(t).map_err(serde::de::Error::custom)).collect()
}

fn nets<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    let net = |text: &String| {
        let one = text.parse::<std::net::IpAddr>().map(IpNet::from);
        one.or_else(|_| text.parse::<IpNet>()).map_err(|_| {
            serde::de::Error::custom(format!("{text:?} is neither an address nor a range such as 10.1.0.0/16"))
        })
    };
    texts.iter().map(net).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_holds_every_key_and_can_be_used() {
        let config = Config::parse(include_str!("../../../examples/watch.toml")).unwrap();
        assert_eq!(config.lists.len(), 3);
        assert_eq!(config.lists[0].every, Duration::from_secs(600));
        assert_eq!(config.rules.len(), 4);
        assert_eq!(config.channels.len(), 4);
        assert!(config.user_agent().contains("(+https://desk.example/robot)"));
    }

    #[test]
    fn what_makes_no_sense_is_said_by_name() {
        let why = |text: &str| Config::parse(text).unwrap_err().to_string();
        let feed = "[[feed]]\nurl = 'https://courier.example/feed'\n";
        assert!(why(feed).contains("contact"));
        assert!(why("contact = 'desk@d.example'").contains("nothing to watch"));
        let with = |more: &str| why(&format!("contact = 'desk@d.example'\n{more}"));
        assert!(with("[[feed]]\nurl = 'ftp://courier.example/'").contains("not an address of the web"));
        assert!(with(&format!("{feed}{feed}")).contains("given twice"));
        assert!(with(&format!("{feed}every = 'often'")).contains("not a duration"));
        assert!(with(&format!("{feed}evry = '5m'")).contains("unknown field `evry`"));
        assert!(with(&format!("{feed}[[alert]]\nwhen = 'toll'")).contains("at_least"));
        assert!(with(&format!("{feed}[[alert]]\nwhen = 'place'\nplaces = []")).contains("places"));
        assert!(with(&format!("{feed}[[alert]]\nwhen = 'incident'")).contains("[[send]]"));
        assert!(with("[[pages]]\nurl = 'https://courier.example/'").contains("links"));
        assert!(with("[[pages]]\nurl = 'https://courier.example/'\nlinks = ['***']").contains("pattern"));
        assert!(with(&format!("allow = ['here']\n{feed}")).contains("neither an address nor a range"));
    }

    #[test]
    fn durations_are_written_as_people_write_them() {
        for (text, seconds) in [("30s", 30), ("15m", 900), ("1h 30m", 5400), ("2d", 172_800), ("6 hours", 21_600)] {
            assert_eq!(parse_duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        assert!(parse_duration("-5m").is_err());
        assert!(parse_duration("1 month").is_err());
    }
}
