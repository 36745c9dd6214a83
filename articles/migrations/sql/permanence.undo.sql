DROP FUNCTION revision_grows() CASCADE;
DROP FUNCTION changes_only() CASCADE;
DROP FUNCTION is_permanent() CASCADE;
