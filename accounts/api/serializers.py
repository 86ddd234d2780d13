"""What goes in and out of the token and profile addresses."""

from typing import Any

from rest_framework import serializers


class CredentialsSerializer(serializers.Serializer[Any]):
    """A user name and a password; the password may begin or end with a space."""

    username = serializers.CharField(max_length=40)
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class TokenSerializer(serializers.Serializer[Any]):
    """A token, shown once, and when it ends."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class HeldRoleSerializer(serializers.Serializer[Any]):
    """A role and the code of its place, empty for national."""

    role = serializers.CharField()
    place = serializers.CharField()


class MeSerializer(serializers.Serializer[Any]):
    """The signed-in person and the roles that hold now."""

    username = serializers.CharField()
    name = serializers.CharField()
    assignments = HeldRoleSerializer(many=True)
