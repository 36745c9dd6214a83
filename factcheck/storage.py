from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from factcheck.joining import joined_modules, joined_styles
from factcheck.shortening import shortened_script, shortened_styles

type Paths = dict[str, tuple[Storage, str]]

# What joins the files, and what then makes one of them shorter.
JOINED = {
    "articles/css/later.css": (joined_styles, shortened_styles),
    "articles/css/main.css": (joined_styles, shortened_styles),
    "articles/css/pages.css": (joined_styles, shortened_styles),
    "articles/css/workbench.css": (joined_styles, shortened_styles),
    "articles/js/*.js": (joined_modules, shortened_script),
}


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Names carry a hash of the content, and a file that lists others holds them itself."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        joined = {} if dry_run else {name: (self, name) for name in self._join(paths)}
        yield from super().post_process(paths | joined, dry_run, **options)

    def _join(self, paths: Paths) -> Iterator[str]:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as source:
                content: bytes = source.read()
            return content.decode()

        for name in paths:
            for pattern, (join, shorten) in JOINED.items():
                if PurePosixPath(name).match(pattern):
                    self._replace(name, shorten(join(name, read)))
                    yield name

    def _replace(self, name: str, content: str) -> None:
        self.delete(name)
        self.save(name, ContentFile(content.encode()))
