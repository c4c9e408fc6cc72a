"""Who is at the other end of a connection: what a public machine says never leads into the local network.

A link is checked where it counts: at the socket, after the name was resolved and before anything is sent. A
name that resolves to another address when it is asked for again (DNS rebinding) is seen through.
"""

import ipaddress
import socket
from collections.abc import Callable

import requests.adapters
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_LAST_FOUR_BYTES = [ipaddress.ip_network(one) for one in ("::ffff:0:0/96", "64:ff9b::/96", "::/96")]
"""IPv6 addresses that end in the IPv4 address they lead to (RFC 4291, 2.5.5; RFC 6052)."""


class LocalNetwork(Exception):
    """A public machine has led to one in the local network; nothing was sent to that one."""


class Peers:
    """The machines that one question has led to so far."""

    def __init__(self) -> None:
        self._was_public = False

    def meet(self, peer: socket.socket) -> None:
        """Let a request go to a machine. Raises LocalNetwork when a public one was met before it."""
        if not is_private(peer):
            self._was_public = True
        elif self._was_public:
            raise LocalNetwork


def is_private(peer: socket.socket) -> bool:
    """Tell whether a connection leads to this machine or into the local network."""
    return is_private_address(str(peer.getpeername()[0]))


def is_private_address(address: str) -> bool:
    """Tell whether an address, as digits, is this machine's or of the local network."""
    told = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(told, ipaddress.IPv6Address):
        ends_in = any(told in network for network in _LAST_FOUR_BYTES)
        within = ipaddress.IPv4Address(told.packed[-4:]) if ends_in else told.sixtofour
        if within is not None:
            return not within.is_global
        return told.is_site_local or not told.is_global
    return not told.is_global


class MeetingAdapter(requests.adapters.HTTPAdapter):
    """An adapter of requests that asks `meet` before it sends a request over a connection, new or kept."""

    def __init__(self, meet: Callable[[socket.socket], None]) -> None:
        super().__init__()

        class Plain(HTTPConnection):
            """Connects first, so that there is somebody to meet."""

            def request(self, *args: object, **options: object) -> None:
                if self.sock is None:
                    self.connect()
                meet(self.sock)
                super().request(*args, **options)  # type: ignore[arg-type]  # as they came

        class Tls(HTTPSConnection):
            """Likewise, over TLS."""

            def request(self, *args: object, **options: object) -> None:
                if self.sock is None:
                    self.connect()
                meet(self.sock)
                super().request(*args, **options)  # type: ignore[arg-type]  # as they came

        plain = type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": Plain})
        tls = type("TlsPool", (HTTPSConnectionPool,), {"ConnectionCls": Tls})
        self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": tls}
