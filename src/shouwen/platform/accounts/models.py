"""User: a key to the house, with roles and the ids that permissions look at.

`team_ids`, `department_id` and `provider_id` are kept up by `people`; they stand here so that an
actor is built from one row.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    name = models.CharField(max_length=80)
    language = models.CharField(max_length=10, default="zh-hans")
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    theme = models.CharField(max_length=10, default="system")
    roles = models.JSONField(default=list)
    team_ids = models.JSONField(default=list)
    department_id = models.BigIntegerField(null=True, blank=True)
    provider_id = models.BigIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    # allauth and axes ask for these of any user
    is_staff: ClassVar[bool] = False
    is_superuser: ClassVar[bool] = False

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "name"]

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used; see platform.access."""
        return False
