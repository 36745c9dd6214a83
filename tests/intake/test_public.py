import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.public import is_public

PUBLIC = [
    "1.1.1.1",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "2a00:1450:4001:82b::2004",
    "::ffff:1.1.1.1",
    "64:ff9b::1.1.1.1",
    "2002:0101:0101::1",
]
NOT_PUBLIC = {
    "0.0.0.0": "unspecified",  # noqa: S104  # nothing is bound to it
    "0.1.2.3": "this network",
    "10.0.0.1": "private",
    "100.64.0.1": "shared by a provider",
    "100.127.255.255": "shared by a provider",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "169.254.169.254": "link-local, where clouds keep their keys",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.9": "protocol assignment",
    "192.0.2.1": "documentation",
    "192.88.99.1": "the nearest 6to4 relay",
    "192.168.1.1": "private",
    "198.18.0.1": "benchmark",
    "198.51.100.1": "documentation",
    "203.0.113.1": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.255": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::127.0.0.1": "compatible, loopback",
    "::1.1.1.1": "compatible, abolished",
    "::ffff:127.0.0.1": "mapped, loopback",
    "::ffff:169.254.169.254": "mapped, link-local",
    "::ffff:0:127.0.0.1": "translated",
    "64:ff9b::10.0.0.1": "NAT64 of a private one",
    "64:ff9b::7f00:1": "NAT64 of loopback",
    "64:ff9b:1::1": "local NAT64",
    "100::1": "discard",
    "2001::1": "Teredo",
    "2001:2::1": "benchmark",
    "2001:20::1": "an identifier",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4 of loopback",
    "2002:a00:1::": "6to4 of a private one",
    "3fff::1": "documentation",
    "4000::1": "never given out",
    "5f00::1": "segment routing",
    "fc00::1": "unique local",
    "fd12:3456::1": "unique local",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "2606:2800::1%eth0": "bound to an interface",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
    "ff0e::1": "multicast",
}

v4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
v6 = st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC, ids=lambda address: f"{address} {NOT_PUBLIC[address]}")
def test_an_address_that_is_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


@given(st.one_of(v4, v6, v6.map(lambda address: ipaddress.IPv6Address(1 << 125 | int(address) >> 3))))
def test_what_the_library_holds_for_private_is_never_public(address):
    if is_public(address):
        assert address.is_global
        assert not any([address.is_private, address.is_loopback, address.is_link_local, address.is_multicast])


@given(v4)
def test_every_other_address_of_version_four_is_public(address):
    more = ("224.0.0.0/4", "192.0.0.0/24", "192.88.99.0/24")

    expected = address.is_global and not any(address in ipaddress.ip_network(network) for network in more)

    assert is_public(address) == expected


@given(v4, st.integers(0, 2**80 - 1))
def test_an_address_within_another_is_judged_by_itself(inner, rest):
    holders = [0xFFFF << 32 | int(inner), 0x64_FF9B << 96 | int(inner), 0x2002 << 112 | int(inner) << 80 | rest]

    assert {is_public(ipaddress.IPv6Address(holder)) for holder in holders} == {is_public(inner)}
