"""When two web addresses lead to the same page, as far as can be told without asking."""

import hashlib
from urllib.parse import parse_qsl, urlsplit

# What says from where a reader came, and changes nothing of the page. "*" stands for any end.
_TRACKING = (
    *("utm_*", "at_*", "mtm_*", "pk_*", "hsa_*", "_hs*", "mc_*", "vero_*", "fbclid", "gclid", "gclsrc", "dclid"),
    *(
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igsh",
        "igshid",
        "li_fat_id",
        "_ga",
        "_gl",
        "ref_src",
    ),
    *("ref_url", "cmpid", "ns_mchannel", "ns_source", "ns_campaign", "ito", "spm", "smid", "xtor", "wt_mc", "wtmc"),
)
_TRACKERS = frozenset(_TRACKING)
_TRACKER_FAMILIES = tuple(name.removesuffix("*") for name in _TRACKING if name.endswith("*"))


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


def key(address: str) -> str:
    """32 characters that are the same for addresses which lead to one page; empty for what is no web address.

    Beside what ``same_address`` overlooks it overlooks "www.", the order of what is asked for, and what only says from
    where a reader came.
    """
    host, path, query = _essence(address)
    if not host:
        return ""
    asked = sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if not _is_tracking(pair[0].lower()))
    page = "\n".join((host.removeprefix("www."), path, *("=".join(pair) for pair in asked)))
    return hashlib.sha256(page.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _is_tracking(name: str) -> bool:
    return name in _TRACKERS or name.startswith(_TRACKER_FAMILIES)


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
