import pytest
from django.core.management import CommandError

from articles import history
from articles.models import Desk, Membership, Role
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_a_desk_with_its_administrator(run):
    make_person("nils")
    said = run("found_desk", "Foreign desk", "--slug", "foreign", "--administrator", "nils")

    assert said == "Foreign desk is founded, with Nils as its administrator.\n"
    assert Membership.objects.get(desk__slug="foreign").role == Role.ADMINISTRATOR
    history.verify(Desk.objects.get(slug="foreign"))


def test_its_scale_can_be_chosen(run):
    make_person("nils")
    run("found_desk", "Foreign desk", "--slug", "foreign", "--administrator", "nils", "--scale", "five-step")

    assert Desk.objects.get().scale_code == "five-step"


@pytest.mark.parametrize(
    ("slug", "administrator", "words"),
    [
        ("night-desk", "alice", "already exists"),
        ("two words", "alice", "valid “slug”"),
        ("foreign", "nobody", "manage.py add_person nobody"),
    ],
)
def test_what_cannot_be_done_is_said(run, cast, slug, administrator, words):
    with pytest.raises(CommandError, match=words):
        run("found_desk", "Foreign desk", "--slug", slug, "--administrator", administrator)

    assert Desk.objects.count() == 1
