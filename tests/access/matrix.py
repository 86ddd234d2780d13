"""Who gets what at every address: one line per address and method, one status per member of the cast.

The case is SIAP_DOWNLOAD with an open reset request. Columns, from left to right:
anybody · operator and Vera of another KPPN · operator of another satker of the same KPPN · the satker's
operator and KPA · the KPPN's Vera, Kasi Vera and supervisor · DJPB · ADMIN_PUSAT.
Calls with a body send an empty one: 400 and 409 mean "may, but not so" or "not now". 401 unknown, 403 seen
but not allowed, 404 unseen. A new address needs a line here, else the build fails.
"""

MEMBERS = (
    *("anybody", "stranger_operator", "stranger_vera", "neighbour"),
    *("operator", "kpa", "vera", "kasi_vera", "supervisor", "djpb", "admin"),
)

TABLE = """
admin-pin              GET   302 403 403 403 403 403 403 403 403 403 200
admin-pin-activate     POST  302 403 403 403 403 403 403 403 403 403 400
antrean                GET   302 403 200 403 403 403 200 403 403 403 403
antrean-baru           GET   302 403 204 403 403 403 204 403 403 403 403
api-adk                POST  401 400 400 400 400 400 400 400 400 400 400
api-adk-file           GET   401 404 404 404 200 200 200 200 200 200 200
api-adk-one            GET   401 404 404 404 200 200 200 200 200 200 200
api-adk-rerun          POST  401 404 404 404 403 403 409 403 403 403 409
api-approve            POST  401 404 404 404 403 403 400 403 403 403 403
api-bar-pdf            GET   401 404 404 404 200 200 200 200 200 200 200
api-case               GET   401 404 404 404 200 200 200 200 200 200 200
api-cases              GET   401 200 200 200 200 200 200 200 200 200 200
api-chunks             POST  401 400 400 400 400 400 400 400 400 400 400
api-chunks-finish      POST  401 404 404 404 400 404 404 404 404 404 404
api-chunks-one         DELETE 401 404 404 404 204 404 404 404 404 404 404
api-chunks-one         GET   401 404 404 404 200 404 404 404 404 404 404
api-chunks-put         PUT   401 404 404 404 415 404 404 404 404 404 404
api-coa                GET   401 404 404 404 400 400 400 400 400 400 400
api-decline            POST  401 404 404 404 403 409 403 409 403 403 403
api-detail             GET   401 404 404 404 400 400 400 400 400 400 400
api-docs               GET   200 200 200 200 200 200 200 200 200 200 200
api-evidence           DELETE 401 404 404 404 409 403 403 403 403 403 403
api-evidence-file      GET   401 404 404 404 200 200 200 200 200 200 200
api-explanation        PUT   401 404 404 404 400 403 403 403 403 403 403
api-explanation        GET   401 404 404 404 404 404 404 404 404 404 404
api-explanation-accept POST  401 404 404 404 403 403 409 403 403 403 403
api-explanation-evidence POST 401 404 404 404 400 403 403 403 403 403 403
api-explanation-form   GET   401 404 404 404 200 200 200 200 200 200 200
api-explanation-messages POST 401 404 404 404 400 403 400 403 403 403 403
api-explanation-refuse POST  401 404 404 404 403 403 400 403 403 403 403
api-explanations       GET   401 404 404 404 200 200 200 200 200 200 200
api-history            GET   401 404 404 404 200 200 200 200 200 200 200
api-lhr                GET   401 404 404 404 200 200 200 200 200 200 200
api-lhr-pdf            GET   401 404 404 404 200 200 200 200 200 200 200
api-lpj                PUT   401 404 404 404 400 403 403 403 403 403 403
api-me                 GET   401 200 200 200 200 200 200 200 200 200 200
api-periods            GET   401 200 200 200 200 200 200 200 200 200 200
api-reject             POST  401 404 404 404 403 403 400 403 403 403 403
api-rerun              POST  401 404 404 404 403 403 409 403 403 403 409
api-reset-grant        POST  401 404 404 404 403 403 200 403 403 403 403
api-reset-refuse       POST  401 404 404 404 403 403 400 403 403 403 403
api-reset-requests     POST  401 404 404 404 400 403 403 403 403 403 403
api-rows               GET   401 404 404 404 200 200 200 200 200 200 200
api-rows-xlsx          GET   401 404 404 404 200 200 200 200 200 200 200
api-schema             GET   200 200 200 200 200 200 200 200 200 200 200
api-sign               POST  401 404 404 404 403 409 403 409 403 403 403
api-sign-batch         POST  401 400 400 400 400 400 400 400 400 400 400
api-signing            GET   401 404 404 404 403 409 403 409 403 403 403
api-token              POST  400 400 400 400 400 400 400 400 400 400 400
api-treasury           POST  401 403 403 403 403 403 403 403 400 403 403
api-treasury-one       GET   401 403 404 403 403 403 200 200 200 200 200
api-undo-approve       POST  401 404 404 404 403 403 409 403 403 403 403
api-verify             GET   200 200 200 200 200 200 200 200 200 200 200
bandingkan             GET   302 404 404 404 200 200 200 200 200 200 200
bantuan                GET   302 200 200 200 200 200 200 200 200 200 200
bar                    GET   302 404 404 404 200 200 200 200 200 200 200
bar-ca                 GET   200 200 200 200 200 200 200 200 200 200 200
bar-crl                GET   200 200 200 200 200 200 200 200 200 200 200
bar-decline            POST  302 404 404 404 403 409 403 409 403 403 403
bar-sign               POST  302 404 404 404 403 409 403 409 403 403 403
batal-setuju           POST  302 404 404 404 403 403 409 403 403 403 403
beranda                GET   302 200 200 200 200 200 200 200 200 200 200
bukti                  GET   302 404 404 404 200 200 200 200 200 200 200
bukti-hapus            POST  302 404 404 404 409 403 403 403 403 403 403
formulir-penjelasan    GET   302 404 404 404 200 200 200 200 200 200 200
health-live            GET   200 200 200 200 200 200 200 200 200 200 200
health-ready           GET   200 200 200 200 200 200 200 200 200 200 200
jadwal                 GET   302 200 200 200 200 200 200 200 200 200 200
jejak                  GET   302 403 403 403 403 403 403 200 403 200 200
jwks                   GET   200 200 200 200 200 200 200 200 200 200 200
keluar                 POST  302 302 302 302 302 302 302 302 302 302 302
kembalikan             POST  302 404 404 404 403 403 400 403 403 403 403
lpj                    GET   302 404 404 404 200 200 200 200 200 200 200
lpj-simpan             POST  302 404 404 404 409 403 403 403 403 403 403
masuk                  GET   200 302 302 302 302 302 302 302 302 302 302
metrics                GET   200 200 200 200 200 200 200 200 200 200 200
penjelasan             POST  302 404 404 404 400 403 403 403 403 403 403
penjelasan-buang       POST  302 404 404 404 302 403 403 403 403 403 403
penjelasan-bukti       POST  302 404 404 404 400 403 403 403 403 403 403
penjelasan-draf        POST  302 404 404 404 302 403 403 403 403 403 403
penjelasan-pesan       POST  302 404 404 404 400 403 400 403 403 403 403
penjelasan-terima      POST  302 404 404 404 403 403 409 403 403 403 403
penjelasan-tolak       POST  302 404 404 404 403 403 400 403 403 403 403
pin                    GET   302 403 403 403 403 200 403 200 403 403 403
pin                    POST  302 403 403 403 403 400 403 400 403 403 403
proses-ulang           POST  302 404 404 404 403 403 409 403 403 403 409
rekon                  GET   302 404 404 404 200 200 200 200 200 200 200
rekon-kabar            GET   302 404 404 404 200 200 200 200 200 200 200
reset                  GET   302 200 200 200 200 200 200 200 200 200 200
reset                  POST  302 404 404 404 404 404 404 404 404 404 404
reset-grant            POST  302 404 404 404 403 403 303 403 403 403 403
reset-refuse           POST  302 404 404 404 403 403 400 403 403 403 403
reset-scan             GET   302 404 404 404 200 200 200 200 200 200 200
riwayat                GET   302 200 200 200 200 200 200 200 200 200 200
sesi                   GET   302 200 200 200 200 200 200 200 200 200 200
sesi                   POST  302 200 200 200 200 200 200 200 200 200 200
setujui                POST  302 404 404 404 403 403 409 403 403 403 403
setujui-banyak         POST  302 403 302 403 403 403 302 403 403 403 403
ttd                    GET   302 403 403 403 403 200 403 200 403 403 403
status                 GET   302 403 403 403 403 403 403 403 403 403 200
status-kabar           GET   302 403 403 403 403 403 403 403 403 403 200
status-list            GET   200 200 200 200 200 200 200 200 200 200 200
ttd-banyak             POST  302 403 403 403 403 303 403 303 403 403 403
ttd-banyak-simpan      POST  302 403 403 403 403 400 403 400 403 403 403
ttd-kemajuan           GET   302 403 403 403 403 204 403 204 403 403 403
unggahan               GET   302 404 404 404 200 200 200 200 200 200 200
unggahan-kabar         GET   302 404 404 404 200 200 200 200 200 200 200
unggahan-ulangi        POST  302 404 404 404 403 403 409 403 403 403 409
upload                 GET   302 200 403 200 200 403 403 403 403 403 403
surat-reset            GET   302 404 404 404 200 403 403 403 403 403 403
upload                 POST  302 400 403 400 400 403 403 403 403 403 403
verifikasi             GET   200 200 200 200 200 200 200 200 200 200 200
verifikasi-cari        GET   200 200 200 200 200 200 200 200 200 200 200
"""
