"""What pages may load, and from where."""

from __future__ import annotations

from antenne.config.policy import content_security_policy
from antenne.kernel.environment import environment_read

BASE = {"ANTENNE_SECRET": "0" * 32}
BUCKET = {
    **BASE,
    "ANTENNE_STORAGE": "s3://media",
    "ANTENNE_S3_KEY": "key",
    "ANTENNE_S3_SECRET": "secret",
}


def directives(values: dict[str, str]) -> dict[str, list[str]]:
    made = content_security_policy(environment_read(values))["DIRECTIVES"]
    assert isinstance(made, dict)
    return made


def test_scripts_and_styles_come_from_the_site_alone() -> None:
    policy = directives(BUCKET)

    assert policy["script-src"] == policy["style-src"] == ["'self'"]


def test_connections_go_to_the_site_and_the_edge() -> None:
    assert directives(BASE)["connect-src"] == ["'self'", "*:8001"]


def test_a_media_address_stands_for_the_edge() -> None:
    values = {**BASE, "ANTENNE_MEDIA_URL": "https://media.example.org"}

    assert directives(values)["connect-src"] == ["'self'", "https://media.example.org"]


def test_media_may_come_from_the_bucket_that_the_edge_redirects_to() -> None:
    policy = directives({**BUCKET, "ANTENNE_S3_ENDPOINT": "https://s3.example.org"})

    for name in ("img-src", "media-src", "connect-src"):
        assert "https://s3.example.org" in policy[name]


def test_without_an_address_the_bucket_is_where_its_region_is() -> None:
    policy = directives({**BUCKET, "ANTENNE_S3_REGION": "eu-west-3"})

    assert "https://s3.eu-west-3.amazonaws.com" in policy["connect-src"]
