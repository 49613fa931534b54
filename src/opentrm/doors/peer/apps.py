from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "opentrm.doors.peer"
    label = "peer"
