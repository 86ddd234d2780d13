import pytest

from bar.signing.pins import PinWeakness, weaknesses

NIP = "197505311998041002"


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", "12 456", "-12345"]
)
def test_a_pin_is_six_ascii_digits(pin: str) -> None:
    assert weaknesses(pin) == (PinWeakness.FORM,)


@pytest.mark.parametrize("pin", ["123456", "012345", "654321", "890123", "210987"])
def test_sequences_are_refused(pin: str) -> None:
    assert PinWeakness.SEQUENCE in weaknesses(pin)


@pytest.mark.parametrize("pin", ["000000", "777777", "121212", "112112", "373737", "481481", "900009"])
def test_repeats_are_refused(pin: str) -> None:
    assert PinWeakness.REPEAT in weaknesses(pin)


@pytest.mark.parametrize("pin", ["310575", "750531", "053175"])
def test_the_birth_date_of_a_nip_is_refused_in_each_form(pin: str) -> None:
    assert weaknesses(pin, NIP) == (PinWeakness.BIRTH_DATE,)


def test_a_birth_date_is_free_for_somebody_else_and_for_a_number_that_is_no_nip() -> None:
    assert weaknesses("310575", "198012122005011003") == ()
    assert weaknesses("310575", "19750531") == ()


@pytest.mark.parametrize("pin", ["112233", "147258", "170845"])
def test_common_pins_are_refused(pin: str) -> None:
    assert PinWeakness.COMMON in weaknesses(pin)


@pytest.mark.parametrize("pin", ["040417", "381173", "492522", "028780", "686809"])
def test_ordinary_pins_pass(pin: str) -> None:
    assert weaknesses(pin, NIP) == ()
