from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "opentrm.config"
    label = "config"
