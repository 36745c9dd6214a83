from articles.actions import articles, claims, desks, evidence, highlights, sources, stories, verdicts

__all__ = ["articles", "claims", "desks", "evidence", "highlights", "sources", "stories", "verdicts"]
