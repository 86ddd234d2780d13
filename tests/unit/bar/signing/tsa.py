"""A time-stamping authority in this process, with a CA of its own that publishes its revocations.

pyHanko's dummy authority knows RSA only.
"""

from datetime import timedelta

from asn1crypto import keys, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.unit.bar.signing.world import NOW

DAY = timedelta(days=1)


def _name(text: str) -> pyca.Name:
    return pyca.Name([pyca.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(name: str, key: rsa.RSAPrivateKey, issuer: str, signer: rsa.RSAPrivateKey):
    ca = name == issuer
    builder = (
        pyca.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(pyca.random_serial_number())
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + 1000 * DAY)
        .add_extension(pyca.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        usage = pyca.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return x509.Certificate.load(builder.sign(signer, hashes.SHA256()).public_bytes(Encoding.DER))


class LocalTsa:
    """`stamper` stamps at NOW; `root` is what a reader trusts for it; `list` is the root's CRL in DER."""

    def __init__(self) -> None:
        above, own = (rsa.generate_private_key(65537, 2048) for _ in range(2))
        self.root = _certificate("TSA Root", above, "TSA Root", above)
        certificate = _certificate("TSA", own, "TSA Root", above)
        plain = own.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self.stamper = DummyTimeStamper(
            certificate,
            keys.PrivateKeyInfo.load(plain),
            certs_to_embed=SimpleCertificateStore.from_certs([self.root]),
            fixed_dt=NOW,
        )
        self.list = (
            pyca.CertificateRevocationListBuilder()
            .issuer_name(_name("TSA Root"))
            .last_update(NOW - DAY)
            .next_update(NOW + DAY)
            .sign(above, hashes.SHA256())
            .public_bytes(Encoding.DER)
        )
