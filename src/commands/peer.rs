//! Which machine an address is of, where wrong codes and connections of one machine are counted.

use std::net::{IpAddr, Ipv6Addr};

/// One machine has as many addresses as it likes in its network of IPv6 (RFC 4291, 2.5.4).
pub fn machine(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
        IpAddr::V4(address) => IpAddr::V4(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("192.0.2.1", "192.0.2.1")]
    #[case("::ffff:192.0.2.1", "192.0.2.1")]
    #[case("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::")]
    fn machines(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(machine(address.parse().unwrap()).to_string(), expected);
    }
}
