"""URLs of readers' pages."""

from django.urls import path

from claims.pages.claims.claim_page import ClaimPageView
from claims.pages.corrections.correction_list import CorrectionListView
from claims.pages.embeds.citation_files import CitationFileView
from claims.pages.embeds.views import CardImageView, EmbedView, OEmbedView
from claims.pages.quotes.quote_page import QuotePageView
from claims.pages.search.check_page import CheckPageView
from claims.pages.search.lists import ClaimListView, QuoteListView, SourceListView, SpeakerListView
from claims.pages.search.search_page import SearchPageView
from claims.pages.site.crawler_files import RobotsView, SecurityTxtView
from claims.pages.site.data_page import DataPageView, DumpFileView
from claims.pages.site.feeds_page import FeedsPageView
from claims.pages.site.home import HomePageView
from claims.pages.site.report_error import ReportErrorView, ReportSentView
from claims.pages.site.sitemaps import NewsSitemapView, SitemapIndexView, SitemapView, StaticSitemapView
from claims.pages.site.text_pages import AboutPageView, CorrectionsPolicyView, MethodologyPageView
from claims.pages.sources.beside_page import BesidePageView
from claims.pages.sources.source_page import SourcePageView
from claims.pages.speakers.speaker_page import SpeakerPageView
from claims.pages.topics.topic_pages import TopicListView, TopicPageView

urlpatterns = [
    path("", HomePageView.as_view(), name="home"),
    path(".well-known/security.txt", SecurityTxtView.as_view(), name="security-txt"),
    path("about/", AboutPageView.as_view(), name="page-about"),
    path("check/", CheckPageView.as_view(), name="page-check"),
    path("claims/", ClaimListView.as_view(), name="page-claims"),
    path("claims/<int:pk>/", ClaimPageView.as_view(), name="page-claim"),
    path("claims/<int:pk>/<str:slug>/", ClaimPageView.as_view()),
    path("claims/<int:pk>/cite.<slug:extension>", CitationFileView.as_view(resource="claims"), name="cite-claim"),
    path("corrections/", CorrectionListView.as_view(), name="page-corrections"),
    path("corrections/policy/", CorrectionsPolicyView.as_view(), name="page-corrections-policy"),
    path("data/", DataPageView.as_view(), name="page-data"),
    path("data/<str:version>/<str:name>", DumpFileView.as_view(), name="dump-file"),
    path("feeds/", FeedsPageView.as_view(), name="page-feeds"),
    path("methodology/", MethodologyPageView.as_view(), name="page-methodology"),
    path("quotes/", QuoteListView.as_view(), name="page-quotes"),
    path("quotes/<int:pk>/", QuotePageView.as_view(), name="page-quote"),
    path("quotes/<int:pk>/cite.<slug:extension>", CitationFileView.as_view(resource="quotes"), name="cite-quote"),
    path("report/", ReportErrorView.as_view(), name="report-error"),
    path("report/sent/", ReportSentView.as_view(), name="report-sent"),
    path("robots.txt", RobotsView.as_view(), name="robots"),
    path("search/", SearchPageView.as_view(), name="page-search"),
    path("sitemap-news.xml", NewsSitemapView.as_view(), name="sitemap-news"),
    path("sitemap-pages.xml", StaticSitemapView.as_view(), name="sitemap-pages"),
    path("sitemap-<slug:section>-<int:number>.xml", SitemapView.as_view(), name="sitemap-section"),
    path("sitemap.xml", SitemapIndexView.as_view(), name="sitemap"),
    path("sources/", SourceListView.as_view(), name="page-sources"),
    path("sources/<int:pk>/", SourcePageView.as_view(), name="page-source"),
    path("sources/<int:pk>/beside/<int:original>/", BesidePageView.as_view(), name="page-beside"),
    path("sources/<int:pk>/<str:slug>/", SourcePageView.as_view()),
    path("speakers/", SpeakerListView.as_view(), name="page-speakers"),
    path("embed/claims/<int:pk>/", EmbedView.as_view(resource="claims"), name="embed-claim"),
    path("embed/quotes/<int:pk>/", EmbedView.as_view(resource="quotes"), name="embed-quote"),
    path("oembed", OEmbedView.as_view(), name="oembed"),
    path("og/claims/<int:pk>.png", CardImageView.as_view(resource="claims"), name="og-claim"),
    path("og/quotes/<int:pk>.png", CardImageView.as_view(resource="quotes"), name="og-quote"),
    path("speakers/<int:pk>/", SpeakerPageView.as_view(), name="page-speaker"),
    path("speakers/<int:pk>/<str:slug>/", SpeakerPageView.as_view()),
    path("topics/", TopicListView.as_view(), name="page-topics"),
    path("topics/<slug:slug>/", TopicPageView.as_view(), name="page-topic"),
]
