from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"

    def ready(self) -> None:
        # They hear of changed passwords and second factors, and end the other sessions.
        from factcheck import second_factor, sessions  # noqa: F401, PLC0415  # models are there only now
