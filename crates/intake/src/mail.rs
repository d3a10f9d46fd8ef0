//! Messages (RFC 5322): the text, or the page, of a message is a report; what is attached is read as files are.
use crate::container::{Container, Held, Queue, Thing};
use crate::failure::FailureKind;
use crate::options::Options;
use crate::{published, report};
use mail_parser::{MessageParser, MimeHeaders};
use variorum_model::{Report, ReportInput, stable_id};

/// Reads a whole message.
pub(crate) fn read(bytes: &[u8], id: Option<String>, options: &Options) -> Result<Box<dyn Container>, FailureKind> {
    let message = MessageParser::default().parse(bytes).ok_or(FailureKind::BadMail)?;
    if message.subject().is_none() && message.from().is_none() && message.date().is_none() {
        return Err(FailureKind::BadMail);
    }
    let from = message.from().and_then(|a| a.first());
    // A message that has both says the same in both; its page has the structure.
    let is_page = message.html_body_count() > 0 && message.html_part(0).is_some_and(|p| p.is_text_html());
    let html = is_page.then(|| message.body_html(0)).flatten().map(|h| h.into_owned());
    let text = if html.is_none() { message.body_text(0).map(|t| t.into_owned()) } else { None };
    let input = ReportInput {
        text,
        html,
        title: message.subject().map(str::to_owned),
        byline: from.and_then(|f| f.name()).map(str::to_owned),
        publisher: from.and_then(|f| f.address()).and_then(|a| a.rsplit_once('@')).map(|(_, host)| host.to_owned()),
        published: message.date().map(|d| d.to_rfc3339()).filter(|d| published::parse(d).is_some()),
        ..ReportInput::default()
    };
    let default_id = || stable_id("r", &[&String::from_utf8_lossy(bytes)]);
    let body = report::from_input(input, || id.unwrap_or_else(default_id), options);
    let mut held = Vec::new();
    for (part, n) in message.attachments().zip(1..) {
        if let Some(name) = part.attachment_name().filter(|_| !part.is_message()) {
            let name = format!("{n}-{}", name.rsplit(['/', '\\']).next().unwrap_or(name));
            held.push(Held::member(name, Ok(part.contents().to_vec())));
        }
    }
    if !matches!(body, Err(FailureKind::NoText)) || held.is_empty() {
        let what = body.map(|r: Report| Thing::Report(Box::new(r)));
        held.insert(0, Held { line: None, name: None, what });
    }
    Ok(Box::new(Queue(held.into_iter())))
}
