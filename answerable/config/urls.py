"""All addresses: pages, the API, static files."""

from django.urls import include, path

urlpatterns = [
    path("", include("answerable.web.urls")),
    path("api/v1/", include("answerable.publish.urls")),
]

handler400 = "answerable.web.errors.bad_request"
handler403 = "answerable.web.errors.forbidden"
handler404 = "answerable.web.errors.not_found"
handler500 = "answerable.web.errors.server_error"
