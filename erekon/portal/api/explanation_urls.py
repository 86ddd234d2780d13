"""Addresses of explanations under `/api/v1/`."""

from django.urls import path

from erekon.portal.api.explanations import (
    EvidenceFileView,
    EvidenceOneView,
    EvidenceView,
    ExplanationFormView,
    ExplanationsView,
    ExplanationView,
    JudgeView,
    MessagesView,
)

CASE = "cases/<int:pk>/explanations"
ONE = f"{CASE}/<str:element>/<str:akun>/"
EVIDENCE = f"{ONE}evidence/"

urlpatterns = [
    path(f"{CASE}.pdf", ExplanationFormView.as_view(), name="api-explanation-form"),
    path(f"{CASE}/", ExplanationsView.as_view(), name="api-explanations"),
    path(ONE, ExplanationView.as_view(), name="api-explanation"),
    path(f"{ONE}accept/", JudgeView.as_view(accept=True), name="api-explanation-accept"),
    path(f"{ONE}refuse/", JudgeView.as_view(accept=False), name="api-explanation-refuse"),
    path(f"{ONE}messages/", MessagesView.as_view(), name="api-explanation-messages"),
    path(EVIDENCE, EvidenceView.as_view(), name="api-explanation-evidence"),
    path(f"{EVIDENCE}<int:evidence>/", EvidenceOneView.as_view(), name="api-evidence"),
    path(f"{EVIDENCE}<int:evidence>/file", EvidenceFileView.as_view(), name="api-evidence-file"),
]
