DROP FUNCTION invitation_is_settled() CASCADE;
DROP FUNCTION invitation_within_own_role() CASCADE;
DROP TRIGGER removed_in_own_name ON articles_invitation;
DROP TRIGGER done_in_own_name ON articles_invitation;
DROP TRIGGER change_has_event ON articles_invitation;
DROP TRIGGER invitation_stays ON articles_invitation;
DROP TRIGGER revision_grows ON articles_invitation;
DROP TRIGGER is_permanent ON articles_invitation;
