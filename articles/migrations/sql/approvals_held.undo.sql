DO $$
DECLARE
    one record;
    renewed text;
    told jsonb;
BEGIN
    FOR one IN SELECT * FROM held ORDER BY desk_id, id LOOP
        renewed := claim_digest(one.desk_id, one.id);
        CONTINUE WHEN renewed = one.digest;
        told := jsonb_build_object(
            'before', jsonb_build_object('digest', one.digest), 'after', jsonb_build_object('digest', renewed),
            'automatic', true);
        UPDATE articles_review SET digest = renewed WHERE desk_id = one.desk_id AND id = one.review_id;
        UPDATE articles_claim SET approved_digest = renewed, revision = revision + 1
            WHERE desk_id = one.desk_id AND id = one.id;
        PERFORM append_event(one.desk_id, NULL, 'claim.renewed', 'claim', one.id, told, NULL);
        PERFORM append_event(one.desk_id, NULL, 'review.renewed', 'review', one.review_id, told, NULL);
    END LOOP;
END $$;

SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE articles_review ENABLE TRIGGER is_permanent;
DROP TABLE held;
