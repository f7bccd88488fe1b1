"""The pages for signing in and for one's own account, relative to the admin's root.

Of allauth's pages, those are left out that this site has no use for: accounts are not made by their holders, and the
admin has a form for changing one's password.
"""

from allauth.account import views as account
from allauth.socialaccount import views as socialaccount
from django.urls import include, path, re_path

from claims.admin.people.signing_in.views import SignInView, accept_invitation

urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/reset/", account.password_reset, name="account_reset_password"),
    path("account/password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/invitation/<str:token>/", accept_invitation, name="accept_invitation"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("account/sso/cancelled/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("account/sso/error/", socialaccount.login_error, name="socialaccount_login_error"),
]
