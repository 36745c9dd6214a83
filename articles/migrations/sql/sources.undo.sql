CREATE OR REPLACE FUNCTION claim_digest(p_desk uuid, p_claim uuid) RETURNS text
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

CREATE OR REPLACE FUNCTION rests_on_enough(p_desk uuid, p_claim uuid, p_needs text, p_searched text, p_missing text)
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

DROP FUNCTION merged_source_is_empty_of_it() CASCADE;
DROP FUNCTION merged_source_is_empty_itself() CASCADE;
DROP FUNCTION merged_source_is_empty(uuid, uuid);
DROP FUNCTION source_merged_into_standing() CASCADE;
DROP FUNCTION evidence_from_usable_source() CASCADE;
DROP FUNCTION goes_with_its_source() CASCADE;
CREATE OR REPLACE TRIGGER evidence_stays BEFORE UPDATE ON articles_evidence
    FOR EACH ROW EXECUTE FUNCTION changes_only(
        'stance', 'quote', 'locator', 'kind', 'note', 'withdrawn_at', 'withdrawn_by_id', 'revision');
DROP FUNCTION snapshot_is_compared_with_its_own() CASCADE;
DROP FUNCTION snapshot_stays() CASCADE;
DROP TRIGGER done_in_own_name ON articles_snapshot;
DROP TRIGGER change_has_event ON articles_snapshot;
DROP TRIGGER revision_grows ON articles_snapshot;
DROP TRIGGER is_permanent ON articles_snapshot;
DROP TRIGGER removed_in_own_name ON articles_source;
