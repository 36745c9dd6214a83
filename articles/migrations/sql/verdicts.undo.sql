DROP FUNCTION approval_holds_for_source() CASCADE;
DROP FUNCTION approval_holds_for_part() CASCADE;
DROP FUNCTION approval_holds_for_claim() CASCADE;
DROP FUNCTION approval_holds(uuid, uuid);
DROP FUNCTION claim_moves() CASCADE;
DROP FUNCTION claim_digest(uuid, uuid);
DROP FUNCTION review_is_of_what_waits() CASCADE;
DROP FUNCTION verdict_rests_on_enough() CASCADE;
DROP FUNCTION rests_on_enough(uuid, uuid, text, text, text);
ALTER TABLE articles_claim
    DROP CONSTRAINT claim_review_needs_verdict,
    DROP CONSTRAINT claim_has_review_of_its_verdict,
    DROP CONSTRAINT claim_has_verdict_of_its_own;
ALTER TABLE articles_review
    DROP CONSTRAINT review_names_the_author,
    DROP CONSTRAINT review_key_with_verdict;
ALTER TABLE articles_verdict
    DROP CONSTRAINT verdict_key_with_claim,
    DROP CONSTRAINT verdict_key_with_author;
