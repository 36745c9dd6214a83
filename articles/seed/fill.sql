-- Fills a desk with made-up work. Everything follows from the number of claims and the seed; nothing is left to chance.
--
-- Each row begins as a copy of one that the actions made, a pattern, so that columns which mean nothing here are as in
-- real work. Triggers of the app are off meanwhile; CHECK, UNIQUE and foreign keys hold as ever, and what the triggers
-- would ask for is brought along: an event for each change in the name of who made it, digests of what was approved, a
-- chain of hashes without a gap. The table "seed" (one row) and the table "people" (n from 0) are there already.

CREATE FUNCTION pg_temp.made(kind text, n bigint, at timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')
        || '7' || substr(h, 1, 3) || '8' || substr(h, 4, 15))::uuid
    FROM md5(current_setting('seed.desk') || kind || n) AS h
$$;
CREATE FUNCTION pg_temp.chance(kind text, n bigint, sides int) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT (abs(hashtextextended(current_setting('seed.number') || kind, n) % sides))::int
$$;

-- What there is: sources, articles of thirty claims, claims with what became of each.

CREATE TEMP TABLE a ON COMMIT DROP AS
SELECT n, at, pg_temp.made('article', n, at) AS id, pg_temp.made('version', n, at) AS version,
    pg_temp.made('original', n, at) AS original, pg_temp.chance('added', n, seed.people) AS who,
    format('Report %s from ward %s', n, pg_temp.chance('ward', n, 90) + 1) AS headline
FROM seed, generate_series(1, (seed.claims + 29) / 30) AS n,
    LATERAL (SELECT seed.began + ((n - 1) * 30) * seed.step AS at) AS moment;

CREATE TEMP TABLE s ON COMMIT DROP AS
SELECT n, at, pg_temp.made('source', n, at) AS id, pg_temp.chance('cited', n, seed.people) AS who,
    format('Log %s of the water board', n) AS title
FROM seed, generate_series(1, greatest(1, seed.claims / 5)) AS n,
    LATERAL (SELECT seed.began + ((n - 1) * 5) * seed.step AS at) AS moment;

CREATE TEMP TABLE c ON COMMIT DROP AS
SELECT n, at, pg_temp.made('claim', n, at) AS id, pg_temp.made('highlight', n, at) AS highlight,
    pg_temp.made('verdict', n, at) AS verdict, pg_temp.made('review', n, at) AS review, (n - 1) / 30 + 1 AS article,
    format('In week %s the crew of pier %s counted %s boats.', n, pg_temp.chance('pier', n, 40) + 1,
        pg_temp.chance('boats', n, 900) + 3) AS text,
    status, status IN ('in_review', 'returned', 'reopened', 'approved') AS has_verdict,
    status IN ('returned', 'reopened', 'approved') AS has_review,
    maker, CASE WHEN status = 'open' AND pg_temp.chance('free', n, 2) = 0 THEN NULL ELSE owner END AS owner,
    CASE WHEN pg_temp.chance('lent', n, 10) = 0 THEN maker ELSE owner END AS author,
    CASE WHEN status NOT IN ('approved', 'set_aside') AND pg_temp.chance('due', n, 10) < 3
        THEN seed.today - 15 + pg_temp.chance('day', n, 90) END AS due,
    CASE pg_temp.chance('priority', n, 20) WHEN 0 THEN 1 WHEN 1 THEN 1 WHEN 2 THEN 3 ELSE 2 END AS priority
FROM seed, generate_series(1, seed.claims) AS n,
    LATERAL (SELECT seed.began + (n - 1) * seed.step AS at,
        pg_temp.chance('maker', n, seed.people) AS maker, pg_temp.chance('owner', n, seed.people) AS owner,
        (ARRAY['open', 'open', 'open', 'open', 'open', 'checking', 'checking', 'checking', 'in_review', 'in_review',
            'returned', 'reopened', 'approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'approved',
            'set_aside'])[((n * 7 + seed.number) % 20) + 1] AS status) AS drawn;
