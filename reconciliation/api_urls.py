"""Addresses of the spine under `/api/v1/`."""

from django.urls import path

from reconciliation.api import PeriodsView

urlpatterns = [path("periods/", PeriodsView.as_view(), name="api-periods")]
