-- Verdicts rest on evidence, a second person agrees, and an approval is bound to exactly what was approved.

ALTER TABLE articles_verdict
    ADD CONSTRAINT verdict_key_with_author UNIQUE (desk_id, id, author_id),
    ADD CONSTRAINT verdict_key_with_claim UNIQUE (desk_id, id, claim_id);
ALTER TABLE articles_review
    ADD CONSTRAINT review_key_with_verdict UNIQUE (desk_id, id, verdict_id),
    ADD CONSTRAINT review_names_the_author FOREIGN KEY (desk_id, verdict_id, verdict_author_id)
        REFERENCES articles_verdict (desk_id, id, author_id);
ALTER TABLE articles_claim
    ADD CONSTRAINT claim_has_verdict_of_its_own FOREIGN KEY (desk_id, verdict_id, id)
        REFERENCES articles_verdict (desk_id, id, claim_id),
    ADD CONSTRAINT claim_has_review_of_its_verdict FOREIGN KEY (desk_id, review_id, verdict_id)
        REFERENCES articles_review (desk_id, id, verdict_id),
    ADD CONSTRAINT claim_review_needs_verdict CHECK (review_id IS NULL OR verdict_id IS NOT NULL);

-- Whether a rating that needs p_needs may stand on the evidence that is in force now.
CREATE FUNCTION rests_on_enough(p_desk uuid, p_claim uuid, p_needs text, p_searched text, p_missing text)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE p_needs
        WHEN 'evidence' THEN count(*) > 0
        WHEN 'both_sides' THEN bool_or(stance = 'supports') AND bool_or(stance = 'refutes')
        WHEN 'search' THEN p_searched ~ '\S' AND p_missing ~ '\S'
        WHEN 'either' THEN count(*) > 0 OR (p_searched ~ '\S' AND p_missing ~ '\S')
        ELSE false
    END IS TRUE
    FROM articles_evidence WHERE desk_id = p_desk AND claim_id = p_claim AND withdrawn_at IS NULL
$$;

CREATE FUNCTION verdict_rests_on_enough() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    needed text;
BEGIN
    SELECT needs INTO needed FROM articles_rating WHERE desk_id = NEW.desk_id AND id = NEW.rating_id;
    IF NOT rests_on_enough(NEW.desk_id, NEW.claim_id, needed, NEW.searched, NEW.missing) THEN
        RAISE EXCEPTION 'The evidence does not carry this verdict; it needs: %.', needed
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'verdict_rests_on_enough';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER verdict_rests_on_enough BEFORE INSERT ON articles_verdict
    FOR EACH ROW EXECUTE FUNCTION verdict_rests_on_enough();

-- A decision is on the verdict that waits for one, not on one that was taken back or never handed on.
CREATE FUNCTION review_is_of_what_waits() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_verdict v
        JOIN articles_claim c ON c.desk_id = v.desk_id AND c.id = v.claim_id AND c.verdict_id = v.id
        WHERE v.desk_id = NEW.desk_id AND v.id = NEW.verdict_id AND c.status = 'in_review'
    ) THEN
        RAISE EXCEPTION 'This verdict does not wait for review.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'review_is_of_what_waits';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER review_is_of_what_waits BEFORE INSERT ON articles_review
    FOR EACH ROW EXECUTE FUNCTION review_is_of_what_waits();

-- SHA-256 (hexadecimal) of all that an approval covers: the claim's text, its occurrences, the evidence with its
-- sources, and the verdict with the version of its scale. An occurrence is the highlight that a person made and the
-- words that stand there now; so it is the same in a later version that repeats them, and another when they differ.
CREATE FUNCTION claim_digest(p_desk uuid, p_claim uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_object(
        'format', 2,
        'text', c.text,
        'occurrences', (
            SELECT coalesce(jsonb_agg(jsonb_build_array(place.first, h.quote) ORDER BY place.first), '[]')
            FROM articles_highlight h, LATERAL (SELECT coalesce(h.first_id, h.id) AS first) AS place
            WHERE h.desk_id = c.desk_id AND h.claim_id = c.id AND h.removed_at IS NULL AND h.ended_in_id IS NULL),
        'evidence', (
            SELECT coalesce(jsonb_agg(jsonb_build_array(
                e.id, e.stance, e.quote, e.locator, e.kind, e.note,
                s.id, s.title, s.author, s.kind, s.url, s.published, s.accessed_on) ORDER BY e.id), '[]')
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

-- The same table as articles.models.claim.MOVES.
CREATE FUNCTION claim_moves() RETURNS trigger
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

CREATE TRIGGER claim_moves BEFORE INSERT OR UPDATE ON articles_claim
    FOR EACH ROW EXECUTE FUNCTION claim_moves();

-- Refuses to commit while an approved claim differs from what was approved. It holds the head of the desk's history,
-- as every transaction does that has its event: of two, of which one approves and the other changes what is approved,
-- the later one sees the earlier, even where it asks for this check before COMMIT. A lock on the claim, taken so late,
-- could only deadlock.
CREATE FUNCTION approval_holds(p_desk uuid, p_claim uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    claim record;
BEGIN
    PERFORM hold_history(p_desk);
    SELECT c.status, c.approved_digest, r.digest, v.rating_id, v.searched, v.missing INTO claim
    FROM articles_claim c
    LEFT JOIN articles_review r ON r.desk_id = c.desk_id AND r.id = c.review_id
    LEFT JOIN articles_verdict v ON v.desk_id = c.desk_id AND v.id = c.verdict_id
    WHERE c.desk_id = p_desk AND c.id = p_claim;
    IF claim.status = 'approved' AND (
        claim.approved_digest IS DISTINCT FROM claim.digest
        OR claim.approved_digest IS DISTINCT FROM claim_digest(p_desk, p_claim)
        OR NOT rests_on_enough(p_desk, p_claim,
            (SELECT needs FROM articles_rating WHERE desk_id = p_desk AND id = claim.rating_id),
            claim.searched, claim.missing)
    ) THEN
        RAISE EXCEPTION 'Claim % differs from what was approved; it has to be reopened.', p_claim
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'approval_holds';
    END IF;
END $$;

CREATE FUNCTION approval_holds_for_claim() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM approval_holds(NEW.desk_id, NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION approval_holds_for_part() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.claim_id IS NOT NULL THEN
        PERFORM approval_holds(NEW.desk_id, NEW.claim_id);
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.claim_id IS NOT NULL AND OLD.claim_id IS DISTINCT FROM NEW.claim_id THEN
        PERFORM approval_holds(OLD.desk_id, OLD.claim_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION approval_holds_for_source() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM approval_holds(NEW.desk_id, cited.claim_id) FROM (
        SELECT DISTINCT claim_id FROM articles_evidence
        WHERE desk_id = NEW.desk_id AND source_id = NEW.id AND withdrawn_at IS NULL ORDER BY claim_id
    ) AS cited;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER approval_holds AFTER UPDATE ON articles_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status = 'approved') EXECUTE FUNCTION approval_holds_for_claim();
CREATE CONSTRAINT TRIGGER approval_holds AFTER INSERT OR UPDATE ON articles_highlight
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION approval_holds_for_part();
CREATE CONSTRAINT TRIGGER approval_holds AFTER INSERT OR UPDATE ON articles_evidence
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION approval_holds_for_part();
CREATE CONSTRAINT TRIGGER approval_holds AFTER UPDATE ON articles_source
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION approval_holds_for_source();
