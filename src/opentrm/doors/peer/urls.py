urlpatterns = []
app_name = "peer"
