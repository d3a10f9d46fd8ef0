//! Ways out for alerts.
mod lines;
mod mail;
pub(crate) mod webhook;

use crate::alert::Alert;
use crate::config::{ChannelKeys, Config, ConfigError};
use crate::watch::Desk;
use std::time::Duration;

/// One way out.
pub(crate) struct Channel {
    /// What its letters are filed under in the outbox.
    pub(crate) name: String,
    way: Way,
}

enum Way {
    Terminal,
    File(lines::Lines),
    Webhook(Box<webhook::Webhook>),
    Mail(Box<mail::Mail>),
}

/// An alert that was not taken.
#[derive(Debug, PartialEq)]
pub(crate) enum Undelivered {
    /// It never will be.
    Refused(String),
    /// It may be another time, not before so long.
    Later(String, Option<Duration>),
}

impl Channel {
    /// All ways out of a configuration. Secrets are read from the environment now, so that a missing one is said at once.
    pub(crate) fn all(config: &Config) -> Result<Vec<Channel>, ConfigError> {
        let channels: Vec<Channel> =
            config.channels.iter().map(|keys| Channel::new(keys, config)).collect::<Result<_, _>>()?;
        for (i, channel) in channels.iter().enumerate() {
            if channels[..i].iter().any(|other| other.name == channel.name) {
                return Err(ConfigError::Value(format!("[[send]]: {} is given twice", channel.name)));
            }
        }
        Ok(channels)
    }

    fn new(keys: &ChannelKeys, config: &Config) -> Result<Self, ConfigError> {
        let (name, way) = match keys {
            ChannelKeys::Terminal {} => ("terminal".to_owned(), Way::Terminal),
            ChannelKeys::File { path } => (format!("file {}", path.display()), Way::File(lines::Lines(path.clone()))),
            ChannelKeys::Webhook { url, secret_env, allow_private } => {
                let secret = secret_env.as_deref().map(secret).transpose()?;
                let webhook = webhook::Webhook::new(url, secret, *allow_private, config)?;
                (format!("webhook {url}"), Way::Webhook(Box::new(webhook)))
            }
            ChannelKeys::Mail { server, tls, user, password_env, from, recipients } => {
                let password = password_env.as_deref().map(secret).transpose()?;
                let login = user.clone().zip(password);
                let mail = mail::Mail::new(server, *tls, login, from, recipients, config.limits().total)?;
                (format!("mail {}", recipients.join(", ")), Way::Mail(Box::new(mail)))
            }
        };
        Ok(Channel { name, way })
    }

    pub(crate) fn deliver(&self, alert: &Alert, body: &str, desk: &mut dyn Desk) -> Result<(), Undelivered> {
        match &self.way {
            Way::Terminal => desk.show(alert).map_err(|e| Undelivered::Later(e.to_string(), None)),
            Way::File(lines) => lines.deliver(body),
            Way::Webhook(webhook) => webhook.deliver(&alert.key, body, jiff::Timestamp::now().as_second()),
            Way::Mail(mail) => mail.deliver(alert),
        }
    }
}

fn secret(name: &str) -> Result<String, ConfigError> {
    let value = std::env::var(name).ok().filter(|v| !v.is_empty());
    value.ok_or_else(|| ConfigError::Value(format!("[[send]]: the environment variable {name} is not set")))
}
