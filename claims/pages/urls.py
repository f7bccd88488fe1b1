"""URLs of readers' pages."""

from django.urls import path

from claims.pages.claims.claim_page import ClaimPageView
from claims.pages.common.home import HomePageView
from claims.pages.speakers.speaker_page import SpeakerPageView
from claims.pages.topics.topic_pages import TopicListView, TopicPageView

urlpatterns = [
    path("", HomePageView.as_view(), name="home"),
    path("claims/<int:pk>/", ClaimPageView.as_view(), name="page-claim"),
    path("claims/<int:pk>/<str:slug>/", ClaimPageView.as_view()),
    path("speakers/<int:pk>/", SpeakerPageView.as_view(), name="page-speaker"),
    path("speakers/<int:pk>/<str:slug>/", SpeakerPageView.as_view()),
    path("topics/", TopicListView.as_view(), name="page-topics"),
    path("topics/<slug:slug>/", TopicPageView.as_view(), name="page-topic"),
]
