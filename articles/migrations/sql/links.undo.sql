ALTER TABLE articles_articleversion
    DROP CONSTRAINT version_pages_within_text,
    DROP CONSTRAINT version_links_within_text;
DROP FUNCTION pages_fit(jsonb, integer);
DROP FUNCTION links_fit(jsonb, integer);
