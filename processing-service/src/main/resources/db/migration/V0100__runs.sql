-- Runs: one row each, from the request to its end.
create table run (
  id                  uuid        primary key,
  project             text        not null,
  name                text        not null,
  manifest            text        not null,
  requested_by        text        not null,
  notes               text        not null,
  created_at          timestamptz not null,
  deadline_at         timestamptz not null,
  state               text        not null,
  attempt             integer     not null,
  submission_id       text,
  submitted_at        timestamptz,
  started_at          timestamptz,
  finished_at         timestamptz,
  reason              text,
  message             text,
  log_tail            text,
  ended_by            text,
  input_version       text,
  output_dataset_id   uuid,
  output_version      text,
  output_key_prefix   text,
  output_manifest_key text,
  output_manifest_sha text,
  rows                bigint,
  files               bigint,
  bytes               bigint,
  cancel_requested_by text,
  waiting_for         text,
  release_pending     boolean     not null default false,
  failed_checks       integer     not null default 0,
  next_check_at       timestamptz,
  lease_owner         uuid,
  lease_until         timestamptz
);
create index run_by_project on run (project, created_at desc, id desc);
-- The watcher's work list: ended runs leave it.
create index run_due on run (next_check_at) where next_check_at is not null;

-- Tries of a run; the token lets exactly this job read its specification.
create table run_attempt (
  submission_id text        primary key,
  run_id        uuid        not null references run (id) on delete cascade,
  number        integer     not null,
  token_hash    text        not null,
  -- the token itself, only until Ray has the job
  pending_token text,
  outcome       text,
  created_at    timestamptz not null,
  ended_at      timestamptz,
  unique (run_id, number)
);

-- The files a run reads, as the catalog's manifest named them when the run was accepted.
create table run_input (
  run_id uuid primary key references run (id) on delete cascade,
  files  text not null
);
