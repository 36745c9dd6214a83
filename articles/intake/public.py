"""Which addresses of the internet are public: anybody's, and not those of a machine, a house or a provider."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

IPAddress = IPv4Address | IPv6Address

# Beyond what `is_global` excludes, which leaves out multicast and follows the registries only as far as its release.
_NOT_PUBLIC = (
    ipaddress.ip_network("224.0.0.0/4"),  # multicast
    ipaddress.ip_network("192.0.0.0/24"),  # protocol assignments, among them the nearest relay
    ipaddress.ip_network("192.88.99.0/24"),  # the nearest 6to4 relay
    ipaddress.ip_network("2001::/23"),  # protocol assignments: Teredo, benchmarks, identifiers that are no places
    ipaddress.ip_network("3fff::/20"),  # documentation
)
_UNICAST = ipaddress.ip_network("2000::/3")  # all that was ever given out of IPv6; site-local and the like are outside
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """Whether anybody may be sent there. An IPv6 address that stands for one of IPv4 is judged by that."""
    if isinstance(address, IPv6Address):
        if (inner := _inner(address)) is not None:
            return is_public(inner)
        if address not in _UNICAST or address.scope_id:
            return False
    return address.is_global and not any(address in network for network in _NOT_PUBLIC)


def _inner(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
