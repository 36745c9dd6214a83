DROP FUNCTION change_has_event() CASCADE;
DROP FUNCTION append_event(uuid, uuid, text, text, uuid, jsonb, uuid);
DROP FUNCTION begin_history() CASCADE;
ALTER TABLE articles_auditevent DROP COLUMN tx;
