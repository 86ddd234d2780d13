"""Every address of the portal."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from bar.api.views import ca_certificate, jwks, revocation_list, status_list
from erekon.portal.health import live, metrics, ready

api: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("reconciliation.api_urls")),
    path("", include("adk.api.urls")),
    path("", include("bar.api.urls")),
    path("", include("erekon.portal.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(url_name="api-schema", http_method_names=["get", "head"]),
        name="api-docs",
    ),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("", include("accounts.urls")),
    path("", include("erekon.portal.pages.entry_urls")),
    path("", include("erekon.portal.pages.review_urls")),
    path("v/status.jwt", status_list, name="status-list"),  # before v/<verify_id>
    path("", include("erekon.portal.pages.signing_urls")),
    path("health/live", live, name="health-live"),
    path("health/ready", ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path(".well-known/jwks.json", jwks, name="jwks"),
    path(".well-known/bar-ca.pem", ca_certificate, name="bar-ca"),
    path(".well-known/bar-ca.crl", revocation_list, name="bar-crl"),
]

handler400 = "erekon.portal.errors.bad_request"
handler403 = "erekon.portal.errors.forbidden"
handler404 = "erekon.portal.errors.not_found"
handler500 = "erekon.portal.errors.server_error"
