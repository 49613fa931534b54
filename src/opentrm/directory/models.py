"""Services of organisations. A shelter stands here without its address."""

from django.db import models

from opentrm.accounts.models import Organisation


class Service(models.Model):
    """One kind of help of one organisation; ``kind`` is a service code of the profile.

    ``free_places`` holds as of ``places_as_of``; a number nobody confirmed lately is shown as such.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    for_whom = models.CharField(max_length=200, blank=True)
    languages = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100, blank=True)
    free_places = models.PositiveIntegerField(null=True)
    places_as_of = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("kind", "title")

    def __str__(self) -> str:
        return self.title
