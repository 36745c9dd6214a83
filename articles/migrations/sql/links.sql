-- What belongs to a version's text: its links and the beginnings of its pages lie within it.

-- As many of the rows are as they must be as there are rows; what is of another shape is not counted.
CREATE FUNCTION links_fit(links jsonb, size integer) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(links) = 'array' THEN jsonb_array_length(links) = jsonb_array_length(
        jsonb_path_query_array(links, 'strict $[*] ? (@.size() == 3
            && @[0].type() == "number" && @[1].type() == "number" && @[2].type() == "string" && @[2] != ""
            && 0 <= @[0] && @[0] < @[1] && @[1] <= $size)', jsonb_build_object('size', size))
    ) ELSE false END
$$;

CREATE FUNCTION pages_fit(pages jsonb, size integer) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN jsonb_typeof(pages) = 'array' THEN jsonb_array_length(pages) = jsonb_array_length(
        jsonb_path_query_array(pages, 'strict $[*] ? (@.size() == 2
            && @[0].type() == "number" && @[1].type() == "string" && 0 <= @[0] && @[0] < $size)',
            jsonb_build_object('size', size))
    ) ELSE false END
$$;

ALTER TABLE articles_articleversion
    ADD CONSTRAINT version_links_within_text CHECK (links_fit(links, char_length(text))),
    ADD CONSTRAINT version_pages_within_text CHECK (pages_fit(pages, char_length(text)));
