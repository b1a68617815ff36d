-- Names of versions besides their numbers: aliases, which move, and tags, which stay.
create table version_name (
  dataset_id uuid        not null references dataset (id),
  project    text        not null,
  name       text        not null,
  kind       text        not null check (kind in ('alias', 'tag')),
  number     integer     not null,
  revision   integer     not null,
  moved_by   text        not null,
  moved_at   timestamptz not null,
  primary key (dataset_id, name)
);
create index version_name_number on version_name (dataset_id, number);

-- Where names pointed, and why they were moved; a missing number is no version.
create table version_name_move (
  id          bigint      generated always as identity primary key,
  dataset_id  uuid        not null references dataset (id),
  project     text        not null,
  name        text        not null,
  from_number integer,
  to_number   integer,
  moved_by    text        not null,
  moved_at    timestamptz not null,
  reason      text
);
create index version_name_move_page on version_name_move (dataset_id, name, id);
