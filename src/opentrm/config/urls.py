"""The doors, and where they stand. ``/v/`` and ``/trm1/`` say nothing about what they are for."""

from django.urls import include, path

from opentrm.config.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("trm1/", include("opentrm.doors.peer.urls")),
    path("v/", include("opentrm.doors.voice.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("opentrm.doors.desk.urls")),
]

handler400 = "opentrm.ui.views.bad_request"
handler403 = "opentrm.ui.views.forbidden"
handler404 = "opentrm.ui.views.not_found"
handler500 = "opentrm.ui.views.server_error"
