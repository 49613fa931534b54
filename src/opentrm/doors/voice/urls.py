urlpatterns = []
app_name = "voice"
