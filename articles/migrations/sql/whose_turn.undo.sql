ALTER TABLE articles_lastlook DROP CONSTRAINT look_of_member;
ALTER TABLE articles_notice DROP CONSTRAINT notice_of_an_event;
DROP TRIGGER notice_stays ON articles_notice;
DROP TRIGGER is_permanent ON articles_notice;
DROP TRIGGER is_permanent ON articles_batch;
DROP TRIGGER change_has_event ON articles_batch;
DROP TRIGGER done_in_own_name ON articles_batch;
DROP TRIGGER claim_names_its_author ON articles_claim;
DROP FUNCTION claim_names_its_author();
