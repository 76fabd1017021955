"""Mounted at /api/auth/."""

from django.urls import path

from handbook.accounts import views

urlpatterns = [
    path("token/", views.SignIn.as_view(), name="sign-in"),
    path("token/refresh/", views.RefreshTokens.as_view(), name="refresh-tokens"),
    path("logout/", views.SignOut.as_view(), name="sign-out"),
    path("signup/", views.SignUp.as_view(), name="sign-up"),
    path("verify-email/", views.VerifyEmail.as_view(), name="verify-email"),
    path("verify-email/resend/", views.ResendVerification.as_view(), name="resend-verification"),
    path("password/reset/", views.RequestPasswordReset.as_view(), name="request-password-reset"),
    path("password/reset/confirm/", views.ConfirmPasswordReset.as_view(), name="confirm-password-reset"),
    path("password/change/", views.ChangePassword.as_view(), name="change-password"),
]
