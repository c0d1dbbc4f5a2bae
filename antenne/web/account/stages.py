"""What stands between a right password and being signed in."""

from __future__ import annotations

from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect

from antenne.accounts.selectors import sign_up_waits


class ApprovalStage(LoginStage):  # type: ignore[misc] # allauth ships no types
    """Whoever waits for an operator is told so, and not signed in."""

    key = "approval"
    urlname = "account_waiting"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return the page to show, and whether the login goes on."""
        if self.login.user is not None and sign_up_waits(self.login.user):
            return redirect("account_waiting"), False
        return None, True
