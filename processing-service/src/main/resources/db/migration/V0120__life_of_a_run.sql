-- What a run has beside its state.
alter table run
  add column progress            text,
  add column dry_run_rows        integer,
  add column priority            integer not null default 5,
  add column retry_at            timestamptz,
  add column cancel_requested_at timestamptz,
  add column recipe_digest       text,
  add column input_digest        text,
  add column reused_from         uuid,
  add column summary             text,
  -- what is left to do once it has ended
  add column stop_pending        boolean not null default false,
  add column log_pending         boolean not null default false,
  add column sweep_pending       boolean not null default false;
create index run_by_recipe on run (project, recipe_digest, input_digest, finished_at desc)
  where state = 'succeeded' and recipe_digest is not null;

-- The kept log of an attempt: its length as printed, and how much of its beginning was kept.
alter table run_attempt
  add column log_total   bigint,
  add column log_head    bigint,
  add column log_tail    bigint,
  add column log_next_at timestamptz;

-- What a dry run found; kept apart, since lists of runs do not show it.
create table run_sample (
  run_id  uuid primary key references run (id) on delete cascade,
  attempt integer not null,
  sample  text    not null
);

-- Room for drivers on Ray's head: a run needs a place before it is handed over.
create table run_place (
  number integer     primary key,
  run_id uuid        not null unique references run (id) on delete cascade,
  since  timestamptz not null
);
