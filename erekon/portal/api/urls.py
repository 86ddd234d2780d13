"""Addresses of cases under `/api/v1/`."""

from django.urls import path

from erekon.portal.api.cases import CasesView, CaseView, CoaView, DetailView, HistoryView
from erekon.portal.api.decisions import (
    ApproveView,
    DeclineView,
    RejectView,
    RerunView,
    ResetDecisionView,
    ResetRequestsView,
    SignBatchView,
    SigningView,
    SignView,
    UndoApproveView,
)
from erekon.portal.api.documents import BarPdfView, LhrPdfView, LhrView, RowsView, RowsWorkbookView
from erekon.portal.api.explanation_urls import urlpatterns as explanation_urls
from erekon.portal.api.lpj import LpjView

urlpatterns = [
    path("cases/", CasesView.as_view(), name="api-cases"),
    path("cases/<int:pk>/", CaseView.as_view(), name="api-case"),
    path("cases/<int:pk>/coa/", CoaView.as_view(), name="api-coa"),
    path("cases/<int:pk>/detail/", DetailView.as_view(), name="api-detail"),
    path("cases/<int:pk>/history/", HistoryView.as_view(), name="api-history"),
    path("cases/<int:pk>/lhr.xlsx", LhrView.as_view(), name="api-lhr"),
    path("cases/<int:pk>/lhr.pdf", LhrPdfView.as_view(), name="api-lhr-pdf"),
    path("cases/<int:pk>/bar.pdf", BarPdfView.as_view(), name="api-bar-pdf"),
    path("cases/<int:pk>/rows.csv", RowsView.as_view(), name="api-rows"),
    path("cases/<int:pk>/rows.xlsx", RowsWorkbookView.as_view(), name="api-rows-xlsx"),
    *explanation_urls,
    path("cases/<int:pk>/lpj/<str:bendahara>/", LpjView.as_view(), name="api-lpj"),
    path("cases/<int:pk>/approve/", ApproveView.as_view(), name="api-approve"),
    path("cases/<int:pk>/undo-approve/", UndoApproveView.as_view(), name="api-undo-approve"),
    path("cases/<int:pk>/reject/", RejectView.as_view(), name="api-reject"),
    path("cases/<int:pk>/rerun/", RerunView.as_view(), name="api-rerun"),
    path("cases/<int:pk>/decline/", DeclineView.as_view(), name="api-decline"),
    path("cases/<int:pk>/signing/", SigningView.as_view(), name="api-signing"),
    path("cases/<int:pk>/sign/", SignView.as_view(), name="api-sign"),
    path("sign-batch/", SignBatchView.as_view(), name="api-sign-batch"),
    path("cases/<int:pk>/reset-requests/", ResetRequestsView.as_view(), name="api-reset-requests"),
    path("reset-requests/<int:pk>/grant/", ResetDecisionView.as_view(grant=True), name="api-reset-grant"),
    path("reset-requests/<int:pk>/refuse/", ResetDecisionView.as_view(grant=False), name="api-reset-refuse"),
]
