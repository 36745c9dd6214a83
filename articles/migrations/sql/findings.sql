-- What a verdict says besides, findings that two people make apart, and words that a second person suggests.

-- What is inserted without knowing of these columns is what it was before there were any.
ALTER TABLE articles_desk ALTER blind_reviews SET DEFAULT false;
ALTER TABLE articles_claim
    ALTER aside SET DEFAULT '',
    ALTER blind SET DEFAULT false;
ALTER TABLE articles_verdict
    ALTER as_of SET DEFAULT '',
    ALTER wording SET DEFAULT '',
    ALTER blind SET DEFAULT false;

-- Also covered are the date of which a verdict is true, the day of its recheck and the suggested wording (format 4). A
-- verdict without them has the digest that it had (format 3), so what was approved before stays approved.
CREATE OR REPLACE FUNCTION claim_digest(p_desk uuid, p_claim uuid) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_object(
        'format', CASE WHEN told.more = '[]' THEN 3 ELSE 4 END,
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
                v.id, v.author_id, scale.code, scale.version, r.code, v.rationale, v.searched, v.missing) || told.more
            FROM articles_verdict v
            JOIN articles_rating r ON r.desk_id = v.desk_id AND r.id = v.rating_id
            JOIN articles_ratingscale scale ON scale.desk_id = r.desk_id AND scale.id = r.scale_id
            WHERE v.desk_id = c.desk_id AND v.id = c.verdict_id)
    )::text, 'UTF8')), 'hex')
    FROM articles_claim c, LATERAL (
        SELECT coalesce((
            SELECT jsonb_build_array(v.as_of, v.recheck_on, v.wording) FROM articles_verdict v
            WHERE v.desk_id = c.desk_id AND v.id = c.verdict_id
                AND (v.as_of <> '' OR v.wording <> '' OR v.recheck_on IS NOT NULL)
        ), '[]') AS more
    ) AS told
    WHERE c.desk_id = p_desk AND c.id = p_claim
$$;

-- A second finding is made beside a blind one that waits for it, by someone else and in the same terms; else the two
-- could not be compared.
CREATE FUNCTION second_finding_is_anothers() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_verdict f
        JOIN articles_claim c ON c.desk_id = f.desk_id AND c.id = f.claim_id AND c.verdict_id = f.id
        JOIN articles_rating theirs ON theirs.desk_id = f.desk_id AND theirs.id = f.rating_id
        JOIN articles_rating own ON own.desk_id = f.desk_id AND own.id = NEW.rating_id AND own.scale_id = theirs.scale_id
        WHERE f.desk_id = NEW.desk_id AND f.id = NEW.second_of_id AND f.claim_id = NEW.claim_id
            AND f.blind AND f.author_id <> NEW.author_id AND c.status = 'in_review'
    ) THEN
        RAISE EXCEPTION 'A second finding is made beside a blind verdict in review, by someone else.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'second_finding_is_anothers';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER second_finding_is_anothers BEFORE INSERT ON articles_verdict
    FOR EACH ROW WHEN (NEW.second_of_id IS NOT NULL) EXECUTE FUNCTION second_finding_is_anothers();

-- Which of two findings stands is decided while the first waits for review, where they differ, and by nobody for their own.
CREATE FUNCTION resolution_is_of_a_difference() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_verdict f
        JOIN articles_verdict s ON s.desk_id = f.desk_id AND s.second_of_id = f.id AND s.rating_id <> f.rating_id
        JOIN articles_verdict standing ON standing.desk_id = f.desk_id AND standing.id = NEW.standing_id
            AND standing.claim_id = f.claim_id
        JOIN articles_claim c ON c.desk_id = f.desk_id AND c.id = f.claim_id AND c.verdict_id = f.id
        WHERE f.desk_id = NEW.desk_id AND f.id = NEW.verdict_id AND c.status = 'in_review' AND CASE NEW.stands
            WHEN 'first' THEN standing.id = f.id AND f.author_id <> NEW.resolved_by_id
            WHEN 'second' THEN standing.id = s.id AND s.author_id <> NEW.resolved_by_id
            ELSE standing.id NOT IN (f.id, s.id) AND standing.author_id = NEW.resolved_by_id
                AND standing.second_of_id IS NULL AND NOT standing.blind
        END
    ) THEN
        RAISE EXCEPTION 'There is no such difference to resolve, or it is for someone else to resolve it so.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'resolution_is_of_a_difference';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER resolution_is_of_a_difference BEFORE INSERT ON articles_resolution
    FOR EACH ROW EXECUTE FUNCTION resolution_is_of_a_difference();

