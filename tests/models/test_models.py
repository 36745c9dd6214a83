from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, models

from articles.models import MOVES, Article, ArticleVersion, Claim, EditableRow, Membership, Status
from articles.models.fields import PartialDateField
from tests import factories
from tests.invariants.attacks import change, refused

DATES = ["", "2013", "2013-06", "2013-06-05", "2013-12-31"]
NO_DATES = ["13", "2013-13", "2013-06-32", "2013-6", "June 2013", "2013-06-05T00:00", "2013-00", "2013-06-00"]


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("date", DATES)
def test_a_date_is_as_exact_as_is_known(date: str, alice: Membership) -> None:
    article = factories.make_article(by=alice, published=date)

    assert article.published == date


@pytest.mark.parametrize("date", NO_DATES)
def test_what_is_no_date_is_refused(date: str, alice: Membership) -> None:
    with pytest.raises(ValidationError, match="2013-06-05"):
        PartialDateField().clean(date, None)
    with refused("article_date_is_partial_iso", "22001"):
        change(factories.make_article(by=alice), alice, published=date)


@pytest.mark.parametrize("before", Status)
def test_a_claim_knows_its_moves(before: Status) -> None:
    claim = Claim(status=before)

    assert {after for after in Status if claim.may_become(after)} == MOVES[before]


def test_a_claim_is_called_by_its_summary_or_else_its_text() -> None:
    assert str(Claim(text="Three people were hurt.")) == "Three people were hurt."
    assert str(Claim(text="Three people were hurt.", summary="Three hurt")) == "Three hurt"


def test_what_a_conflict_shows_are_fields_of_the_row() -> None:
    for model in apps.get_app_config("articles").get_models():
        if issubclass(model, EditableRow):
            assert set(model.CONTENT) <= {field.name for field in model._meta.local_fields}


def test_every_model_says_its_name(one_of_each: dict[str, models.Model]) -> None:
    for row in one_of_each.values():
        assert str(row)
        assert "object (" not in str(row)


@pytest.mark.django_db
def test_ids_are_made_by_the_database_in_the_order_of_time(alice: Membership) -> None:
    ids = [factories.make_article(by=alice).pk for _ in range(5)]

    assert ids == sorted(ids)
    assert {pk.version for pk in ids} == {7}


def test_reading_a_reference_asks_for_the_desk_too(alice: Membership, version: ArticleVersion) -> None:
    with connection.execute_wrapper(_require_desk):
        article = Article.objects.get(pk=version.article_id, desk_id=alice.desk_id)
        assert article.outlet.name
        assert Claim.objects.filter(desk_id=alice.desk_id, highlights__version__article=article).count() == 0


def _require_desk(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    assert '"desk_id" = ' in sql
    return execute(sql, params, many, context)
