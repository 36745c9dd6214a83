DROP TRIGGER borders_move_as_told ON articles_highlight;
DROP FUNCTION borders_move_as_told();
DROP TRIGGER borders_move_where_it_counts ON articles_highlight;
DROP FUNCTION borders_move_where_it_counts();
DROP TRIGGER moved_highlight_equals_text ON articles_highlight;
DROP TRIGGER span_is_frozen ON articles_highlight;
CREATE TRIGGER span_is_frozen BEFORE UPDATE ON articles_highlight
    FOR EACH ROW EXECUTE FUNCTION changes_only('claim_id', 'removed_at', 'removed_by_id', 'ended_in_id', 'revision');

CREATE OR REPLACE FUNCTION passage_keeps_its_words() RETURNS trigger
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