-- What was found blind is approved once a second person has found the same, or it was resolved that it stands.
CREATE FUNCTION blind_finding_was_compared() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found articles_verdict;
BEGIN
    SELECT * INTO found FROM articles_verdict WHERE desk_id = NEW.desk_id AND id = NEW.verdict_id;
    IF (found.blind OR found.second_of_id IS NOT NULL) AND NOT EXISTS (
        SELECT FROM articles_verdict s
        WHERE s.desk_id = found.desk_id AND s.second_of_id = found.id AND s.rating_id = found.rating_id
    ) AND NOT EXISTS (
        SELECT FROM articles_resolution
        WHERE desk_id = found.desk_id AND standing_id = found.id AND verdict_id IN (found.id, found.second_of_id)
    ) THEN
        RAISE EXCEPTION 'A blind verdict is approved once a second person found the same, or a difference is resolved.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'blind_finding_was_compared';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER blind_finding_was_compared BEFORE INSERT ON articles_review
    FOR EACH ROW WHEN (NEW.decision = 'approve') EXECUTE FUNCTION blind_finding_was_compared();

-- Words are suggested for what stands in review and can be read: a blind verdict only after one that says the same.
CREATE FUNCTION suggestion_is_of_what_waits() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_verdict v
        JOIN articles_claim c ON c.desk_id = v.desk_id AND c.id = v.claim_id AND c.verdict_id = v.id
        WHERE v.desk_id = NEW.desk_id AND v.id = NEW.verdict_id AND c.status = 'in_review'
            AND NEW.before = CASE NEW.part WHEN 'text' THEN c.text ELSE v.rationale END
            AND (NOT v.blind OR EXISTS (
                SELECT FROM articles_verdict s
                WHERE s.desk_id = v.desk_id AND s.second_of_id = v.id AND s.rating_id = v.rating_id))
    ) THEN
        RAISE EXCEPTION 'These words do not stand in review.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'suggestion_is_of_what_waits';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER suggestion_is_of_what_waits BEFORE INSERT ON articles_suggestion
    FOR EACH ROW EXECUTE FUNCTION suggestion_is_of_what_waits();

CREATE FUNCTION suggestion_is_decided_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'A suggestion is decided once.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'suggestion_is_decided_once';
END $$;

CREATE TRIGGER suggestion_is_decided_once BEFORE UPDATE ON articles_suggestion
    FOR EACH ROW WHEN (OLD.decision <> '') EXECUTE FUNCTION suggestion_is_decided_once();

ALTER TABLE articles_suggestion
    ADD CONSTRAINT suggestion_names_the_author FOREIGN KEY (desk_id, verdict_id, verdict_author_id)
        REFERENCES articles_verdict (desk_id, id, author_id);

CREATE TRIGGER is_permanent BEFORE UPDATE OR DELETE ON articles_resolution
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER is_permanent BEFORE DELETE ON articles_suggestion
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_suggestion
    FOR EACH ROW EXECUTE FUNCTION revision_grows();
CREATE TRIGGER suggestion_stays BEFORE UPDATE ON articles_suggestion
    FOR EACH ROW EXECUTE FUNCTION changes_only('decision', 'decided_by_id', 'decided_at', 'reason', 'revision');
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_resolution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_suggestion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_resolution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('resolved_by_id');
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_suggestion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('suggested_by_id');
CREATE CONSTRAINT TRIGGER decided_in_own_name AFTER INSERT OR UPDATE OF decided_by_id ON articles_suggestion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('decided_by_id');

-- The same tables as articles.models.claim.MOVES and MOVES_BACK.
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
       AND (NEW.verdict_id, NEW.review_id) IS DISTINCT FROM (OLD.verdict_id, OLD.review_id)
       -- Of two findings that were made blind the second may have been chosen.
       AND NOT (NEW.status = 'in_review' AND NEW.review_id IS NULL AND EXISTS (
            SELECT FROM articles_resolution
            WHERE desk_id = NEW.desk_id AND verdict_id = OLD.verdict_id AND standing_id = NEW.verdict_id
                AND stands = 'second'
       )) THEN
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
