from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "opentrm.ui"
    label = "ui"
