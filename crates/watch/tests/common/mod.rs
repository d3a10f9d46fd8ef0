//! A web server of a few lines, which can misbehave as it likes.
#![allow(dead_code)] // Each test file uses its own part.
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// A request that was made.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub at: Instant,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Answers each connection once, on a thread of its own, for as long as the test runs.
#[derive(Clone)]
pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// `answer` gets the request, and how many were made of the same path before.
    pub fn start(
        ip: &str,
        answer: impl Fn(&Request, usize, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let server = Server { address: listener.local_addr().unwrap(), seen: Arc::default() };
        let (seen, answer) = (server.seen.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (seen, answer, Ok(mut stream)) = (seen.clone(), answer.clone(), stream) else { continue };
                std::thread::spawn(move || {
                    let Some(request) = read(&stream) else { return };
                    let n_before = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(request.clone());
                        seen.iter().filter(|r| r.path == request.path).count() - 1
                    };
                    // The client may have hung up: that is what some tests are about.
                    let _ = answer(&request, n_before, &mut stream);
                });
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// Paths of all requests, in their order.
    pub fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|r| r.path).collect()
    }

    pub fn count(&self, path: &str) -> usize {
        self.paths().iter().filter(|p| *p == path).count()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let at = Instant::now();
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut parts = line.split_whitespace().map(str::to_owned);
    let (method, path) = (parts.next()?, parts.next()?);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(n, _)| n == "content-length").map_or(0, |(_, v)| v.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, path, headers, body, at })
}

/// Sends a whole answer.
pub fn send(stream: &mut TcpStream, status: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<()> {
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len())?;
    for (name, value) in headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    stream.write_all(b"\r\n")?;
    stream.write_all(body)
}

/// A page about something that never happened.
pub fn page(n: usize) -> String {
    format!(
        "<html><head><title>Shells hit mill {n}</title></head><body><article><h1>Shells hit mill {n}</h1><p>Two shells hit mill \
         number {n} in Orvash on Tuesday, the mayor said. Three millers were killed, according to the district hospital.</p>\
         <p>The mayor said that the mill had been hit before, and that the millers had asked for shelter.</p></article></body></html>"
    )
}

/// A feed that names these addresses.
pub fn feed(urls: &[String]) -> String {
    let items: String = urls.iter().map(|u| format!("<item><title>x</title><link>{u}</link></item>")).collect();
    format!("<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>")
}
