urlpatterns = []
app_name = "desk"
