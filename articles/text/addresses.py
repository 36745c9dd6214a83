"""When two web addresses lead to the same page, as far as can be told without asking."""

from urllib.parse import urlsplit


def same_address(one: str, other: str) -> bool:
    """Whether they differ in no more than http or https, a last slash, a fragment and the capitals of the host."""
    return bool(one and other) and _essence(one) == _essence(other)


def spellings(address: str) -> list[str]:
    """The ways in which the same address may have been written down; none for what is no address."""
    essence = _essence(address)
    if not essence[0]:
        return []
    host, path, query = essence
    asked = f"?{query}" if query else ""
    return [f"{scheme}://{host}{path}{slash}{asked}" for scheme in ("https", "http") for slash in ("", "/")]


def _essence(address: str) -> tuple[str, str, str]:
    """Host, path and query. All are empty when the address makes no sense, which then equals only itself."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return "", address, ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "", address, ""
    usual = port in (None, 80 if parts.scheme == "http" else 443)
    host = parts.hostname.rstrip(".")
    return (host if usual else f"{host}:{port}"), parts.path.rstrip("/"), parts.query