ALTER TABLE c ADD COLUMN reviewer int;
UPDATE c SET reviewer = (author + 1) % seed.people FROM seed;
CREATE UNIQUE INDEX ON c (n);
CREATE UNIQUE INDEX ON a (n);
CREATE UNIQUE INDEX ON s (n);

CREATE TEMP TABLE e ON COMMIT DROP AS
SELECT n * 4 + k AS n, n AS claim, k, at, pg_temp.made('evidence', n * 4 + k, at) AS id,
    pg_temp.chance('leaf', n * 4 + k, (SELECT count(*)::int FROM s)) + 1 AS source
FROM (SELECT c.n, k, c.at + (10 + k) * seed.step * 0.001 AS at FROM seed, c, generate_series(0, 3) AS k
    WHERE c.status <> 'open') AS cited;

-- Of every tenth claim somebody asks the one who has it, or the next.
CREATE TEMP TABLE q ON COMMIT DROP AS
SELECT c.n, c.at + seed.step * 0.5 AS at, c.maker AS who, pg_temp.made('query', c.n, c.at) AS id,
    (c.maker + 1 + pg_temp.chance('asked', c.n, seed.people - 1)) % seed.people AS colleague
FROM seed, c WHERE c.n % 10 = 0;

-- Rows.

INSERT INTO articles_original
SELECT r.* FROM seed, a JOIN people p ON p.n = a.who,
    LATERAL (SELECT convert_to(a.headline, 'UTF8') AS content) AS b,
    LATERAL jsonb_populate_record(seed.original, jsonb_build_object(
        'id', a.original, 'content', b.content, 'size', octet_length(b.content),
        'sha256', encode(sha256(b.content), 'hex'), 'name', 'report-' || a.n || '.txt', 'kept_by_id', p.id,
        'kept_at', a.at)) AS r;

INSERT INTO articles_article
SELECT r.* FROM seed, a JOIN people p ON p.n = a.who,
    LATERAL jsonb_populate_record(seed.article, jsonb_build_object(
        'id', a.id, 'headline', a.headline, 'added_by_id', p.id, 'added_at', a.at)) AS r;

