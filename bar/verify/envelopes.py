"""The CMS of a signature: the parts that no signature protects are those that were put there, and no others."""

from collections.abc import Collection
from typing import Any

from asn1crypto import cms
from pyhanko.sign.validation import EmbeddedPdfSignature

from bar.verify.verdicts import different

_TIMESTAMP = "signature_time_stamp_token"


def check_envelope(signature: EmbeddedPdfSignature, authorities: Collection[bytes]) -> None:
    """One signer, his certificate and that of one of the authorities (DER), the algorithms we use, one spelling."""
    content = cms.ContentInfo.load(signature.pkcs7_content)
    signed = content["content"]
    (signer,) = signed["signer_infos"]
    own = signature.signer_cert
    held = {each.chosen.dump() for each in signed["certificates"]}
    others = held - {own.dump()}
    told = (
        content["content_type"].native,
        signed["version"].native,
        [each["algorithm"].native for each in signed["digest_algorithms"]],
        signed["encap_content_info"].native,
        signed["crls"].native,
        signer["version"].native,
        signer["digest_algorithm"]["algorithm"].native,
        signer["signature_algorithm"]["algorithm"].native,
    )
    if told != _OURS or not others <= set(authorities) or not _is_plain(signer, own):
        raise different("Ada isi yang disisipkan di dalam tanda tangan.")
    if not signature.pkcs7_content.startswith(content.copy().dump(force=True)):
        raise different("Tanda tangan tidak ditulis sebagaimana mestinya.")


_OURS = (
    "signed_data",
    "v1",
    ["sha256"],
    {"content_type": "data", "content": None},
    None,
    "v1",
    "sha256",
    "sha256_ecdsa",
)


def _is_plain(signer: Any, own: Any) -> bool:
    """Named by issuer and serial number as the certificate is; nothing unsigned but a timestamp."""
    name = signer["sid"].chosen
    unsigned = {each["type"].native for each in signer["unsigned_attrs"]}
    # By bytes: as names, two spellings in other letters would be equal.
    same = name["issuer"].dump() == own.issuer.dump() and name["serial_number"].native == own.serial_number
    return same and unsigned <= {_TIMESTAMP}
