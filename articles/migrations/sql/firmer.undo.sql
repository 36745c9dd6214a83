ALTER FUNCTION claim_digest(uuid, uuid) RESET timezone;

CREATE OR REPLACE FUNCTION query_moves() RETURNS trigger
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

CREATE OR REPLACE FUNCTION snapshot_is_compared_with_its_own() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_snapshot
        WHERE desk_id = NEW.desk_id AND id = NEW.compared_with_id AND source_id = NEW.source_id
            AND outcome = 'kept' AND means = 'fetch'
    ) THEN
        RAISE EXCEPTION 'A page is compared with a copy that was kept of it.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_is_compared_with_its_own';
    END IF;
    RETURN NEW;
END $$;
