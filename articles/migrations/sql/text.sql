-- A version's text obeys the text policy, and a highlight always equals the text under it.

ALTER TABLE articles_articleversion
    ADD CONSTRAINT version_hash_is_of_text CHECK (text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
    ADD CONSTRAINT version_text_is_canonical CHECK (
        text <> '' AND text = btrim(text, E'\n') AND text !~ '\n{3}'
        AND text !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]'
        AND text !~ '(?:^|\n\n)[ \t]' AND text !~ '[ \t](?:\n\n|$)'),
    ADD CONSTRAINT version_kind_per_block CHECK (
        array_ndims(kinds) = 1
        AND cardinality(kinds) = (char_length(text) - char_length(replace(text, E'\n\n', ''))) / 2 + 1),
    ADD CONSTRAINT version_kinds_are_known CHECK (
        kinds::text[] <@ ARRAY['headline', 'byline', 'dateline', 'heading', 'paragraph', 'list_item', 'quotation',
                       'caption', 'table_row', 'furniture']),
    ADD CONSTRAINT version_number_from_one CHECK (number >= 1);

ALTER TABLE articles_original
    ADD CONSTRAINT original_hash_is_of_bytes CHECK (sha256 = encode(sha256(content), 'hex')),
    ADD CONSTRAINT original_size_is_of_bytes CHECK (size = octet_length(content));

CREATE FUNCTION highlight_equals_text() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    under text;
BEGIN
    IF NEW.start >= NEW."end" THEN
        RETURN NEW; -- which the constraint highlight_not_empty refuses
    END IF;
    SELECT substr(text, NEW.start + 1, NEW."end" - NEW.start) INTO under
    FROM articles_articleversion WHERE desk_id = NEW.desk_id AND id = NEW.version_id;
    IF under IS DISTINCT FROM NEW.quote OR char_length(NEW.quote) <> NEW."end" - NEW.start THEN
        RAISE EXCEPTION 'The quotation is not the text of this version from % to %.', NEW.start, NEW."end"
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'highlight_equals_text';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER highlight_equals_text BEFORE INSERT ON articles_highlight
    FOR EACH ROW EXECUTE FUNCTION highlight_equals_text();

-- A passage of a stored article that is used as evidence keeps its words, and its source is that article.
CREATE FUNCTION passage_keeps_its_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_highlight AS passage
        JOIN articles_articleversion AS version
            ON version.desk_id = passage.desk_id AND version.id = passage.version_id
        JOIN articles_source AS source
            ON source.desk_id = version.desk_id AND source.article_id = version.article_id
        WHERE passage.desk_id = NEW.desk_id AND passage.id = NEW.highlight_id
          AND passage.quote = NEW.quote AND source.id = NEW.source_id
    ) THEN
        RAISE EXCEPTION 'The evidence differs from the passage it was taken from.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'passage_keeps_its_words';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER passage_keeps_its_words BEFORE INSERT OR UPDATE ON articles_evidence
    FOR EACH ROW WHEN (NEW.highlight_id IS NOT NULL) EXECUTE FUNCTION passage_keeps_its_words();
