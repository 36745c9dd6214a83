-- Sources that were double are one, evidence and copies go along with that and with nothing else, and a copy never changes.

CREATE CONSTRAINT TRIGGER removed_in_own_name AFTER INSERT OR UPDATE OF withdrawn_by_id ON articles_source
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('withdrawn_by_id');

CREATE TRIGGER is_permanent BEFORE DELETE ON articles_snapshot
    FOR EACH ROW EXECUTE FUNCTION is_permanent();
CREATE TRIGGER revision_grows BEFORE UPDATE ON articles_snapshot
    FOR EACH ROW EXECUTE FUNCTION revision_grows();
CREATE CONSTRAINT TRIGGER change_has_event AFTER INSERT OR UPDATE ON articles_snapshot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_has_event();
CREATE CONSTRAINT TRIGGER done_in_own_name AFTER INSERT ON articles_snapshot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION done_in_own_name('kept_by_id');

-- Not changes_only: it would take a text of megabytes apart.
CREATE FUNCTION snapshot_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.means, NEW.outcome, NEW.original_id, NEW.filename, NEW.media_type, NEW.text, NEW.unreadable)
        IS DISTINCT FROM
       (OLD.means, OLD.outcome, OLD.original_id, OLD.filename, OLD.media_type, OLD.text, OLD.unreadable)
        OR (NEW.asked, NEW.reached, NEW.failure, NEW.compared_with_id, NEW.kept_by_id, NEW.kept_at)
        IS DISTINCT FROM (OLD.asked, OLD.reached, OLD.failure, OLD.compared_with_id, OLD.kept_by_id, OLD.kept_at)
    THEN
        RAISE EXCEPTION 'A copy never changes.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'snapshot_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER snapshot_stays BEFORE UPDATE ON articles_snapshot
    FOR EACH ROW EXECUTE FUNCTION snapshot_stays();

-- A page is compared with a copy of the same page, as it was kept before.
CREATE FUNCTION snapshot_is_compared_with_its_own() RETURNS trigger
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

CREATE TRIGGER snapshot_is_compared_with_its_own BEFORE INSERT ON articles_snapshot
    FOR EACH ROW WHEN (NEW.compared_with_id IS NOT NULL) EXECUTE FUNCTION snapshot_is_compared_with_its_own();

CREATE OR REPLACE TRIGGER evidence_stays BEFORE UPDATE ON articles_evidence
    FOR EACH ROW EXECUTE FUNCTION changes_only(
        'source_id', 'stance', 'quote', 'locator_kind', 'locator', 'kind', 'note', 'withdrawn_at', 'withdrawn_by_id',
        'revision');

-- One goes along when its source becomes part of another, or back when that is taken back.
CREATE FUNCTION goes_with_its_source() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM articles_source
        WHERE desk_id = NEW.desk_id AND (id, merged_into_id) IN ((OLD.source_id, NEW.source_id), (NEW.source_id, OLD.source_id))
    ) THEN
        RAISE EXCEPTION 'A row of % keeps its source, unless two sources become one.', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'goes_with_its_source';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER goes_with_its_source BEFORE UPDATE ON articles_evidence
    FOR EACH ROW WHEN (NEW.source_id <> OLD.source_id) EXECUTE FUNCTION goes_with_its_source();
CREATE TRIGGER goes_with_its_source BEFORE UPDATE ON articles_snapshot
    FOR EACH ROW WHEN (NEW.source_id <> OLD.source_id) EXECUTE FUNCTION goes_with_its_source();

CREATE FUNCTION evidence_from_usable_source() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM articles_source WHERE desk_id = NEW.desk_id AND id = NEW.source_id AND withdrawn_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'This source was withdrawn.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'evidence_from_usable_source';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER evidence_from_usable_source BEFORE INSERT ON articles_evidence
    FOR EACH ROW EXECUTE FUNCTION evidence_from_usable_source();

-- A source becomes part of one that stands by itself; so the ways lead on and never round. Neither is withdrawn: what
-- rests on a forged work would carry a verdict again.
CREATE FUNCTION source_merged_into_standing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.withdrawn_at IS NOT NULL OR EXISTS (
        SELECT FROM articles_source
        WHERE desk_id = NEW.desk_id AND id = NEW.merged_into_id
            AND (merged_into_id IS NOT NULL OR withdrawn_at IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'One of the two sources is withdrawn, or the other is part of a third one.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'source_merged_into_standing';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER source_merged_into_standing BEFORE INSERT OR UPDATE OF merged_into_id, withdrawn_at ON articles_source
    FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION source_merged_into_standing();

-- On COMMIT nothing is left with a source that is part of another. It holds the head of the desk's history, so that of
-- two transactions, of which one merges and the other cites, the later sees the earlier.
CREATE FUNCTION merged_source_is_empty(p_desk uuid, p_source uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM hold_history(p_desk);
    IF EXISTS (
        SELECT FROM articles_source s WHERE s.desk_id = p_desk AND s.id = p_source AND s.merged_into_id IS NOT NULL AND (
            EXISTS (SELECT FROM articles_evidence e WHERE e.desk_id = p_desk AND e.source_id = p_source)
            OR EXISTS (SELECT FROM articles_snapshot c WHERE c.desk_id = p_desk AND c.source_id = p_source)
            OR EXISTS (SELECT FROM articles_source other
                WHERE other.desk_id = p_desk AND other.id = s.merged_into_id AND other.merged_into_id = p_source))
    ) THEN
        RAISE EXCEPTION 'Source % is part of another one, and nothing can rest on it.', p_source
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'merged_source_is_empty';
    END IF;
END $$;

CREATE FUNCTION merged_source_is_empty_itself() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM merged_source_is_empty(NEW.desk_id, NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION merged_source_is_empty_of_it() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM merged_source_is_empty(NEW.desk_id, NEW.source_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER merged_source_is_empty AFTER INSERT OR UPDATE OF merged_into_id ON articles_source
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION merged_source_is_empty_itself();
CREATE CONSTRAINT TRIGGER merged_source_is_empty AFTER INSERT OR UPDATE OF source_id ON articles_evidence
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION merged_source_is_empty_of_it();
CREATE CONSTRAINT TRIGGER merged_source_is_empty AFTER INSERT OR UPDATE OF source_id ON articles_snapshot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION merged_source_is_empty_of_it();

-- As before, but that evidence from a withdrawn source carries nothing.
CREATE OR REPLACE FUNCTION rests_on_enough(p_desk uuid, p_claim uuid, p_needs text, p_searched text, p_missing text)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE p_needs
        WHEN 'evidence' THEN count(*) > 0
        WHEN 'both_sides' THEN bool_or(e.stance = 'supports') AND bool_or(e.stance = 'refutes')
        WHEN 'search' THEN p_searched ~ '\S' AND p_missing ~ '\S'
        WHEN 'either' THEN count(*) > 0 OR (p_searched ~ '\S' AND p_missing ~ '\S')
        ELSE false
    END IS TRUE
    FROM articles_evidence e JOIN articles_source s ON s.desk_id = e.desk_id AND s.id = e.source_id
    WHERE e.desk_id = p_desk AND e.claim_id = p_claim AND e.withdrawn_at IS NULL AND s.withdrawn_at IS NULL
$$;

-- As before, with all that is said of a source, and with whether it was withdrawn. Copies are not covered: one more adds
-- to what can be looked up later, and takes nothing from what was agreed with.
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
