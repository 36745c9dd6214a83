CREATE OR REPLACE FUNCTION claim_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moves CONSTANT jsonb := '{
        "open": ["checking", "set_aside"],
        "checking": ["in_review", "set_aside"],
        "in_review": ["approved", "returned", "checking", "set_aside"],
        "returned": ["checking", "set_aside"],
        "approved": ["reopened", "set_aside"],
        "reopened": ["checking", "set_aside"],
        "set_aside": ["open"]
    }';
    decided text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'open' THEN
            RAISE EXCEPTION 'A new claim is open, not %.', NEW.status
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_moves';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status = OLD.status
       AND (NEW.verdict_id, NEW.review_id) IS DISTINCT FROM (OLD.verdict_id, OLD.review_id) THEN
        RAISE EXCEPTION 'A claim takes a verdict or a review only with a change of status.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_moves';
    END IF;
    IF NEW.status <> OLD.status AND NOT moves -> OLD.status ? NEW.status THEN
        RAISE EXCEPTION 'A claim does not go from % to %.', OLD.status, NEW.status
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_moves';
    END IF;
    -- Otherwise a verdict that was taken back, or approved before the claim was reopened, could come back by itself and
    -- bring its review along.
    IF NEW.status <> OLD.status AND NEW.status = 'in_review' AND NEW.verdict_id IS NOT NULL AND (
        NEW.review_id IS NOT NULL OR NEW.verdict_id = OLD.verdict_id OR EXISTS (
            SELECT FROM articles_auditevent
            WHERE desk_id = NEW.desk_id AND subject_id = NEW.verdict_id AND tx <> pg_current_xact_id()
        )
    ) THEN
        RAISE EXCEPTION 'A claim goes into review with a new verdict.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_moves';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status IN ('approved', 'returned') THEN
        SELECT decision INTO decided FROM articles_review WHERE desk_id = NEW.desk_id AND id = NEW.review_id;
        IF decided IS DISTINCT FROM (CASE NEW.status WHEN 'approved' THEN 'approve' ELSE 'return' END) THEN
            RAISE EXCEPTION 'The review of this verdict does not say %.', NEW.status
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_moves';
        END IF;
    END IF;
    RETURN NEW;
END $$;
