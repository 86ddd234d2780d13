"""`python -m tests.browser.aging SECONDS WHAT...`: every open session `began` or was last `seen` that much earlier.

Run with the environment of a portal, it does to its sessions what nobody wants to wait for.
"""

import sys

import django


def age(seconds: int, stamps: list[str]) -> None:
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for key in Session.objects.values_list("pk", flat=True):
        session = SessionStore(key)
        for stamp in stamps:
            session[stamp] -= seconds
        session.save()


if __name__ == "__main__":
    django.setup()
    age(int(sys.argv[1]), sys.argv[2:])
