"""Addresses of the home pages, of uploading, and of what everybody looks up."""

from django.urls import URLPattern, path

from erekon.portal.pages import guide, history, home, schedule, upload

urlpatterns: list[URLPattern] = [
    path("", home.home, name="beranda"),
    path("upload", upload.upload, name="upload"),
    path("upload/<int:pk>", upload.one_upload, name="unggahan"),
    path("upload/<int:pk>/kabar", upload.one_upload_live, name="unggahan-kabar"),
    path("riwayat", history.history, name="riwayat"),
    path("jadwal", schedule.schedule, name="jadwal"),
    path("bantuan", guide.guide, name="bantuan"),
]
