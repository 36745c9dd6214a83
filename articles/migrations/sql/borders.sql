-- The borders of a highlight can be moved, where it counts: in the newest version of its article, to other words of that
-- text, and by an event that tells both places. Everything that is attached to it stays so.

DROP TRIGGER span_is_frozen ON articles_highlight;
CREATE TRIGGER span_is_frozen BEFORE UPDATE ON articles_highlight
    FOR EACH ROW EXECUTE FUNCTION changes_only(
        'start', 'end', 'quote', 'claim_id', 'removed_at', 'removed_by_id', 'ended_in_id', 'revision');

CREATE TRIGGER moved_highlight_equals_text BEFORE UPDATE ON articles_highlight
    FOR EACH ROW WHEN ((OLD.start, OLD."end", OLD.quote) IS DISTINCT FROM (NEW.start, NEW."end", NEW.quote))
    EXECUTE FUNCTION highlight_equals_text();

CREATE FUNCTION borders_move_where_it_counts() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest uuid;
BEGIN
    SELECT later.id INTO newest
    FROM articles_articleversion AS here
    JOIN articles_articleversion AS later ON later.desk_id = here.desk_id AND later.article_id = here.article_id
    WHERE here.desk_id = NEW.desk_id AND here.id = NEW.version_id ORDER BY later.number DESC LIMIT 1;
    IF (OLD.removed_at, OLD.ended_in_id, NEW.removed_at, NEW.ended_in_id) IS DISTINCT FROM (NULL, NULL, NULL, NULL)
       OR NEW.claim_id IS DISTINCT FROM OLD.claim_id OR newest <> NEW.version_id THEN
        RAISE EXCEPTION 'Only a highlight that counts, in the newest version, gets other borders.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'borders_move_where_it_counts';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER borders_move_where_it_counts BEFORE UPDATE ON articles_highlight
    FOR EACH ROW WHEN ((OLD.start, OLD."end", OLD.quote) IS DISTINCT FROM (NEW.start, NEW."end", NEW.quote))
    EXECUTE FUNCTION borders_move_where_it_counts();

-- Asked on COMMIT: the event is recorded, and a quotation follows its passage, after the highlight is changed.
CREATE FUNCTION borders_move_as_told() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_auditevent
        WHERE desk_id = NEW.desk_id AND subject_id = NEW.id AND tx = pg_current_xact_id() AND actor_id IS NOT NULL
          AND data -> 'before' = jsonb_build_object('start', OLD.start, 'end', OLD."end", 'quote', OLD.quote)
          AND data -> 'after' = jsonb_build_object('start', NEW.start, 'end', NEW."end", 'quote', NEW.quote)
    ) THEN
        RAISE EXCEPTION 'No event tells that highlight % got these borders.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'borders_move_as_told';
    END IF;
    IF EXISTS (
        SELECT FROM articles_highlight AS passage
        JOIN articles_evidence AS cited ON cited.desk_id = passage.desk_id
            AND cited.highlight_id = coalesce(passage.first_id, passage.id)
        WHERE passage.desk_id = NEW.desk_id AND passage.id = NEW.id
          AND cited.withdrawn_at IS NULL AND cited.quote <> passage.quote
    ) THEN
        RAISE EXCEPTION 'The evidence differs from the passage it was taken from.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'passage_keeps_its_words';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER borders_move_as_told AFTER UPDATE ON articles_highlight
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.start, OLD."end", OLD.quote) IS DISTINCT FROM (NEW.start, NEW."end", NEW.quote))
    EXECUTE FUNCTION borders_move_as_told();

-- Where a passage went on into a later version, its borders are moved there; so the words that the evidence relies on
-- are those of the passage in one of the versions in which it stood.
CREATE OR REPLACE FUNCTION passage_keeps_its_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_highlight AS passage
        JOIN articles_articleversion AS version
            ON version.desk_id = passage.desk_id AND version.id = passage.version_id
        JOIN articles_source AS source
            ON source.desk_id = version.desk_id AND source.article_id = version.article_id
        WHERE passage.desk_id = NEW.desk_id AND (passage.id = NEW.highlight_id OR passage.first_id = NEW.highlight_id)
          AND passage.quote = NEW.quote AND source.id = NEW.source_id
    ) THEN
        RAISE EXCEPTION 'The evidence differs from the passage it was taken from.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'passage_keeps_its_words';
    END IF;
    RETURN NEW;
END $$;
