from articles.actions import articles, claims, desks, evidence, highlights, sheets, sources, stories, verdicts

__all__ = ["articles", "claims", "desks", "evidence", "highlights", "sheets", "sources", "stories", "verdicts"]
