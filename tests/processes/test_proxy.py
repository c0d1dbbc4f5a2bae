"""The way out checks where each request goes, and goes nowhere else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from antenne.processes.addresses import address_fault, port_opens
from antenne.processes.proxy import Fault, Proxy, Rules, dial
from antenne.processes.proxy_heads import HeadRefused, request_of
from tests.sites import Site, endless, page, silent, site

pytestmark = pytest.mark.process

PUBLIC = "93.184.216.34"
PLENTY = 10**9


def ask(proxy: Proxy, head: str) -> bytes:
    """Send a request through a fresh stream and return all that comes back."""
    stream = proxy.open()
    assert stream is not None
    answer = bytearray()
    with stream:
        stream.settimeout(10)
        stream.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        while data := stream.recv(65536):
            answer += data
    return bytes(answer)


def at_home(seen: list[str], own: Site) -> Callable[[str, int, float], socket.socket]:
    """Note where the proxy wants to go, and take it to a site of ours."""

    def go(address: str, _port: int, timeout_s: float) -> socket.socket:
        seen.append(address)
        return dial("127.0.0.1", own.port, timeout_s)

    return go


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("0.0.0.0", "unspecified"),  # noqa: S104 - refused, not bound
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("224.0.0.251", "multicast"),
        ("255.255.255.255", "reserved"),
        ("240.0.0.1", "reserved"),
        ("198.18.0.1", "reserved"),
        ("192.0.0.8", "reserved"),
        ("203.0.113.9", "documentation"),
        ("192.88.99.1", "translated"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "translated"),
        ("::ffff:93.184.216.34", "translated"),
        ("::127.0.0.1", "translated"),
        ("64:ff9b::7f00:1", "translated"),
        ("64:ff9b:1::1", "translated"),
        ("2002:7f00:1::1", "translated"),
        ("2001:0:1::1", "translated"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fec0::1", "link-local"),
        ("fd00:ec2::254", "private"),
        ("ff02::1", "multicast"),
        ("2001:db8::1", "documentation"),
        ("100::1", "reserved"),
        ("5f00::1", "reserved"),
        ("localhost", "unreadable"),
        (PUBLIC, ""),
        ("172.32.0.1", ""),
        ("100.128.0.1", ""),
        ("2606:2800:220:1:248:1893:25c8:1946", ""),
    ],
)
def test_addresses_that_only_we_can_see_are_told_apart(address: str, fault: str) -> None:
    assert address_fault(address) == fault


@pytest.mark.parametrize(
    ("port", "opens"),
    [(80, True), (443, True), (8080, True), (1024, True), (65535, True)]
    + [(port, False) for port in (0, 22, 25, 111, 445, 993, 1023, 2049, 6000, 6667, 65536)],
)
def test_media_come_from_the_ports_of_the_web_and_from_free_ones(port: int, opens: bool) -> None:  # noqa: FBT001 - a row of a table
    assert port_opens(port) is opens


@pytest.mark.parametrize("way", ["GET http://{}:{}/ HTTP/1.1", "CONNECT {}:{} HTTP/1.1"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_spelling_of_the_loopback_address_is_reached(way: str, host: str) -> None:
    with site({"/": page(b"secret")}) as own:
        proxy = Proxy(Rules(PLENTY))

        answer = ask(proxy, way.format(host, own.port))

    assert answer.startswith(b"HTTP/1.1 403")
    assert [fault for fault, _ in proxy.faults] == [Fault.ADDRESS]
    assert own.asked == []


def test_a_name_is_resolved_once_and_the_address_checked_is_the_one_reached() -> None:
    answers, seen = iter([[PUBLIC], ["127.0.0.1"]]), list[str]()
    with site({"/": page(b"first")}) as own:
        rules = Rules(PLENTY, resolve=lambda _host, _port: next(answers), dial=at_home(seen, own))
        proxy = Proxy(rules)

        first = ask(proxy, "GET http://rebind.example/ HTTP/1.1")
        second = ask(proxy, "GET http://rebind.example/ HTTP/1.1")

    assert first.endswith(b"first")
    assert second.startswith(b"HTTP/1.1 403")
    assert seen == [PUBLIC]
    assert own.asked == ["/"]


def test_a_name_with_one_closed_address_among_others_is_not_reached() -> None:
    seen = list[str]()
    with site({"/": page(b"secret")}) as own:
        resolve = lambda _host, _port: [PUBLIC, "10.0.0.1"]  # noqa: E731 - a table of one row
        proxy = Proxy(Rules(PLENTY, resolve=resolve, dial=at_home(seen, own)))

        answer = ask(proxy, "GET http://both.example/ HTTP/1.1")

    assert answer.startswith(b"HTTP/1.1 403")
    assert seen == []


def test_a_closed_network_may_be_opened_by_its_operator() -> None:
    with site({"/a?b": page(b"clip")}) as own:
        answer = ask(Proxy(Rules(PLENTY, private=True)), f"GET {own.url('/a?b')} HTTP/1.1")

    assert answer.endswith(b"\r\n\r\nclip")
    assert b"\r\nConnection: close\r\n" in answer


def test_a_tunnel_carries_bytes_both_ways() -> None:
    with site({"/": page(b"through the tunnel")}) as own:
        head = f"CONNECT 127.0.0.1:{own.port} HTTP/1.1\n\nGET / HTTP/1.0"
        answer = ask(Proxy(Rules(PLENTY, private=True)), head)

    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"through the tunnel")


def test_a_host_that_nobody_knows_or_that_does_not_answer_is_named() -> None:
    def resolve(host: str, _port: int) -> list[str]:
        if host == "unknown.example":
            raise socket.gaierror
        return ["127.0.0.1"]

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        proxy = Proxy(Rules(PLENTY, private=True, resolve=resolve))
        answers = [
            ask(proxy, "GET http://unknown.example/ HTTP/1.1"),
            ask(proxy, f"GET http://deaf.example:{port}/ HTTP/1.1"),
        ]

    assert [answer[:12] for answer in answers] == [b"HTTP/1.1 502"] * 2
    assert [fault for fault, _ in proxy.faults] == [Fault.UNRESOLVED, Fault.UNREACHABLE]


def test_too_many_bytes_end_everything() -> None:
    with site({"/": endless()}) as own:
        proxy = Proxy(Rules(1_000_000, private=True))

        answer = ask(proxy, f"GET {own.url('/')} HTTP/1.1")

    assert len(answer) <= 1_100_000
    assert [fault for fault, _ in proxy.faults] == [Fault.TOO_MUCH]
    assert proxy.open() is None


def test_silence_has_an_end() -> None:
    done = threading.Event()
    with site({"/": silent(done)}) as own:
        proxy = Proxy(Rules(PLENTY, private=True, stall_s=0.2))

        ask(proxy, f"GET {own.url('/')} HTTP/1.1")
        done.set()

    assert [fault for fault, _ in proxy.faults] == [Fault.STALLED]


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        "GET ftp://example.org/ HTTP/1.1",
        "GET https://example.org/ HTTP/1.1",
        "GET http://user@example.org/ HTTP/1.1",
        "GET http:///path HTTP/1.1",
        "GET http://example.org:port/ HTTP/1.1",
        "DELETE http://example.org/ HTTP/1.1",
        "GET http://example.org/\nHost: other HTTP/1.1",
        "CONNECT example.org HTTP/2",
        "nonsense",
    ],
)
def test_what_is_not_a_request_for_a_web_page_is_not_passed_on(head: str) -> None:
    with pytest.raises(HeadRefused):
        request_of(head.encode())


def test_a_request_names_the_host_it_goes_to_and_no_other() -> None:
    said = b"GET http://example.org/a HTTP/1.1\r\nHost: intern\r\nProxy-Connection: k\r\nRange: b"

    assert request_of(said).head == (
        b"GET /a HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\nRange: b\r\n\r\n"
    )
