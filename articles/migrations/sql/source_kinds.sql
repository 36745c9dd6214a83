-- Kinds of sources become the types of the Citation Style Language, each by an event of the system. The others are
-- called the same there.

DO $$
DECLARE
    types CONSTANT jsonb := '{"news": "article-newspaper", "image": "graphic", "other": "document"}';
    one record;
BEGIN
    FOR one IN
        SELECT desk_id, id, kind, types ->> kind AS becomes FROM articles_source WHERE types ? kind ORDER BY desk_id, id
    LOOP
        UPDATE articles_source SET kind = one.becomes, revision = revision + 1
            WHERE desk_id = one.desk_id AND id = one.id;
        PERFORM append_event(one.desk_id, NULL, 'source.edited', 'source', one.id, jsonb_build_object(
            'before', jsonb_build_object('kind', one.kind), 'after', jsonb_build_object('kind', one.becomes),
            'automatic', true), NULL);
    END LOOP;
END $$;
