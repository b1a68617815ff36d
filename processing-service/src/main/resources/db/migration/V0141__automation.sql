-- Manifests with places for values; a change makes another number.
create table template (
  project    text        not null,
  name       text        not null,
  number     integer     not null,
  manifest   text        not null,
  parameters text        not null,
  created_by text        not null,
  created_at timestamptz not null,
  primary key (project, name, number)
);

-- What starts runs of templates: new versions, released versions, or the clock.
create table run_trigger (
  id              uuid        primary key,
  project         text        not null,
  name            text        not null,
  kind            text        not null,
  dataset         text        not null,
  cron            text        not null,
  zone            text        not null,
  template        text        not null,
  -- null takes the newest
  template_number integer,
  arguments       text        not null,
  paused          boolean     not null default false,
  created_by      text        not null,
  created_at      timestamptz not null,
  next_at         timestamptz,
  unique (project, name)
);
create index run_trigger_due on run_trigger (next_at) where next_at is not null;

-- What each trigger did, once for each occasion.
create table trigger_firing (
  id         bigint generated always as identity primary key,
  trigger_id uuid        not null references run_trigger (id) on delete cascade,
  -- a version, or the instant of a tick
  occasion   text        not null,
  outcome    text        not null,
  reason     text,
  run_id     uuid,
  at         timestamptz not null default now(),
  unique (trigger_id, occasion)
);
create index trigger_firing_newest on trigger_firing (trigger_id, id desc);

-- The triggers that led to a run, the oldest first, with commas between; outlives the triggers.
create table run_origin (
  run_id uuid primary key references run (id) on delete cascade,
  chain  text not null
);
