"""Where people may have an account elsewhere."""

from __future__ import annotations

import pytest

from antenne.config.oidc import providers_of


def test_each_address_is_a_site_with_its_client() -> None:
    wish = "https://a%40b:p%2Fw@id.example/realm/?name=Our%20Company http://c:d@127.0.0.1:9000"

    first, second = providers_of(wish)["openid_connect"]["APPS"]

    assert (first["provider_id"], first["name"]) == ("our-company", "Our Company")
    assert (first["client_id"], first["secret"]) == ("a@b", "p/w")
    assert first["settings"]["server_url"] == "https://id.example/realm"
    assert second["settings"]["server_url"] == "http://127.0.0.1:9000"


def test_nothing_is_no_site() -> None:
    assert providers_of("")["openid_connect"]["APPS"] == []


@pytest.mark.parametrize("wish", ["id.example", "https://id.example", "ftp://a:b@id.example"])
def test_an_address_without_a_client_is_refused(wish: str) -> None:
    with pytest.raises(ValueError, match="client"):
        providers_of(wish)
