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
    -- The same table as articles.models.claim.MOVES_BACK: each takes an earlier move back.
    moves_back CONSTANT jsonb := '{
        "checking": ["open", "returned", "reopened"],
        "set_aside": ["checking", "returned", "reopened"]
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
        IF (moves_back -> OLD.status ? NEW.status) IS NOT TRUE THEN
            RAISE EXCEPTION 'A claim does not go from % to %.', OLD.status, NEW.status
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_moves';
        END IF;
        IF NOT EXISTS (
            SELECT FROM articles_auditevent
            WHERE desk_id = NEW.desk_id AND subject_id = NEW.id AND data #>> '{before,status}' = NEW.status
        ) THEN
            RAISE EXCEPTION 'A claim goes back only to a status that it had.'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'claim_moves';
        END IF;
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

DROP TRIGGER decided_in_own_name ON articles_suggestion;
DROP TRIGGER done_in_own_name ON articles_suggestion;
DROP TRIGGER done_in_own_name ON articles_resolution;
ALTER TABLE articles_suggestion DROP CONSTRAINT suggestion_names_the_author;
DROP FUNCTION suggestion_is_decided_once() CASCADE;
DROP FUNCTION suggestion_is_of_what_waits() CASCADE;
DROP FUNCTION blind_finding_was_compared() CASCADE;
DROP FUNCTION resolution_is_of_a_difference() CASCADE;
DROP FUNCTION second_finding_is_anothers() CASCADE;
CREATE OR REPLACE FUNCTION claim_digest(p_desk uuid, p_claim uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_object(
        'format', 3,
        'text', c.text,
        'occurrences', (
            SELECT coalesce(jsonb_agg(jsonb_build_array(place.first, h.quote) ORDER BY place.first), '[]')
            FROM articles_highlight h, LATERAL (SELECT coalesce(h.first_id, h.id) AS first) AS place
            WHERE h.desk_id = c.desk_id AND h.claim_id = c.id AND h.removed_at IS NULL AND h.ended_in_id IS NULL),
        'evidence', (
            SELECT coalesce(jsonb_agg(jsonb_build_array(
                e.id, e.stance, e.quote, e.locator_kind, e.locator, e.kind, e.note,
                s.id, s.title, s.author, s.kind, s.container, s.publisher, s.published, s.url, s.accessed_on, s.number,
                s.archive, s.medium, s.reached, s.terms, s.note, s.merged_into_id, s.withdrawn_at) ORDER BY e.id), '[]')
            FROM articles_evidence e
            JOIN articles_source s ON s.desk_id = e.desk_id AND s.id = e.source_id
            WHERE e.desk_id = c.desk_id AND e.claim_id = c.id AND e.withdrawn_at IS NULL),
        'verdict', (
            SELECT jsonb_build_array(
                v.id, v.author_id, scale.code, scale.version, r.code, v.rationale, v.searched, v.missing)
            FROM articles_verdict v
            JOIN articles_rating r ON r.desk_id = v.desk_id AND r.id = v.rating_id
            JOIN articles_ratingscale scale ON scale.desk_id = r.desk_id AND scale.id = r.scale_id
            WHERE v.desk_id = c.desk_id AND v.id = c.verdict_id)
    )::text, 'UTF8')), 'hex')
    FROM articles_claim c WHERE c.desk_id = p_desk AND c.id = p_claim
$$;
