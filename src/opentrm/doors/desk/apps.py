from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "opentrm.doors.desk"
    label = "desk"
