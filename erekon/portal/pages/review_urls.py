"""Addresses of the result of a case, of decisions on it, and of Vera's queue."""

from django.urls import URLPattern, path

from erekon.portal.pages import compare, decide, evidence, explain, lpj, queue, result

CASE = "rekon/<str:satker>/<str:period>"
EXPLANATION = f"{CASE}/penjelasan/<str:element>/<str:akun>"
EVIDENCE = f"{EXPLANATION}/bukti/<int:evidence>"

urlpatterns: list[URLPattern] = [
    path(CASE, result.result, name="rekon"),
    path(f"{CASE}/kabar", result.result_live, name="rekon-kabar"),
    path(f"{CASE}/bandingkan", compare.compare_uploads, name="bandingkan"),
    path(f"{CASE}/lpj", lpj.lpj, name="lpj"),
    path(f"{CASE}/lpj/<str:bendahara>", lpj.save_lpj, name="lpj-simpan"),
    path(f"{CASE}/formulir-penjelasan.pdf", evidence.form, name="formulir-penjelasan"),
    path(EXPLANATION, explain.explain, name="penjelasan"),
    path(f"{EXPLANATION}/draf", explain.draft, name="penjelasan-draf"),
    path(f"{EXPLANATION}/buang", explain.drop, name="penjelasan-buang"),
    path(f"{EXPLANATION}/pesan", explain.talk, name="penjelasan-pesan"),
    path(f"{EXPLANATION}/bukti", evidence.attach, name="penjelasan-bukti"),
    path(EVIDENCE, evidence.evidence_file, name="bukti"),
    path(f"{EVIDENCE}/hapus", evidence.remove, name="bukti-hapus"),
    path(f"{EXPLANATION}/terima", explain.accept, name="penjelasan-terima"),
    path(f"{EXPLANATION}/tolak", explain.refuse, name="penjelasan-tolak"),
    path(f"{CASE}/setujui", decide.approve_case, name="setujui"),
    path(f"{CASE}/batal-setuju", decide.undo, name="batal-setuju"),
    path(f"{CASE}/kembalikan", decide.reject_case, name="kembalikan"),
    path(f"{CASE}/proses-ulang", decide.rerun_case, name="proses-ulang"),
    path("antrean", queue.queue, name="antrean"),
    path("antrean/baru", queue.queue_news, name="antrean-baru"),
    path("antrean/setujui", queue.approve_many, name="setujui-banyak"),
]
