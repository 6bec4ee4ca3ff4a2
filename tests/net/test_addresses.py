"""Which addresses may be fetched."""

from ipaddress import ip_network

import pytest

from newsmon.net.addresses import is_fetchable

PUBLIC = ["93.184.216.34", "142.250.80.46", "2607:f8b0:4006:80b::200e", "::ffff:93.184.216.34"]
REFUSED = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.7", "172.16.4.4", "192.168.1.1", "169.254.169.254", "100.64.3.3",
    "192.0.0.8", "198.18.0.1", "203.0.113.9", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fd00::12", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_fetched(address: str) -> None:
    assert is_fetchable(address)


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_fetchable(address)


def test_a_network_that_the_operator_named_is_fetched_and_no_other() -> None:
    allowed = [ip_network("10.1.0.0/16"), ip_network("::1/128")]
    assert is_fetchable("10.1.2.3", allowed)
    assert is_fetchable("::ffff:10.1.2.3", allowed)
    assert is_fetchable("::1", allowed)
    assert not is_fetchable("10.2.0.1", allowed)
    assert not is_fetchable("127.0.0.1", allowed)
