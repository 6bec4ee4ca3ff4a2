"""Which addresses may be fetched: public ones, and the private networks that the operator named."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from newsmon.environment import allowed_networks

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase

# Python calls these global. The first three carry an IPv4 address inside, and reach whatever that is; of the last,
# which is reserved for protocols, Python before 3.11.10 knows a part only.
_NOT_GLOBAL = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "192.0.0.0/24")))

Network = IPv4Network | IPv6Network

refused_hosts: set[str] = set()
"""Host names that resolved to a refused address: Scrapy reports them like names that do not exist."""


def is_fetchable(address: str, allowed: Sequence[Network] = ()) -> bool:
    """True for a public unicast address, or one inside an allowed network. `address` is a literal IP address."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip.version == network.version and ip in network for network in allowed):
        return True
    if ip.is_multicast or not ip.is_global:
        return False
    return not any(ip.version == network.version and ip in network for network in _NOT_GLOBAL)


class GuardedResolver(CachingThreadedResolver):
    """Resolves a name and refuses what is not public.

    The connection goes to the very address that was checked: a name that changes its address in between gains
    nothing.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: Sequence[Network]) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        settings = crawler.settings
        return cls(reactor, settings.getint("DNSCACHE_SIZE"), settings.getfloat("DNS_TIMEOUT"), allowed_networks())

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        resolved: Deferred[Any] = super().getHostByName(name, timeout)
        return resolved.addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if is_fetchable(address, self._allowed):
            return address
        refused_hosts.add(name)
        raise DNSLookupError(f"{name} is at {address}, which is not a public address")
