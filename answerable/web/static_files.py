"""Static files under names that carry their digest, compressed beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Serves each file for ever under one name, in gzip and brotli; an unknown name is an error at once."""

    manifest_strict = True
