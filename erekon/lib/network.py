"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import cast

from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

LONGEST = 64
_HOME = 64  # bits of an IPv6 address that stand for one subscriber


def address_of(request: HttpRequest | Request) -> str:
    """The network address of the caller, past as many proxies as NUM_PROXIES says; `-` where none is known.

    Of an IPv6 address the subscriber's network: the rest he chooses as he likes.
    """
    given = str(BaseThrottle().get_ident(cast(Request, request)) or "-")[:LONGEST]
    try:
        parsed = ip_address(given)
    except ValueError:
        return given
    return str(ip_network((given, _HOME), strict=False)) if isinstance(parsed, IPv6Address) else given
