"""The admin as it comes."""

from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from bench.floor.models import Case


@admin.register(Case)
class CaseAdmin(SimpleHistoryAdmin):
    """A list with filters and search."""

    list_display = ("ref", "name", "stage", "risk", "country", "status", "touched_at")
    list_filter = ("country", "stage")
    search_fields = ("name",)
    list_per_page = 25
