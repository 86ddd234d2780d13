"""Addresses of the roads in under `/api/v1/`."""

from django.urls import path

from adk.api.views import IntakeView, TreasuryView, UploadFileView, UploadsView, UploadView

urlpatterns = [
    path("adk/", UploadsView.as_view(), name="api-adk"),
    path("adk/<int:pk>/", UploadView.as_view(), name="api-adk-one"),
    path("adk/<int:pk>/file", UploadFileView.as_view(), name="api-adk-file"),
    path("treasury/", TreasuryView.as_view(), name="api-treasury"),
    path("treasury/<int:pk>/", IntakeView.as_view(), name="api-treasury-one"),
]
