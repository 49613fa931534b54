"""The floor: what a good team would have in a day with Django's admin and django-simple-history."""
