"""The readers' API."""

urlpatterns: list = []
