-- What arrived stays as it came, is read once, and is settled once.

CREATE TRIGGER is_permanent BEFORE DELETE ON articles_arrival
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_arrival
    FOR EACH ROW EXECUTE FUNCTION revision_grows();
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_arrival
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();

-- Not changes_only: it would take a draft of megabytes apart for every correction.
CREATE FUNCTION arrival_keeps_what_came() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.state = 'added' AND (NEW.state, NEW.version_id, NEW.failure, NEW.corrections, NEW.details)
        IS DISTINCT FROM (OLD.state, OLD.version_id, OLD.failure, OLD.corrections, OLD.details) THEN
        RAISE EXCEPTION 'This arrival is an article by now.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'arrival_is_settled';
    END IF;
    IF (NEW.original_id, NEW.article_id, NEW.batch, NEW.method, NEW.filename, NEW.address, NEW.media_type, NEW.charset)
        IS DISTINCT FROM
       (OLD.original_id, OLD.article_id, OLD.batch, OLD.method, OLD.filename, OLD.address, OLD.media_type, OLD.charset)
        OR (NEW.report, NEW.arrived_by_id, NEW.arrived_at) IS DISTINCT FROM (OLD.report, OLD.arrived_by_id, OLD.arrived_at)
    THEN
        RAISE EXCEPTION 'What arrived stays as it came.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'arrival_keeps_what_came';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER what_came_is_kept BEFORE UPDATE ON articles_arrival
    FOR EACH ROW EXECUTE FUNCTION arrival_keeps_what_came();

CREATE FUNCTION arrival_is_read_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'What was read is not read again.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'arrival_is_read_once';
END $$;

CREATE TRIGGER arrival_is_read_once BEFORE UPDATE OF draft ON articles_arrival
    FOR EACH ROW WHEN (OLD.draft IS NOT NULL) EXECUTE FUNCTION arrival_is_read_once();

ALTER TABLE articles_arrival
    ADD CONSTRAINT arrival_corrections_are_a_list CHECK (jsonb_typeof(corrections) = 'array'),
    ADD CONSTRAINT arrival_details_by_field CHECK (jsonb_typeof(details) = 'object');
