"""What a user gets when a server or the network misbehaves (hazards A1 to A16, A26)."""

import re
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urljoin, urlsplit

import pytest

from tests import arxiv_server
from tests.arxiv_server import ArxivServer, Fault
from tests.sources.conftest import QUICK, NotingClock
from triage.ports import Unreachable
from triage.sources import links, peers
from triage.sources.http import USER_AGENT, Http

SUBJECT = "the feed of cs.CL"


def ask(http: Http, server: ArxivServer, path: str = "/rss/cs.CL") -> bytes:
    return http.get(server.url + path, SUBJECT).body


def test_it_says_who_we_are(http: Http, server: ArxivServer) -> None:
    ask(http, server)
    assert server.requests[0].headers["User-Agent"] == USER_AGENT
    assert re.fullmatch(r"paper-triage/[0-9.]+ \(\+https://pypi\.org/project/paper-triage/\)", USER_AGENT)


def test_every_request_waits_for_the_clock(http: Http, server: ArxivServer, clock: NotingClock) -> None:
    server.misbehave("/rss/cs.CL", arxiv_server.redirect("/rss/cs.LG"))
    ask(http, server)
    assert clock.waited == ["127.0.0.1", "127.0.0.1"]


def test_no_answer(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.hang())
    with pytest.raises(Unreachable, match=r"No reply from 127\.0\.0\.1 in 0\.3 s for the feed of cs\.CL"):
        ask(http, server)
    assert len(server.requests) == 1


def test_a_drip_ends_at_the_total_deadline(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.drip())
    started = time.monotonic()
    with pytest.raises(Unreachable, match=r"did not send the feed of cs\.CL within 0\.6 s"):
        ask(http, server)
    assert time.monotonic() - started < 3


def test_after_a_drip_the_next_request_works(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.drip(), times=1)
    with pytest.raises(Unreachable):
        ask(http, server)
    assert b"<rss" in ask(http, server)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("2", 2.0), ("1000000000", 3600.0), ("Wed, 01 Jan 2200 00:00:00 +0000", 3600.0)],
)
def test_retry_after_is_obeyed_and_capped(
    http: Http, server: ArxivServer, clock: NotingClock, value: str, seconds: float
) -> None:
    server.misbehave("/rss", arxiv_server.status(429, Retry_After=value), times=1)
    assert b"<rss" in ask(http, server)
    assert clock.held == [("127.0.0.1", seconds)]


def test_retry_after_as_a_date(http: Http, server: ArxivServer, clock: NotingClock) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=90))
    server.misbehave("/rss", arxiv_server.status(503, Retry_After=until), times=1)
    ask(http, server)
    assert 80 < clock.held[0][1] <= 90


@pytest.mark.parametrize("value", ["-1", "soon", ""])
def test_a_retry_after_that_is_none_gives_the_usual_pause(
    http: Http, server: ArxivServer, clock: NotingClock, value: str
) -> None:
    server.misbehave("/rss", arxiv_server.status(429, Retry_After=value), times=1)
    ask(http, server)
    assert clock.held == [("127.0.0.1", 1.0)]


def test_out_of_order_is_tried_three_times_with_growing_pauses(
    http: Http, server: ArxivServer, clock: NotingClock
) -> None:
    server.misbehave("/rss", arxiv_server.status(503))
    with pytest.raises(
        Unreachable, match=r"out of order \(503\); the feed of cs\.CL was not sent\. Try again"
    ):
        ask(http, server)
    assert len(server.requests) == 3
    assert [seconds for _, seconds in clock.held] == [1.0, 2.0]


@pytest.mark.parametrize("code", [400, 403, 404])
def test_a_refusal_is_not_repeated_and_names_what_was_asked(
    http: Http, server: ArxivServer, code: int
) -> None:
    server.misbehave("/rss", arxiv_server.status(code))
    with pytest.raises(Unreachable, match=rf"answered {code} for the feed of cs\.CL.*config"):
        ask(http, server)
    assert len(server.requests) == 1


def test_rate_exceeded_with_status_200_is_too_often(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.body(b"Rate exceeded.", "text/plain"))
    with pytest.raises(Unreachable, match="asked too often"):
        ask(http, server)
    assert len(server.requests) == 3


