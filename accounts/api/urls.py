"""Addresses of accounts under `/api/v1/`."""

from django.urls import path

from accounts.api.views import MeView, TokenView

urlpatterns = [
    path("token/", TokenView.as_view(), name="api-token"),
    path("me/", MeView.as_view(), name="api-me"),
]
