//! A base map of tiles from elsewhere, where whoever runs the room asks for one.
use crate::ServeError;
use serde::Serialize;
use utoipa::ToSchema;

/// Where tiles come from. Nothing is asked of that address but by the map, and the page may ask no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Tiles {
    /// `https://tiles.example/{z}/{x}/{y}.png`: raster tiles of Web Mercator, 256 pixels wide.
    url: String,
    /// Whose map it is: shown under the map.
    credit: String,
}

impl Tiles {
    /// # Errors
    /// An address that is not of http or https, or lacks one of `{z}`, `{x}` and `{y}`.
    pub fn new(url: &str, credit: &str) -> Result<Self, ServeError> {
        let tiles = Tiles { url: url.to_owned(), credit: credit.to_owned() };
        let whole = ["{z}", "{x}", "{y}"].iter().all(|part| url.contains(part));
        // What stands in a header must not end it, nor name another source.
        let plain = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>;,\\".contains(&b));
        let host = tiles.origin().split_once("://").map_or("", |(_, host)| host);
        if !whole || !plain || host.is_empty() || host.contains(['{', '@', '*']) {
            return Err(ServeError::Tiles { url: url.to_owned() });
        }
        Ok(tiles)
    }

    /// `https://tiles.example`; empty where the address is of another scheme.
    pub(crate) fn origin(&self) -> &str {
        let Some(rest) = self.url.strip_prefix("https://").or_else(|| self.url.strip_prefix("http://")) else {
            return "";
        };
        let scheme = self.url.len() - rest.len();
        &self.url[..scheme + rest.find('/').unwrap_or(rest.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_tiles_is_a_template_of_one_host() {
        let origin = |url: &str| Tiles::new(url, "").ok().map(|t| t.origin().to_owned());
        assert_eq!(origin("https://tiles.example/{z}/{x}/{y}.png").as_deref(), Some("https://tiles.example"));
        assert_eq!(origin("http://[::1]:8080/{z}/{x}/{y}?k=1").as_deref(), Some("http://[::1]:8080"));
        for wrong in [
            "https://tiles.example/{z}/{x}.png",
            "https://{z}.example/{x}/{y}",
            "ftp://tiles.example/{z}/{x}/{y}",
            "https://tiles.example; script-src */{z}/{x}/{y}",
            "/{z}/{x}/{y}",
        ] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
    }
}
