//! E-mail through a server that the user names. It may be one of this machine: nothing fetched has a say in it.
use crate::alert::Alert;
use crate::channel::Undelivered;
use crate::config::{ConfigError, MailTls};
use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};
use std::fmt::Write;
use std::time::Duration;

pub(crate) struct Mail {
    server: SmtpTransport,
    from: Mailbox,
    recipients: Vec<Mailbox>,
}

impl Mail {
    pub(crate) fn new(
        server: &str,
        tls: MailTls,
        login: Option<(String, String)>,
        from: &str,
        recipients: &[String],
        time: Duration,
    ) -> Result<Self, ConfigError> {
        let wrong = |why: String| ConfigError::Value(format!("[[send]] to mail: {why}"));
        let usual = match tls {
            MailTls::Starttls => 587,
            MailTls::Implicit => 465,
            MailTls::None => 25,
        };
        let (host, port) = match server.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| wrong(format!("{server:?} is not a host:port")))?),
            None => (server, usual),
        };
        if login.is_some() && tls == MailTls::None {
            return Err(wrong("a password is not sent over an open connection; set tls".to_owned()));
        }
        let safe = || TlsParameters::new(host.to_owned()).map_err(|e| wrong(e.to_string()));
        let tls = match tls {
            MailTls::Starttls => Tls::Required(safe()?),
            MailTls::Implicit => Tls::Wrapper(safe()?),
            MailTls::None => Tls::None,
        };
        let mut transport = SmtpTransport::builder_dangerous(host).port(port).tls(tls).timeout(Some(time));
        if let Some((user, password)) = login {
            transport = transport.credentials(Credentials::new(user, password));
        }
        let mailbox = |text: &str| text.parse::<Mailbox>().map_err(|e| wrong(format!("{text:?}: {e}")));
        let recipients = recipients.iter().map(|r| mailbox(r)).collect::<Result<Vec<_>, _>>()?;
        if recipients.is_empty() {
            return Err(wrong("no recipients".to_owned()));
        }
        Ok(Mail { server: transport.build(), from: mailbox(from)?, recipients })
    }

    pub(crate) fn deliver(&self, alert: &Alert) -> Result<(), Undelivered> {
        // A message that is sent twice has one id: those who keep messages show it once.
        let id = format!("<{}@{}>", alert.key, self.from.email.domain());
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut message = Message::builder()
            .from(self.from.clone())
            .message_id(Some(id))
            .subject(one_line(&alert.message))
            .header(ContentType::TEXT_PLAIN);
        for recipient in &self.recipients {
            message = message.to(recipient.clone());
        }
        let message = message.body(text(alert)).map_err(|e| Undelivered::Refused(e.to_string()))?;
        match self.server.send(&message) {
            Ok(_) => Ok(()),
            Err(e) => {
                let code: Option<u16> = e.status().map(Into::into);
                match code {
                    // The mailbox or the message is at fault, and will be.
                    Some(550..=554) => Err(Undelivered::Refused(said(&e))),
                    _ => Err(Undelivered::Later(said(&e), None)),
                }
            }
        }
    }
}

fn said(error: &lettre::transport::smtp::Error) -> String {
    let why = std::error::Error::source(error).map(|s| format!(": {s}")).unwrap_or_default();
    format!("{error}{why}")
}

fn text(alert: &Alert) -> String {
    let mut text = format!("{}\n\nIncident: {} ({})\n", alert.message, alert.title, alert.incident);
    let known = |value: &str| if value.is_empty() { "not known".to_owned() } else { value.to_owned() };
    let _ = writeln!(text, "When: {}", known(alert.time.value.as_deref().unwrap_or_default()));
    let _ = writeln!(text, "Where: {}", known(&alert.place.name));
    if !alert.reports.is_empty() {
        let _ = writeln!(text, "\nBrought by:");
        for report in &alert.reports {
            let _ = writeln!(text, "  {report}");
        }
    }
    let _ = writeln!(text, "\nShow it: variorum show {}", alert.incident);
    text
}
