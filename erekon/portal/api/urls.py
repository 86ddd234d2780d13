"""Addresses of cases under `/api/v1/`."""

from django.urls import path

from erekon.portal.api.cases import CasesView, CaseView, CoaView, DetailView, HistoryView
from erekon.portal.api.decisions import (
    ApproveView,
    DeclineView,
    ExplanationView,
    JudgeView,
    RejectView,
    RerunView,
    ResetDecisionView,
    ResetRequestsView,
    SigningView,
    SignView,
    UndoApproveView,
)
from erekon.portal.api.documents import BarPdfView, LhrView, RowsView

EXPLANATION = "cases/<int:pk>/explanations/<str:element>/<str:akun>/"

urlpatterns = [
    path("cases/", CasesView.as_view(), name="api-cases"),
    path("cases/<int:pk>/", CaseView.as_view(), name="api-case"),
    path("cases/<int:pk>/coa/", CoaView.as_view(), name="api-coa"),
    path("cases/<int:pk>/detail/", DetailView.as_view(), name="api-detail"),
    path("cases/<int:pk>/history/", HistoryView.as_view(), name="api-history"),
    path("cases/<int:pk>/lhr.xlsx", LhrView.as_view(), name="api-lhr"),
    path("cases/<int:pk>/bar.pdf", BarPdfView.as_view(), name="api-bar-pdf"),
    path("cases/<int:pk>/rows.csv", RowsView.as_view(), name="api-rows"),
    path(EXPLANATION, ExplanationView.as_view(), name="api-explanation"),
    path(f"{EXPLANATION}accept/", JudgeView.as_view(accept=True), name="api-explanation-accept"),
    path(f"{EXPLANATION}refuse/", JudgeView.as_view(accept=False), name="api-explanation-refuse"),
    path("cases/<int:pk>/approve/", ApproveView.as_view(), name="api-approve"),
    path("cases/<int:pk>/undo-approve/", UndoApproveView.as_view(), name="api-undo-approve"),
    path("cases/<int:pk>/reject/", RejectView.as_view(), name="api-reject"),
    path("cases/<int:pk>/rerun/", RerunView.as_view(), name="api-rerun"),
    path("cases/<int:pk>/decline/", DeclineView.as_view(), name="api-decline"),
    path("cases/<int:pk>/signing/", SigningView.as_view(), name="api-signing"),
    path("cases/<int:pk>/sign/", SignView.as_view(), name="api-sign"),
    path("cases/<int:pk>/reset-requests/", ResetRequestsView.as_view(), name="api-reset-requests"),
    path("reset-requests/<int:pk>/grant/", ResetDecisionView.as_view(grant=True), name="api-reset-grant"),
    path("reset-requests/<int:pk>/refuse/", ResetDecisionView.as_view(grant=False), name="api-reset-refuse"),
]
