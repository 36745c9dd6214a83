from __future__ import annotations

from typing import Any

from django.urls import include, path

app_name = "articles"

# desk, people

# articles, stories

# workbench

# claims, evidence, review

# sheets

desk_urls: list[Any] = []

urlpatterns: list[Any] = [path("d/<slug:desk>/", include(desk_urls))]
