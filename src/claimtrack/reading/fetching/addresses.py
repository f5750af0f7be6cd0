"""Which addresses are of the public Internet, and what those are that are not.

Rules from the special-purpose registries of IANA (RFC 6890 and its successors). Of IPv6 only global
unicast (2000::/3) is public, without what carries an IPv4 address or is no place to go to.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_NOT_PUBLIC = {
    "0.0.0.0/32": "an unspecified",
    "0.0.0.0/8": "a reserved",
    "10.0.0.0/8": "a private",
    "100.64.0.0/10": "a carrier's private (CGNAT)",
    "127.0.0.0/8": "a loopback",
    "169.254.0.0/16": "a link-local",
    "172.16.0.0/12": "a private",
    "192.0.0.0/24": "a reserved",
    "192.0.2.0/24": "a reserved",
    "192.31.196.0/24": "a reserved",
    "192.52.193.0/24": "a reserved",
    "192.88.99.0/24": "a 6to4 relay's",
    "192.168.0.0/16": "a private",
    "192.175.48.0/24": "a reserved",
    "198.18.0.0/15": "a reserved",
    "198.51.100.0/24": "a reserved",
    "203.0.113.0/24": "a reserved",
    "224.0.0.0/4": "a multicast",
    "240.0.0.0/4": "a reserved",
    "::/128": "an unspecified",
    "::1/128": "a loopback",
    "::ffff:0:0/96": "an IPv4-mapped",
    "64:ff9b::/96": "a NAT64",
    "64:ff9b:1::/48": "a NAT64",
    "2001::/23": "a reserved",
    "2001:db8::/32": "a reserved",
    "2002::/16": "a 6to4",
    "2620:4f:8000::/48": "a reserved",
    "3fff::/20": "a reserved",
    "fc00::/7": "a private",
    "fe80::/10": "a link-local",
    "fec0::/10": "a private",
    "ff00::/8": "a multicast",
}
_NETWORKS = [(ip_network(text), kind) for text, kind in _NOT_PUBLIC.items()]
_GLOBAL_UNICAST = ip_network("2000::/3")


def kind_if_not_public(address: str) -> str | None:
    """What kind of address it is, with its article, or None for a public one.

    ``a loopback``, ``a private``. The address is in the form that the system gives it, with a zone
    perhaps (``fe80::1%eth0``).
    """
    found = ip_address(address.partition("%")[0])
    for network, kind in _NETWORKS:
        if found.version == network.version and found in network:
            return kind
    if found not in _GLOBAL_UNICAST and isinstance(found, IPv6Address):
        return "a reserved"
    # What the library knows and the table does not, from a later edition of the registries.
    return "a reserved" if isinstance(found, IPv4Address) and not found.is_global else None
