-- Queries: what was asked stays as it is once it is answered, each step has a name and its words, and an answer never changes.

CREATE TRIGGER is_permanent BEFORE DELETE ON articles_query
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_query
    FOR EACH ROW EXECUTE FUNCTION revision_grows();
CREATE TRIGGER query_stays BEFORE UPDATE ON articles_query
    FOR EACH ROW EXECUTE FUNCTION changes_only(
        'addressee', 'colleague_id', 'source_id', 'name', 'question', 'due', 'status', 'status_at', 'status_by_id',
        'status_reason', 'revision');
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_query
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_query
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('asked_by_id');
CREATE CONSTRAINT TRIGGER status_in_own_name AFTER INSERT OR UPDATE OF status, status_at, status_by_id, status_reason
    ON articles_query
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('status_by_id');

CREATE FUNCTION query_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'open' OR NEW.status_by_id <> NEW.asked_by_id THEN
            RAISE EXCEPTION 'A new query is open.'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'query_moves';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.addressee, NEW.colleague_id, NEW.source_id, NEW.name, NEW.question, NEW.due)
        IS DISTINCT FROM (OLD.addressee, OLD.colleague_id, OLD.source_id, OLD.name, OLD.question, OLD.due)
        AND (OLD.status <> 'open' OR NEW.status <> 'open') THEN
        RAISE EXCEPTION 'What was asked stays as it is once it is answered or closed.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'query_stays_as_asked';
    END IF;
    IF NEW.status = OLD.status THEN
        IF (NEW.status_at, NEW.status_by_id, NEW.status_reason)
            IS DISTINCT FROM (OLD.status_at, OLD.status_by_id, OLD.status_reason) THEN
            RAISE EXCEPTION 'Who did it, when and why changes with the status alone.'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'query_moves';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status = 'answered' AND NOT EXISTS (
        SELECT FROM articles_queryanswer WHERE desk_id = NEW.desk_id AND query_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'A query is answered by an answer.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'query_answered_by_an_answer';
    END IF;
    IF NEW.status = 'closed' AND OLD.status = 'open' AND NEW.status_reason !~ '\S' THEN
        RAISE EXCEPTION 'A query is closed without an answer for a reason.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'query_closed_for_a_reason';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER query_moves BEFORE INSERT OR UPDATE ON articles_query
    FOR EACH ROW EXECUTE FUNCTION query_moves();

-- An answer is no row of its own in the history: the event of its query names it, and the one who wrote it down.
CREATE TRIGGER is_permanent BEFORE UPDATE OR DELETE ON articles_queryanswer
    FOR EACH ROW EXECUTE FUNCTION is_permanent();

CREATE FUNCTION answer_has_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_auditevent
        WHERE desk_id = NEW.desk_id AND subject_id = NEW.query_id AND tx = pg_current_xact_id()
            AND data ->> 'answer' = NEW.id::text AND actor_id = NEW.recorded_by_id
    ) THEN
        RAISE EXCEPTION 'An answer has no event of its query in the name of who wrote it down.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'answer_has_event';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT ON articles_queryanswer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION answer_has_event();

CREATE FUNCTION answer_fits_its_query() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked record;
BEGIN
    SELECT status, colleague_id INTO asked FROM articles_query WHERE desk_id = NEW.desk_id AND id = NEW.query_id;
    IF asked.status = 'closed' THEN
        RAISE EXCEPTION 'This query is closed.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'answer_to_what_is_not_closed';
    END IF;
    IF NEW.means = 'here' AND asked.colleague_id IS DISTINCT FROM NEW.recorded_by_id THEN
        RAISE EXCEPTION 'Only the colleague who was asked answers here.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'answer_here_is_ones_own';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER answer_fits_its_query BEFORE INSERT ON articles_queryanswer
    FOR EACH ROW EXECUTE FUNCTION answer_fits_its_query();

-- A query stands on the highlight that a person made, which carries it into later versions. What is asked about a claim
-- is asked about all the places where it stands, and stands on none of them.
CREATE FUNCTION query_on_the_first() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM articles_highlight
        WHERE desk_id = NEW.desk_id AND id = NEW.highlight_id AND (first_id IS NOT NULL OR removed_at IS NOT NULL OR claim_id IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'A query stands on words that a person marked, and nobody removed, without a claim.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'query_on_the_first';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER query_on_the_first BEFORE INSERT ON articles_query
    FOR EACH ROW WHEN (NEW.highlight_id IS NOT NULL) EXECUTE FUNCTION query_on_the_first();

-- Words about which something is still asked stay marked. Asked on COMMIT: a decision on a carry that is taken back
-- removes the later highlight and brings the one before back.
CREATE FUNCTION query_keeps_its_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    root uuid;
BEGIN
    IF TG_TABLE_NAME = 'articles_query' THEN
        root := NEW.highlight_id;
    ELSE
        root := coalesce(NEW.first_id, NEW.id);
    END IF;
    IF EXISTS (
        SELECT FROM articles_query WHERE desk_id = NEW.desk_id AND highlight_id = root AND status <> 'closed'
    ) AND NOT EXISTS (
        SELECT FROM articles_highlight h
        WHERE h.desk_id = NEW.desk_id AND (h.id = root OR h.first_id = root) AND h.removed_at IS NULL
            AND NOT EXISTS (
                SELECT FROM articles_carry c
                WHERE c.desk_id = h.desk_id AND c.highlight_id = h.id AND c.decision = 'carried')
    ) THEN
        RAISE EXCEPTION 'A query about these words is not closed.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'query_keeps_its_words';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER query_keeps_its_words AFTER UPDATE OF removed_at ON articles_highlight
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.removed_at IS NOT NULL) EXECUTE FUNCTION query_keeps_its_words();
CREATE CONSTRAINT TRIGGER query_keeps_its_words AFTER INSERT OR UPDATE OF status ON articles_query
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.highlight_id IS NOT NULL) EXECUTE FUNCTION query_keeps_its_words();
