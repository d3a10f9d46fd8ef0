//! Which machines may be connected to.
use ipnet::IpNet;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, LazyLock};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocks {
    block: Vec<Block>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    what: String,
    ranges: Vec<IpNet>,
    #[cfg_attr(not(test), allow(dead_code))]
    test: Vec<IpAddr>,
    #[cfg_attr(not(test), allow(dead_code))]
    allows: Vec<IpAddr>,
}

static BLOCKS: LazyLock<Vec<Block>> = LazyLock::new(|| {
    let data = include_str!("../../../data/watch/addresses.toml");
    toml::from_str::<Blocks>(data).expect("data/watch/addresses.toml is tested").block
});

/// Which addresses may be connected to: public ones, and those that the user allows.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// All.
    all: bool,
    allowed: Arc<[IpNet]>,
}

impl Reach {
    /// Public addresses, and these.
    pub fn public(allowed: impl IntoIterator<Item = IpNet>) -> Self {
        Reach { all: false, allowed: allowed.into_iter().collect() }
    }

    /// Every address.
    pub fn everywhere() -> Self {
        Reach { all: true, allowed: Arc::default() }
    }

    /// What kind of address it is, where it may not be connected to.
    pub fn refuses(&self, address: IpAddr) -> Option<&'static str> {
        let address = embedded(address);
        if self.all || self.allowed.iter().any(|net| net.contains(&address)) {
            return None;
        }
        let block = BLOCKS.iter().find(|b| b.ranges.iter().any(|net| net.contains(&address)));
        block.map(|b| b.what.as_str())
    }
}

/// The IPv4 address that an IPv6 one stands for.
fn embedded(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let is_nat64 = v6.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    match (v6.to_ipv4_mapped(), is_nat64) {
        (Some(v4), _) => IpAddr::V4(v4),
        (None, true) => IpAddr::V4(Ipv4Addr::from_bits(v6.to_bits() as u32)),
        (None, false) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits())),
    }
}

/// A host resolves to addresses that may not be connected to.
#[derive(Debug, thiserror::Error)]
#[error("{host} is at {address} ({what})")]
pub(crate) struct Refused {
    pub(crate) host: String,
    pub(crate) address: IpAddr,
    pub(crate) what: &'static str,
}

/// Gives only addresses within reach. The connection is made to one of those that it gave, and every hop of a redirect is
/// resolved anew: no second look-up can lead elsewhere.
#[derive(Debug)]
pub(crate) struct WithinReach {
    pub(crate) reach: Reach,
    pub(crate) resolver: DefaultResolver,
}

impl Resolver for WithinReach {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        let mut within = self.empty();
        let mut refused = None;
        for socket in found.iter() {
            match self.reach.refuses(socket.ip()) {
                None => within.push(*socket),
                Some(what) => refused = Some((socket.ip(), what)),
            }
        }
        match refused {
            Some((address, what)) if within.is_empty() => {
                let host = uri.host().unwrap_or_default().to_owned();
                Err(ureq::Error::Other(Box::new(Refused { host, address, what })))
            }
            _ => Ok(within),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_holds_its_examples_and_nothing_near() {
        let reach = Reach::public([]);
        for block in BLOCKS.iter() {
            for &address in &block.test {
                assert_eq!(reach.refuses(address), Some(block.what.as_str()), "{address}");
            }
            for &address in &block.allows {
                assert_eq!(reach.refuses(address), None, "{address}");
            }
        }
    }

    #[test]
    fn what_the_user_allows_is_within_reach() {
        let local: IpAddr = "127.0.0.1".parse().unwrap();
        let reach = Reach::public(["127.0.0.1/32".parse().unwrap()]);
        assert_eq!(reach.refuses(local), None);
        assert_eq!(reach.refuses("::ffff:127.0.0.1".parse().unwrap()), None);
        assert_eq!(reach.refuses("127.0.0.2".parse().unwrap()), Some("loopback"));
        assert_eq!(Reach::everywhere().refuses("169.254.169.254".parse().unwrap()), None);
    }
}
