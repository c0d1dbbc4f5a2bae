"""The Content-Security-Policy: nothing is loaded from, or told to, anybody else."""

from __future__ import annotations

from csp.constants import NONE, SELF

from antenne.kernel.environment import Environment


def content_security_policy(environment: Environment) -> dict[str, object]:
    """Return django-csp's setting; the edge (a host and a port) is the only other origin.

    With a bucket its server is one too: the edge redirects to it, and browsers check redirects.
    """
    media = [environment.media_url or f"*:{environment.edge_port}"]
    if environment.storage:
        media.append(environment.s3_endpoint or f"https://s3.{environment.s3_region}.amazonaws.com")
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "worker-src": [SELF],
            "style-src": [SELF],
            "font-src": [SELF],
            "img-src": [SELF, *media, "data:"],
            "media-src": [SELF, *media, "blob:"],
            "connect-src": [SELF, *media],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "frame-src": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
            "object-src": [NONE],
        }
    }
