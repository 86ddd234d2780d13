"""Addresses of the roads in under `/api/v1/`."""

from django.urls import path

from adk.api.chunks import ChunksView, ChunkView, FinishView, HalfSentView
from adk.api.views import IntakeView, TreasuryView, UploadFileView, UploadRerunView, UploadsView, UploadView

urlpatterns = [
    path("adk/", UploadsView.as_view(), name="api-adk"),
    path("adk/chunks/", ChunksView.as_view(), name="api-chunks"),
    path("adk/chunks/<int:pk>/", HalfSentView.as_view(), name="api-chunks-one"),
    path("adk/chunks/<int:pk>/<int:number>/", ChunkView.as_view(), name="api-chunks-put"),
    path("adk/chunks/<int:pk>/finish/", FinishView.as_view(), name="api-chunks-finish"),
    path("adk/<int:pk>/", UploadView.as_view(), name="api-adk-one"),
    path("adk/<int:pk>/rerun/", UploadRerunView.as_view(), name="api-adk-rerun"),
    path("adk/<int:pk>/file", UploadFileView.as_view(), name="api-adk-file"),
    path("treasury/", TreasuryView.as_view(), name="api-treasury"),
    path("treasury/<int:pk>/", IntakeView.as_view(), name="api-treasury-one"),
]
