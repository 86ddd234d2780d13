"""Signing in and out."""

from django.urls import path

from accounts.views import Keluar, Masuk, session_life

urlpatterns = [
    path("masuk", Masuk.as_view(), name="masuk"),
    path("keluar", Keluar.as_view(), name="keluar"),
    path("sesi", session_life, name="sesi"),
]
