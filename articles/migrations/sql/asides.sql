-- Claims that were set aside before their kind of reason was asked for. Nobody changes anything by this, so there is no
-- event; the triggers that ask for one are off meanwhile, which only the owner of the table can do.
ALTER TABLE articles_claim DISABLE TRIGGER USER;
UPDATE articles_claim SET aside = 'other' WHERE status = 'set_aside';
ALTER TABLE articles_claim ENABLE TRIGGER USER;
