"""Her door. The address says nothing about what it is for."""

from django.urls import path

from opentrm.doors.voice import views

app_name = "voice"
urlpatterns = [
    path("", views.door, name="door"),
    path("in/", views.home, name="home"),
    path("in/answer/", views.answer, name="answer"),
    path("in/concern/", views.concern, name="concern"),
    path("in/stop/", views.stop, name="stop"),
    path("in/replies/", views.replies, name="replies"),
    path("out/", views.leave, name="leave"),
]