def test_offline(http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_name(*_args: object, **_options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    with pytest.raises(Unreachable, match=r"rss\.example was not found: is this machine offline\?"):
        http.get("https://rss.example/rss/cs.CL", SUBJECT)


def test_nobody_listens(http: Http) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 refuses connections; try again later"):
        http.get(f"http://127.0.0.1:{port}/rss/cs.CL", SUBJECT)


def test_tls_never_falls_back_to_http(http: Http, server: ArxivServer) -> None:
    with pytest.raises(Unreachable, match="could not prove who it is"):
        http.get(server.url.replace("http:", "https:") + "/rss/cs.CL", SUBJECT)
    assert server.paths("/rss") == []


def test_a_circle_of_redirects(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.redirect("/rss/cs.CL"))
    with pytest.raises(Unreachable, match="in a circle"):
        ask(http, server)
    assert len(server.requests) == 6


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://u:p@127.0.0.1/"])
def test_redirects_that_are_refused(http: Http, server: ArxivServer, to: str) -> None:
    server.misbehave("/rss", arxiv_server.redirect(to))
    with pytest.raises(Unreachable, match=r"not a web link|user name"):
        ask(http, server)


def test_a_redirect_may_not_give_up_encryption() -> None:
    with pytest.raises(Unreachable, match="unencrypted"):
        links.redirected(urlsplit("https://a.example/a"), "http://a.example/b", SUBJECT)


@pytest.mark.parametrize("host", ["a..example", "ⓔ.example", "a" * 64 + ".example"])
def test_a_name_that_no_machine_has(http: Http, host: str) -> None:
    with pytest.raises(Unreachable, match="is no name that a machine can have"):
        http.get(f"http://{host}/", SUBJECT)


@pytest.mark.parametrize("to", ["https://b.example/", "//a.example/b", "/b", "https://a.example:81/b"])
def test_where_a_redirect_may_lead(to: str) -> None:
    where = urlsplit("https://a.example/a")
    assert links.redirected(where, to, SUBJECT).geturl() == urljoin(where.geturl(), to)


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the machines that are met, one after the other, count as local: the first is not."""
    local = [False]
    monkeypatch.setattr(peers, "is_private", lambda _peer: local.pop(0) if local else True)
    return local


def test_a_public_machine_does_not_lead_to_this_one(http: Http, server: ArxivServer, met: list[bool]) -> None:
    server.misbehave("/web/x", arxiv_server.redirect(f"{server.url}/rss/cs.CL"))
    with pytest.raises(Unreachable, match=r"leads to 127\.0\.0\.1, which is in the local network"):
        ask(http, server, "/web/x")
    assert server.paths("/rss") == [], "nothing was sent there"


def test_a_name_that_has_another_address_at_the_second_try_is_seen_through(
    http: Http, server: ArxivServer, met: list[bool]
) -> None:
    server.misbehave("/rss", arxiv_server.status(503), times=1)
    with pytest.raises(Unreachable, match="in the local network"):
        ask(http, server)
    assert len(server.requests) == 1


def test_what_the_user_asks_for_in_the_local_network_is_theirs(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss/cs.CL", arxiv_server.redirect("/rss/cs.LG"))
    assert b"<rss" in ask(http, server)
    assert b"<rss" in ask(http, server, "/rss/cs.LG")


def test_after_a_public_machine_the_next_question_begins_anew(
    http: Http, server: ArxivServer, met: list[bool]
) -> None:
    assert b"<rss" in ask(http, server)
    assert b"<rss" in ask(http, server)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.1", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:127.0.0.1", True),
        ("::127.0.0.1", True),
        ("64:ff9b::10.0.0.1", True),
        ("64:ff9b::8.8.8.8", False),
        ("2002:7f00:1::", True),
        ("fec0::1", True),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
    ],
)
def test_which_addresses_are_of_the_local_network(address: str, private: bool) -> None:
    assert peers.is_private_address(address) is private


@pytest.mark.parametrize("fault", [arxiv_server.reset(), arxiv_server.short()])
def test_a_body_that_breaks_off_is_asked_for_again(http: Http, server: ArxivServer, fault: Fault) -> None:
    server.misbehave("/rss", fault, times=2)
    assert ask(http, server).endswith(b"</rss>\n")
    assert len(server.requests) == 3


@pytest.mark.parametrize("fault", [arxiv_server.reset(), arxiv_server.short()])
def test_a_body_that_always_breaks_off_is_never_half(http: Http, server: ArxivServer, fault: Fault) -> None:
    server.misbehave("/rss", fault)
    with pytest.raises(Unreachable, match=r"broke off before the feed of cs\.CL was whole"):
        ask(http, server)


def test_a_body_without_end(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.body(b"<rss>" + b" " * 2 * 1024 * 1024))
    with pytest.raises(Unreachable, match="more than 1 MB"):
        ask(http, server)


def test_a_body_without_end_is_cut_where_its_start_is_enough(server: ArxivServer, clock: NotingClock) -> None:
    server.misbehave("/rss", arxiv_server.body(b"<rss>" + b" " * 2 * 1024 * 1024))
    assert len(ask(Http(clock, replace(QUICK, cuts=True)), server)) == 1024 * 1024


def test_few_bytes_that_unfold_into_many(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.bomb(32))
    with pytest.raises(Unreachable, match="more than 1 MB"):
        ask(http, server)


def test_bytes_that_are_not_the_compression_they_claim(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.body(b"no gzip", Content_Encoding="gzip"))
    with pytest.raises(Unreachable, match="compression that cannot be read"):
        ask(http, server)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--opt",
        "arxiv.org/abs/1",
        "http://arxiv.org@127.0.0.1/",
        "http://a b/",
        "http://a/\nb",
        "http://[::1",
        "http://a:99999/",
        "http:///x",
        "",
    ],
)
def test_links_that_are_none(http: Http, clock: NotingClock, link: str) -> None:
    with pytest.raises(Unreachable, match="link"):
        http.get(link, SUBJECT)
    assert clock.waited == []


def test_credentials_of_the_account_are_never_sent(
    http: Http, server: ArxivServer, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    ask(http, server)
    assert "Authorization" not in server.requests[0].headers


def test_a_known_answer_is_named_and_may_stand(http: Http, server: ArxivServer) -> None:
    """A feed that did not change since costs arXiv no body."""
    first = http.get(server.url + "/rss/cs.CL", SUBJECT)
    assert re.fullmatch(r'"[0-9a-f]{64}"', first.etag)
    again = http.get(server.url + "/rss/cs.CL", SUBJECT, etag=first.etag)
    assert (again.status, again.is_unchanged, again.body) == (304, True, b"")
    assert [asked.headers.get("If-None-Match") for asked in server.requests] == [None, first.etag]


def test_another_answer_than_the_known_one_comes_whole(http: Http, server: ArxivServer) -> None:
    answer = http.get(server.url + "/rss/cs.CL", SUBJECT, etag='"of yesterday"')
    assert (answer.status, answer.is_unchanged) == (200, False)
    assert answer.body.endswith(b"</rss>\n")


def test_unchanged_without_having_named_an_answer_is_a_refusal(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.status(304))
    with pytest.raises(Unreachable, match=r"answered 304 for the feed of cs\.CL"):
        ask(http, server)


@pytest.mark.parametrize(
    "tag", ["", "W/", "bare", '"a', '"a" "b"', '"a"\r\nX: y', '"' + "a" * 300 + '"', "*"]
)
def test_what_is_no_entity_tag_is_neither_kept_nor_sent(http: Http, server: ArxivServer, tag: str) -> None:
    if tag.isprintable():
        server.misbehave("/rss", arxiv_server.body(b"<rss/>", ETag=tag), times=1)
        assert http.get(server.url + "/rss/cs.CL", SUBJECT).etag == ""
    http.get(server.url + "/rss/cs.CL", SUBJECT, etag=tag)
    assert "If-None-Match" not in server.requests[-1].headers


def test_a_weak_entity_tag_is_one(http: Http, server: ArxivServer) -> None:
    server.misbehave("/rss", arxiv_server.body(b"<rss/>", ETag='W/"x1"'), times=1)
    assert http.get(server.url + "/rss/cs.CL", SUBJECT).etag == 'W/"x1"'


def test_a_known_answer_is_named_again_after_a_fault(http: Http, server: ArxivServer) -> None:
    tag = http.get(server.url + "/rss/cs.CL", SUBJECT).etag
    server.misbehave("/rss", arxiv_server.status(503), times=1)
    assert http.get(server.url + "/rss/cs.CL", SUBJECT, etag=tag).is_unchanged
    assert [asked.headers.get("If-None-Match") for asked in server.requests] == [None, tag, tag]
