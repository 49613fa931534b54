from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "opentrm.feedback"
    default_auto_field = "django.db.models.BigAutoField"
