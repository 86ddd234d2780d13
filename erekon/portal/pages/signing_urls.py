"""Addresses of the pages of BARs: reading, signing, reset, and public verification."""

from django.urls import path

from erekon.portal.pages.admin_pin import activate, pins
from erekon.portal.pages.bar_page import decline_bar, read_bar, sign_bar
from erekon.portal.pages.pin import pin
from erekon.portal.pages.reset import grant, letter, refuse, reset, scan
from erekon.portal.pages.sign_list import sign_list
from erekon.portal.pages.sign_many import choose, progress, sign_chosen
from erekon.portal.pages.verify import search, verdict

urlpatterns = [
    path("bar/<int:pk>", read_bar, name="bar"),
    path("bar/<int:pk>/tanda-tangan", sign_bar, name="bar-sign"),
    path("bar/<int:pk>/kembalikan", decline_bar, name="bar-decline"),
    path("ttd", sign_list, name="ttd"),
    path("ttd/banyak", choose, name="ttd-banyak"),
    path("ttd/banyak/simpan", sign_chosen, name="ttd-banyak-simpan"),
    path("ttd/kemajuan", progress, name="ttd-kemajuan"),
    path("pin", pin, name="pin"),
    path("admin/pin", pins, name="admin-pin"),
    path("admin/pin/<int:pk>/aktivasi", activate, name="admin-pin-activate"),
    path("reset-bar", reset, name="reset"),
    path("reset-bar/surat/<int:pk>", letter, name="surat-reset"),
    path("reset-bar/<int:pk>/setujui", grant, name="reset-grant"),
    path("reset-bar/<int:pk>/tolak", refuse, name="reset-refuse"),
    path("reset-bar/<int:pk>/pindaian", scan, name="reset-scan"),
    path("v", search, name="verifikasi-cari"),
    path("v/<str:verify_id>", verdict, name="verifikasi"),
]
