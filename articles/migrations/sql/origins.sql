-- Where sources and occurrences come from: ways lead on and never round, and a highlight that counts no more keeps its own.

CREATE TRIGGER is_permanent BEFORE DELETE ON articles_origin
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_origin
    FOR EACH ROW EXECUTE FUNCTION revision_grows();
CREATE TRIGGER origin_stays BEFORE UPDATE ON articles_origin
    FOR EACH ROW EXECUTE FUNCTION changes_only('name', 'kind', 'note', 'comes_from_id', 'merged_into_id', 'revision');
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_origin
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_origin
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('made_by_id');

CREATE TRIGGER is_permanent BEFORE DELETE ON articles_dismissal
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_dismissal
    FOR EACH ROW EXECUTE FUNCTION revision_grows();
CREATE TRIGGER dismissal_stays BEFORE UPDATE ON articles_dismissal
    FOR EACH ROW EXECUTE FUNCTION changes_only('taken_back_at', 'taken_back_by_id', 'revision');
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_dismissal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_dismissal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('made_by_id');
CREATE CONSTRAINT TRIGGER taken_back_in_own_name AFTER INSERT OR UPDATE OF taken_back_by_id ON articles_dismissal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('taken_back_by_id');

-- Where it goes on from an origin: to the one that it is part of, else to the one that it comes from.
CREATE FUNCTION origin_leads_on() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- It holds the head of the desk's history, so that of two people who each close half a circle the later sees the other.
    PERFORM hold_history(NEW.desk_id);
    IF EXISTS (
        WITH RECURSIVE way (id) AS (
            SELECT coalesce(merged_into_id, comes_from_id) FROM articles_origin WHERE desk_id = NEW.desk_id AND id = NEW.id
            UNION
            SELECT coalesce(o.merged_into_id, o.comes_from_id)
            FROM way JOIN articles_origin o ON o.desk_id = NEW.desk_id AND o.id = way.id
        )
        SELECT FROM way WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'Origin % would come from itself.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'origin_leads_on';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER origin_leads_on AFTER INSERT OR UPDATE OF comes_from_id, merged_into_id ON articles_origin
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION origin_leads_on();

-- As before, and with where it comes from.
CREATE OR REPLACE TRIGGER span_is_frozen BEFORE UPDATE ON articles_highlight
    FOR EACH ROW EXECUTE FUNCTION changes_only(
        'start', 'end', 'quote', 'claim_id', 'origin_id', 'removed_at', 'removed_by_id', 'ended_in_id', 'revision');

CREATE FUNCTION traced_where_it_counts() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.removed_at, OLD.ended_in_id, NEW.removed_at, NEW.ended_in_id) IS DISTINCT FROM (NULL, NULL, NULL, NULL) THEN
        RAISE EXCEPTION 'Only of a highlight that counts can be said where it comes from.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'traced_where_it_counts';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER traced_where_it_counts BEFORE UPDATE ON articles_highlight
    FOR EACH ROW WHEN (NEW.origin_id IS DISTINCT FROM OLD.origin_id) EXECUTE FUNCTION traced_where_it_counts();
