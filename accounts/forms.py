"""The sign-in form."""

import math
from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SignInForm(AuthenticationForm):
    """User name and password; whatever is wrong with the pair, the answer is one and the same."""

    error_messages = {
        "invalid_login": gettext_lazy("NIP atau sandi salah."),
        "inactive": gettext_lazy("NIP atau sandi salah."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = gettext_lazy("NIP, NRP, atau NIK")
        self.fields["password"].label = gettext_lazy("Sandi")


class LockedSignInForm(SignInForm):
    """The same form after five wrong tries: it asks nobody and says how long to wait."""

    def clean(self) -> dict[str, Any]:
        minutes = math.ceil(lock_seconds() / 60)
        raise ValidationError(
            _("Terlalu banyak percobaan. Tunggu %(menit)d menit, lalu coba lagi.") % {"menit": minutes}
        )


def lock_seconds() -> int:
    """How long a locked name stays locked, in whole seconds; every further try starts the wait anew."""
    cool_off = get_cool_off()
    return int(cool_off.total_seconds()) if cool_off else 60
