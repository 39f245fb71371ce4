"""What the settings promise."""


def test_the_product_itself_prefers_argon2() -> None:
    from shouwen.config import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
