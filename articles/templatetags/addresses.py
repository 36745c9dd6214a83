"""``{% url %}`` as Django has it, but each address is made once: a page of the workbench has fifty of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.template import defaulttags
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

if TYPE_CHECKING:
    from django.template import Context
    from django.template.base import Parser, Token

register = template.Library()


class AddressNode(defaulttags.URLNode):
    def render(self, context: Context) -> str:
        if self.kwargs or self.asvar:
            return super().render(context)
        return address(self.view_name.resolve(context), *[arg.resolve(context) for arg in self.args])


@register.tag
def url(parser: Parser, token: Token) -> defaulttags.URLNode:
    node = defaulttags.url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


def address(name: str, *args: Any) -> str:
    """As it stands in an attribute. Raises NoReverseMatch."""
    return _made(get_urlconf(), get_script_prefix(), name, args)


# The same name and values always make the same address, as long as the process runs.
@lru_cache(maxsize=4096, typed=True)
def _made(urlconf: str | None, prefix: str, name: str, args: tuple[Any, ...]) -> str:
    return conditional_escape(reverse(name, urlconf=urlconf, args=args))
