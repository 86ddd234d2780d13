"""Every address of the portal, as the URL configuration knows it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def named_urls() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, names of its arguments) of every address."""
    yield from _walk(get_resolver().url_patterns, "", ())


def _walk(patterns, space: str, before: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        arguments = (*before, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, arguments)
        elif isinstance(pattern, URLPattern):
            yield (f"{space}{pattern.name}" if pattern.name else f"unnamed {pattern.pattern}"), arguments
