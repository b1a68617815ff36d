-- Destinations that a run's version is brought to, one row each, from the seal of the version.
create table delivery (
  id            uuid        primary key,
  run_id        uuid        not null references run (id) on delete cascade,
  -- place in the manifest's list
  position      integer     not null,
  project       text        not null,
  kind          text        not null,
  url           text        not null,
  secret_ref    text,
  dataset_id    uuid        not null,
  dataset       text        not null,
  version       text        not null,
  state         text        not null default 'pending',
  files         bigint      not null default 0,
  files_total   bigint,
  bytes         bigint      not null default 0,
  bytes_total   bigint,
  reason_code   text,
  reason        text,
  -- since it was asked for, or asked for again
  tries         integer     not null default 0,
  -- counts who worked on it: what an older one writes is void
  claim         integer     not null default 0,
  claimed_until timestamptz,
  next_at       timestamptz not null default now(),
  traceparent   text        not null default '',
  created_at    timestamptz not null default now(),
  ended_at      timestamptz,
  unique (run_id, position)
);
create index delivery_due on delivery (next_at) where state = 'pending';
