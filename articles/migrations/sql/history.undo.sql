DROP FUNCTION done_in_own_name() CASCADE;
DROP FUNCTION desk_change_has_event() CASCADE;
DROP FUNCTION change_has_event() CASCADE;
DROP FUNCTION hold_history(uuid);
DROP FUNCTION append_event(uuid, uuid, text, text, uuid, jsonb, uuid);
DROP FUNCTION begin_history() CASCADE;
ALTER TABLE articles_auditevent DROP COLUMN tx;
