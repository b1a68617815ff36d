-- An object leaves in steps: held by files, doomed (none points at it, nobody is told of it any
-- more), removed (no file can point at it again, its bytes go), gone (its key is not used again).
alter table stored_object
  add column touched  timestamptz not null default now(), -- when somebody last began to use it
  add column state    text        not null default 'held'
             check (state in ('held', 'doomed', 'removed', 'gone')),
  add column state_at timestamptz not null default now();
create index stored_object_leaving on stored_object (project, state, object_key)
  where state <> 'held';

-- A leaf stays as long as another one is written as a difference from it.
create index manifest_node_base on manifest_node (project, base) where base is not null;

-- What garbage collections found.
create table garbage_collection (
  id           uuid        primary key,
  project      text        not null references project (name),
  dry_run      boolean     not null,
  state        text        not null check (state in ('running', 'done', 'failed')),
  requested_by text        not null,
  started_at   timestamptz not null,
  ended_at     timestamptz,
  reason       text,
  findings     text
);
create index garbage_collection_page on garbage_collection (project, started_at, id);