-- A highlight is the sentence of its claim; a blank line stands between two blocks.
CREATE TEMP TABLE t ON COMMIT DROP AS
SELECT c.n, c.article, char_length(a.headline) + 2 + coalesce(sum(char_length(c.text) + 2) OVER (
        PARTITION BY c.article ORDER BY c.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS start
FROM c JOIN a ON a.n = c.article;

INSERT INTO articles_articleversion
SELECT r.* FROM seed, a JOIN people p ON p.n = a.who,
    LATERAL (SELECT a.headline || E'\n\n' || string_agg(c.text, E'\n\n' ORDER BY c.n) AS text, count(*)::int AS blocks
        FROM c WHERE c.article = a.n) AS b,
    LATERAL jsonb_populate_record(seed.version, jsonb_build_object(
        'id', a.version, 'article_id', a.id, 'original_id', a.original, 'text', b.text,
        'text_sha256', encode(sha256(convert_to(b.text, 'UTF8')), 'hex'),
        'kinds', to_jsonb(ARRAY['headline'] || array_fill('paragraph'::text, ARRAY[b.blocks])),
        'taken_by_id', p.id, 'taken_at', a.at)) AS r;

INSERT INTO articles_source
SELECT r.* FROM seed, s JOIN people p ON p.n = s.who,
    LATERAL jsonb_populate_record(seed.source, jsonb_build_object(
        'id', s.id, 'title', s.title, 'made_by_id', p.id, 'made_at', s.at)) AS r;

-- What happened: one line for each event, in the order in which it was.

CREATE TEMP TABLE happened (
    at timestamptz, place bigint, step int, who int, action text, kind text, subject uuid, data jsonb,
    set jsonb -- the columns of the claim that change with it
) ON COMMIT DROP;

INSERT INTO happened
SELECT a.at, a.n, told.step, a.who, action, kind, subject, data FROM seed, a, LATERAL (VALUES
    (-3, 'original.kept', 'original', a.original, jsonb_build_object('name', 'report-' || a.n || '.txt')),
    (-2, 'article.added', 'article', a.id, jsonb_build_object('headline', a.headline, 'outlet', seed.outlet,
        'method', 'paste')),
    (-1, 'version.taken', 'articleversion', a.version, jsonb_build_object('number', 1, 'article', a.id,
        'method', 'paste'))) AS told (step, action, kind, subject, data);

INSERT INTO happened
SELECT s.at, s.n, -4, s.who, 'source.added', 'source', s.id, jsonb_build_object('title', s.title) FROM s;

INSERT INTO happened
SELECT c.at, c.n, step, c.maker, action, kind, subject, data
FROM c JOIN t USING (n) JOIN a ON a.n = c.article, LATERAL (VALUES
    (0, 'highlight.marked', 'highlight', c.highlight, jsonb_build_object('version', a.version, 'start', t.start,
        'end', t.start + char_length(c.text), 'quote', c.text)),
    (1, 'claim.made', 'claim', c.id, jsonb_build_object('text', c.text, 'highlight', c.highlight))
) AS told (step, action, kind, subject, data);

-- What is planned of it, where anything is.
INSERT INTO happened
SELECT c.at + seed.step * 0.002, c.n, 2, c.maker, 'claim.edited', 'claim', c.id, jsonb_build_object(
    'before', jsonb_strip_nulls(jsonb_build_object(
        'priority', CASE WHEN c.priority <> 2 THEN 2 END, 'priority_reason', CASE WHEN c.priority <> 2 THEN '' END))
        || CASE WHEN p.id IS NOT NULL THEN '{"assignee": null}'::jsonb ELSE '{}' END
        || CASE WHEN c.due IS NOT NULL THEN '{"due": null}'::jsonb ELSE '{}' END,
    'after', jsonb_strip_nulls(jsonb_build_object(
        'assignee', CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'name', p.name) END,
        'priority', CASE WHEN c.priority <> 2 THEN c.priority END,
        'priority_reason', CASE WHEN c.priority <> 2 THEN 'As the editor asked.' END,
        'due', c.due))),
    jsonb_strip_nulls(jsonb_build_object('assignee_id', p.id, 'due', c.due,
        'priority', CASE WHEN c.priority <> 2 THEN c.priority END,
        'priority_reason', CASE WHEN c.priority <> 2 THEN 'As the editor asked.' END))
FROM seed, c LEFT JOIN people p ON p.n = c.owner
WHERE c.owner IS NOT NULL OR c.due IS NOT NULL OR c.priority <> 2;

INSERT INTO happened
SELECT e.at, e.claim, 10 + 2 * e.k, c.author, 'evidence.added', 'evidence', e.id, jsonb_build_object(
    'stance', 'supports', 'kind', 'primary', 'quote', 'Entry ' || e.n || '.', 'locator', '', 'note', '',
    'claim', jsonb_build_object('id', c.id, 'name', c.text), 'source', jsonb_build_object('id', s.id, 'name', s.title))
FROM e JOIN c ON c.n = e.claim JOIN s ON s.n = e.source;

INSERT INTO happened
SELECT q.at, q.n, 19, q.who, 'query.asked', 'query', q.id, jsonb_build_object(
    'addressee', 'colleague', 'colleague', jsonb_build_object('id', p.id, 'name', p.name),
    'question', (seed.query).question, 'asked_of', p.name, 'claim', jsonb_build_object('id', c.id, 'name', c.text))
FROM seed, q JOIN c USING (n) JOIN people p ON p.n = q.colleague;

-- Moves of the claim, each after the one before. The first piece of evidence begins the check.
INSERT INTO happened
SELECT c.at + seed.step * moment, c.n, told.step, told.who, action, kind, subject, data,
    set || jsonb_build_object('status_at', c.at + seed.step * moment)
FROM seed, c JOIN people p ON p.n = c.author, LATERAL (VALUES
    (0.010, 11, c.author, 'claim.started', 'claim', c.id, c.status <> 'open', jsonb_build_object(
        'before', '{"status": "open"}'::jsonb, 'after', '{"status": "checking"}'::jsonb, 'reason', '', 'automatic', true),
        '{"status": "checking"}'::jsonb),
    (20, 20, c.author, 'verdict.given', 'verdict', c.verdict, c.has_verdict, jsonb_build_object(
        'claim', jsonb_build_object('id', c.id, 'name', c.text), 'rating', seed.rating, 'rationale',
        'The logs agree.', 'searched', '', 'missing', ''), NULL),
    (20, 21, c.author, 'claim.handed_on', 'claim', c.id, c.has_verdict, jsonb_build_object(
        'before', '{"status": "checking", "verdict": null}'::jsonb, 'after', jsonb_build_object('status', 'in_review',
            'verdict', jsonb_build_object('id', c.verdict, 'name', 'Supported')), 'reason', '', 'automatic', true),
        jsonb_build_object('status', 'in_review', 'verdict_id', c.verdict, 'verdict_author_id', p.id)),
    (30, 30, c.reviewer, CASE c.status WHEN 'returned' THEN 'review.returned' ELSE 'review.approved' END, 'review',
        c.review, c.has_review, jsonb_build_object('claim', jsonb_build_object('id', c.id, 'name', c.text),
            'reason', CASE c.status WHEN 'returned' THEN 'Ask the crew, too.' ELSE '' END), NULL),
    (30, 31, c.reviewer, CASE c.status WHEN 'returned' THEN 'claim.returned' ELSE 'claim.approved' END, 'claim', c.id,
        c.has_review, jsonb_build_object('before', '{"status": "in_review"}'::jsonb, 'after', jsonb_build_object(
            'status', CASE c.status WHEN 'returned' THEN 'returned' ELSE 'approved' END,
            'review', jsonb_build_object('id', c.review)),
            'reason', CASE c.status WHEN 'returned' THEN 'Ask the crew, too.' ELSE '' END),
        jsonb_build_object('review_id', c.review)
            || CASE c.status WHEN 'returned' THEN '{"status": "returned", "status_reason": "Ask the crew, too."}'::jsonb
                ELSE '{"status": "approved"}' END),
    (40, 40, c.reviewer, 'claim.reopened', 'claim', c.id, c.status = 'reopened', jsonb_build_object(
        'before', '{"status": "approved"}'::jsonb, 'after', '{"status": "reopened"}'::jsonb,
        'reason', 'The board has corrected its log.'),
        '{"status": "reopened", "status_reason": "The board has corrected its log.", "approved_digest": ""}'),
    (40, 40, c.author, 'claim.set_aside', 'claim', c.id, c.status = 'set_aside', jsonb_build_object(
        'before', '{"status": "checking"}'::jsonb, 'after', '{"status": "set_aside"}'::jsonb,
        'reason', 'It is out of scope.'),
        '{"status": "set_aside", "status_reason": "It is out of scope.", "aside": "out_of_scope"}')
) AS told (moment, step, who, action, kind, subject, did, data, set) WHERE told.did;

-- The rest are summaries that were written again and again, until there are as many events as asked for.
CREATE TEMP TABLE missing ON COMMIT DROP AS
SELECT greatest(0, seed.events - seed.head - (SELECT count(*) FROM happened)) AS number FROM seed;
ALTER TABLE c ADD COLUMN summaries int;
UPDATE c SET summaries = missing.number / seed.claims + (c.n <= missing.number % seed.claims)::int FROM missing, seed;
INSERT INTO happened
SELECT c.at + seed.step * (0.003 + k * 0.00001), c.n, 3, c.maker, 'claim.edited', 'claim', c.id, jsonb_build_object(
    'before', jsonb_build_object('summary', CASE k WHEN 1 THEN '' ELSE 'Boats counted, draft ' || k - 1 END),
    'after', jsonb_build_object('summary', 'Boats counted, draft ' || k)),
    jsonb_build_object('summary', 'Boats counted, draft ' || k)
FROM seed, c, generate_series(1, c.summaries) AS k;

-- The claims as all of that left them. A claim refers to its verdict and the verdict to it, so they come in two steps.

CREATE TEMP TABLE changes ON COMMIT DROP AS
SELECT subject, count(*)::int AS number FROM happened WHERE kind = 'claim' AND action <> 'claim.made' GROUP BY subject;
CREATE UNIQUE INDEX ON changes (subject);

INSERT INTO articles_claim
SELECT r.* FROM seed, c JOIN people m ON m.n = c.maker LEFT JOIN people o ON o.n = c.owner
    LEFT JOIN changes ON changes.subject = c.id,
    LATERAL jsonb_populate_record(seed.claim, jsonb_build_object(
        'id', c.id, 'text', c.text,
        'summary', CASE WHEN c.summaries > 0 THEN 'Boats counted, draft ' || c.summaries ELSE '' END,
        'assignee_id', o.id, 'due', c.due, 'priority', c.priority,
        'priority_reason', CASE WHEN c.priority <> 2 THEN 'As the editor asked.' ELSE '' END,
        'status', CASE WHEN c.has_verdict THEN 'checking' ELSE c.status END,
        'status_reason', CASE c.status WHEN 'set_aside' THEN 'It is out of scope.' ELSE '' END,
        'aside', CASE c.status WHEN 'set_aside' THEN 'out_of_scope' ELSE '' END,
        'status_at', c.at + seed.step * CASE c.status WHEN 'open' THEN 0 WHEN 'checking' THEN 0.010
            WHEN 'in_review' THEN 20 WHEN 'reopened' THEN 40 WHEN 'set_aside' THEN 40 ELSE 30 END,
        'made_by_id', m.id, 'made_at', c.at, 'revision', 1 + coalesce(changes.number, 0))) AS r;

INSERT INTO articles_highlight
SELECT r.* FROM seed, c JOIN t USING (n) JOIN a ON a.n = c.article JOIN people m ON m.n = c.maker,
    LATERAL jsonb_populate_record(seed.highlight, jsonb_build_object(
        'id', c.highlight, 'version_id', a.version, 'start', t.start, 'end', t.start + char_length(c.text),
        'quote', c.text, 'claim_id', c.id, 'made_by_id', m.id, 'made_at', c.at)) AS r;

INSERT INTO articles_evidence
SELECT r.* FROM seed, e JOIN c ON c.n = e.claim JOIN s ON s.n = e.source JOIN people p ON p.n = c.author,
    LATERAL jsonb_populate_record(seed.evidence, jsonb_build_object(
        'id', e.id, 'claim_id', c.id, 'source_id', s.id, 'quote', 'Entry ' || e.n || '.', 'made_by_id', p.id,
        'made_at', e.at)) AS r;

INSERT INTO articles_query
SELECT r.* FROM seed, q JOIN c USING (n) JOIN people p ON p.n = q.who JOIN people o ON o.n = q.colleague,
    LATERAL jsonb_populate_record(seed.query, jsonb_build_object(
        'id', q.id, 'claim_id', c.id, 'colleague_id', o.id, 'asked_by_id', p.id, 'asked_at', q.at, 'status_by_id', p.id,
        'status_at', q.at)) AS r;

INSERT INTO articles_verdict
SELECT r.* FROM seed, c JOIN people p ON p.n = c.author,
    LATERAL jsonb_populate_record(seed.verdict, jsonb_build_object(
        'id', c.verdict, 'claim_id', c.id, 'author_id', p.id, 'rationale', 'The logs agree.',
        'given_at', c.at + seed.step * 20)) AS r
WHERE c.has_verdict;

UPDATE articles_claim SET verdict_id = c.verdict, verdict_author_id = p.id, status = CASE c.status
    WHEN 'in_review' THEN 'in_review' ELSE articles_claim.status END
FROM seed, c JOIN people p ON p.n = c.author
WHERE c.has_verdict AND articles_claim.desk_id = seed.desk AND articles_claim.id = c.id;

INSERT INTO articles_review
SELECT r.* FROM seed, c JOIN people p ON p.n = c.author JOIN people q ON q.n = c.reviewer,
    LATERAL jsonb_populate_record(seed.review, jsonb_build_object(
        'id', c.review, 'verdict_id', c.verdict, 'verdict_author_id', p.id, 'reviewer_id', q.id,
        'decision', CASE c.status WHEN 'returned' THEN 'return' ELSE 'approve' END,
        'reason', CASE c.status WHEN 'returned' THEN 'Ask the crew, too.' ELSE '' END,
        'digest', claim_digest(seed.desk, c.id), 'decided_at', c.at + seed.step * 30)) AS r
WHERE c.has_review;

UPDATE articles_claim SET review_id = r.id, status = c.status,
    approved_digest = CASE c.status WHEN 'approved' THEN r.digest ELSE '' END,
    status_reason = CASE c.status WHEN 'returned' THEN 'Ask the crew, too.'
        WHEN 'reopened' THEN 'The board has corrected its log.' ELSE '' END
FROM seed, c, articles_review r
WHERE c.has_review AND articles_claim.desk_id = seed.desk AND articles_claim.id = c.id
    AND r.desk_id = seed.desk AND r.id = c.review;

UPDATE happened SET data = happened.data || jsonb_build_object('digest', r.digest)
FROM seed, articles_review r WHERE happened.kind = 'review' AND r.desk_id = seed.desk AND r.id = happened.subject;
UPDATE happened SET data = jsonb_set(happened.data, '{after,approved_digest}', to_jsonb(r.digest)),
    set = set || jsonb_build_object('approved_digest', r.digest)
FROM seed, c, articles_review r
WHERE happened.action = 'claim.approved' AND c.id = happened.subject AND r.desk_id = seed.desk AND r.id = c.review;

-- Every row is told by the event with which it came. A claim comes with its highlight, as it was then.

CREATE TEMP TABLE told ON COMMIT DROP AS
SELECT h.id AS subject, jsonb_build_array(
    jsonb_build_object('table', 'articles_claim', 'id', k.id, 'set', to_jsonb(k) || jsonb_build_object(
        'summary', '', 'assignee_id', NULL, 'due', NULL, 'priority', 2, 'priority_reason', '', 'status', 'open',
        'status_reason', '', 'status_at', k.made_at, 'verdict_id', NULL, 'verdict_author_id', NULL, 'review_id', NULL,
        'approved_digest', '', 'revision', 1)),
    jsonb_build_object('table', 'articles_highlight', 'id', h.id, 'set', to_jsonb(h))) AS rows
FROM seed, articles_highlight h JOIN articles_claim k ON k.desk_id = h.desk_id AND k.id = h.claim_id
WHERE h.desk_id = seed.desk;
INSERT INTO told
SELECT id, jsonb_build_array(jsonb_build_object('table', name, 'id', id, 'set', columns)) FROM (
    SELECT t.id, 'articles_original' AS name, to_jsonb(t) - 'content' AS columns
        FROM articles_original t, seed WHERE desk_id = seed.desk
    UNION ALL SELECT t.id, 'articles_article', to_jsonb(t) FROM articles_article t, seed WHERE desk_id = seed.desk
    UNION ALL SELECT t.id, 'articles_articleversion', to_jsonb(t)
        FROM articles_articleversion t, seed WHERE desk_id = seed.desk
    UNION ALL SELECT t.id, 'articles_source', to_jsonb(t) FROM articles_source t, seed WHERE desk_id = seed.desk
    UNION ALL SELECT t.id, 'articles_evidence', to_jsonb(t) FROM articles_evidence t, seed WHERE desk_id = seed.desk
    UNION ALL SELECT t.id, 'articles_verdict', to_jsonb(t) FROM articles_verdict t, seed WHERE desk_id = seed.desk
    UNION ALL SELECT t.id, 'articles_review', to_jsonb(t) FROM articles_review t, seed WHERE desk_id = seed.desk
    UNION ALL SELECT t.id, 'articles_query', to_jsonb(t) FROM articles_query t, seed WHERE desk_id = seed.desk
) AS made;
CREATE UNIQUE INDEX ON told (subject);
