"""Every address of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("reconciliation.api_urls")),
]
