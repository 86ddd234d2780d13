"""Addresses of the home pages, of uploading, and of what everybody looks up."""

from django.urls import URLPattern, path

from erekon.portal.pages import audit_trail, guide, history, home, schedule, status, upload

urlpatterns: list[URLPattern] = [
    path("", home.home, name="beranda"),
    path("upload", upload.upload, name="upload"),
    path("upload/<int:pk>", upload.one_upload, name="unggahan"),
    path("upload/<int:pk>/kabar", upload.one_upload_live, name="unggahan-kabar"),
    path("upload/<int:pk>/ulangi", upload.check_again, name="unggahan-ulangi"),
    path("riwayat", history.history, name="riwayat"),
    path("jadwal", schedule.schedule, name="jadwal"),
    path("jejak", audit_trail.trail, name="jejak"),
    path("status", status.status, name="status"),
    path("status/kabar", status.status_live, name="status-kabar"),
    path("bantuan", guide.guide, name="bantuan"),
]
