"""URLs of readers' pages."""

from django.urls import path

from claims.pages.claims.claim_page import ClaimPageView
from claims.pages.common.home import HomePageView

urlpatterns = [
    path("", HomePageView.as_view(), name="home"),
    path("claims/<int:pk>/", ClaimPageView.as_view(), name="page-claim"),
    path("claims/<int:pk>/<str:slug>/", ClaimPageView.as_view()),
]
