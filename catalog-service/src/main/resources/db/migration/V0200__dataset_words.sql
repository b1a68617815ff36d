-- What people write about a dataset, and how it is found by its words.
alter table dataset add column licence text;
alter table dataset add column changed_at timestamptz;
update dataset set changed_at = created_at;
alter table dataset alter column changed_at set not null;
alter table dataset add column card text not null default '';
alter table dataset add column card_revision integer not null default 0;

-- Letters fold as Unicode says, whatever the database's locale. Words as they are written and, of texts, their English stems; the beginning of a long card only,
-- so that no vector grows beyond what PostgreSQL takes.
create function dataset_words(
  name text, display_name text, description text, tags text[], card text)
returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('simple', name), 'A')
    || setweight(to_tsvector('simple', shown), 'B') || setweight(to_tsvector('english', shown), 'B')
    || setweight(to_tsvector('simple', said), 'C') || setweight(to_tsvector('english', said), 'C')
    || setweight(to_tsvector('simple', told), 'D') || setweight(to_tsvector('english', told), 'D')
  from (select
    lower((display_name || ' ' || array_to_string(tags, ' ')) collate "pg_c_utf8") as shown,
    lower(coalesce(description, '') collate "pg_c_utf8") as said,
    lower(left(card, 65536) collate "pg_c_utf8") as told) texts
$$;
alter table dataset add column words tsvector not null
  generated always as (dataset_words(name, display_name, description, tags, card)) stored;

create index dataset_words on dataset using gin (words) where deleted_at is null;
create index dataset_tags on dataset using gin (tags) where deleted_at is null;
create index dataset_created on dataset (project, created_at, name) where deleted_at is null;
create index dataset_changed on dataset (project, changed_at, name) where deleted_at is null;
create index dataset_shown on dataset (project, (lower(display_name collate "pg_c_utf8")), name)
  where deleted_at is null;
