"""Which addresses may be fetched: public ones, and the private networks that the operator named."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, fail
from twisted.internet.error import DNSLookupError

from newsmon.environment import allowed_networks
from newsmon.errors import ConfigurationError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings
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


def refuse_detours(settings: BaseSettings) -> None:
    """Refuse a run whose connections would not be made to the address that the guard has seen.

    Raises: ConfigurationError.
    """
    if settings.getbool("HTTPPROXY_ENABLED"):
        raise ConfigurationError(
            "HTTPPROXY_ENABLED: through a proxy newsmon cannot check which address is fetched; leave it off"
        )
    if settings["TWISTED_DNS_RESOLVER"] != "newsmon.net.addresses.GuardedResolver":
        raise ConfigurationError(
            "TWISTED_DNS_RESOLVER: only newsmon's own refuses private addresses; to fetch some, set "
            "NEWSMON_ALLOW_NETWORKS"
        )


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
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, cache_size, settings.getfloat("DNS_TIMEOUT"), allowed_networks())

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        if _is_literal(name) and not is_fetchable(name, self._allowed):
            # The system's resolver knows no literal of IPv6: it would be told as a name that does not exist.
            refused_hosts.add(name)
            return fail(DNSLookupError(f"{name} is not a public address"))
        resolved: Deferred[Any] = super().getHostByName(name, timeout)
        return resolved.addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        if is_fetchable(address, self._allowed):
            return address
        refused_hosts.add(name)
        raise DNSLookupError(f"{name} is at {address}, which is not a public address")


def _is_literal(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
