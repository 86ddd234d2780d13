"""Addresses of the result of a case, of decisions on it, and of Vera's queue."""

from django.urls import URLPattern, path

from erekon.portal.pages import compare, decide, queue, result

CASE = "rekon/<str:satker>/<str:period>"
EXPLANATION = f"{CASE}/penjelasan/<str:element>/<str:akun>"

urlpatterns: list[URLPattern] = [
    path(CASE, result.result, name="rekon"),
    path(f"{CASE}/kabar", result.result_live, name="rekon-kabar"),
    path(f"{CASE}/bandingkan", compare.compare_uploads, name="bandingkan"),
    path(EXPLANATION, decide.explain, name="penjelasan"),
    path(f"{EXPLANATION}/terima", decide.accept, name="penjelasan-terima"),
    path(f"{EXPLANATION}/tolak", decide.refuse, name="penjelasan-tolak"),
    path(f"{CASE}/setujui", decide.approve_case, name="setujui"),
    path(f"{CASE}/batal-setuju", decide.undo, name="batal-setuju"),
    path(f"{CASE}/kembalikan", decide.reject_case, name="kembalikan"),
    path(f"{CASE}/proses-ulang", decide.rerun_case, name="proses-ulang"),
    path("antrean", queue.queue, name="antrean"),
    path("antrean/baru", queue.queue_news, name="antrean-baru"),
    path("antrean/setujui", queue.approve_many, name="setujui-banyak"),
]
