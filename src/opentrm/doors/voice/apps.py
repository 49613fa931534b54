from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "opentrm.doors.voice"
    label = "voice"
