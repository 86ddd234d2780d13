"""Addresses of the BAR under `/api/v1/`."""

from django.urls import path

from bar.api.views import VerifyView

urlpatterns = [path("verify/<str:verify_id>/", VerifyView.as_view(), name="api-verify")]
