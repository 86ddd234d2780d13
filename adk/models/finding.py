"""What a finding of either gate keeps."""

from django.db import models


class FindingRow(models.Model):
    """Abstract: one finding; its sentence is rendered from `code` and `params` at the edge."""

    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=32)
    severity = models.CharField(max_length=10)
    # null is the contract's "none"
    member = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001
    row = models.PositiveIntegerField(null=True, blank=True)
    field = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001
    params = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ("position",)
