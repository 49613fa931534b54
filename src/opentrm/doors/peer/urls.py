"""The one address other nodes' machines know."""

from django.urls import path

from opentrm.doors.peer import views

app_name = "peer"
urlpatterns = [path("inbox", views.inbox)]
