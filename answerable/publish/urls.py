"""Addresses of the interface for programs, under ``/api/v1/``."""

from django.urls import path

from answerable.publish.api import api

urlpatterns = [path("", api.urls)]
