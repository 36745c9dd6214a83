from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise carries no types
    """Names carry a hash of the content, also those that one JavaScript module imports from another."""

    support_js_module_import_aggregation = True
