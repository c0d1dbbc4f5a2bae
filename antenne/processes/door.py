"""The one door of a program that may not make sockets: it asks for streams, and gets them.

The program inherits one end of a channel. A byte sent into it asks for a stream; what comes back
is a descriptor whose other end our proxy holds. This needs no right to make or connect sockets,
so the confinement of such a program is as tight as any other's, on every kernel.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from antenne.processes.proxy import Proxy


@contextmanager
def door_open(proxy: Proxy) -> Iterator[int]:
    """Yield the descriptor to hand to a program; at the end the proxy's streams are cut."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    keeper = threading.Thread(target=_keep, args=(ours, proxy), daemon=True)
    keeper.start()
    try:
        yield theirs.fileno()
    finally:
        with suppress(OSError):
            ours.shutdown(socket.SHUT_RDWR)
        theirs.close()
        keeper.join()
        ours.close()
        proxy.close()


def _keep(channel: socket.socket, proxy: Proxy) -> None:
    """Answer each byte with a stream; a program that asks for too many is shown out."""
    with suppress(OSError):
        while channel.recv(1):
            stream = proxy.open()
            if stream is None:
                break
            with stream:
                socket.send_fds(channel, [b"."], [stream.fileno()])
        channel.shutdown(socket.SHUT_RDWR)
