-- The events, as append_event would have written them one after the other. "chained" goes on from the head of the desk's
-- history, whose hash it begins with.

INSERT INTO articles_auditevent
    (desk_id, number, at, actor_id, action, subject_kind, subject_id, data, request_id, canonical, hash)
SELECT seed.desk, place_in_chain, at, actor, action, kind, subject, data, NULL, words,
    pg_temp.chained(words) OVER (ORDER BY place_in_chain ROWS UNBOUNDED PRECEDING)
FROM seed, (
    SELECT placed.*, coalesce(told.rows, CASE WHEN set IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object(
        'table', 'articles_claim', 'id', placed.subject, 'set', set || jsonb_build_object('revision', 1 + row_number() OVER (
            PARTITION BY placed.subject, set IS NULL ORDER BY place_in_chain)))) END) AS changed
    FROM (
        SELECT h.*, p.id AS actor,
            seed.head + row_number() OVER (ORDER BY h.at, h.place, h.step, h.subject) AS place_in_chain
        FROM seed, happened h JOIN people p ON p.n = h.who
    ) AS placed LEFT JOIN told ON told.subject = placed.subject
) AS numbered, LATERAL (SELECT jsonb_build_object(
    'format', 2,
    'desk', seed.desk,
    'number', place_in_chain,
    'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', actor,
    'action', action,
    'subject_kind', kind,
    'subject', subject,
    'data', data,
    'request', NULL,
    'rows', changed
)::text AS words) AS said
ORDER BY place_in_chain;

UPDATE articles_chainhead SET number = last.number, hash = last.hash
FROM seed, LATERAL (
    SELECT number, hash FROM articles_auditevent WHERE desk_id = seed.desk ORDER BY number DESC LIMIT 1) AS last
WHERE articles_chainhead.desk_id = seed.desk;

-- Who was told: the finder of a verdict, of what became of it. All but what is newest was read.
INSERT INTO articles_notice (id, desk_id, person_id, claim_id, kind, number, claims, made_at, read_at)
SELECT pg_temp.made('notice', e.number, e.at), seed.desk, p.id, c.id, replace(e.action, 'claim.', ''), e.number, 1, e.at,
    CASE WHEN c.n < seed.claims * 0.98 THEN e.at + seed.step END
FROM seed, c JOIN people p ON p.n = c.author JOIN articles_auditevent e ON e.subject_id = c.id
WHERE e.desk_id = seed.desk AND e.action IN ('claim.approved', 'claim.reopened', 'claim.returned') AND e.actor_id <> p.id;
