-- Facts that were committed and wait to be said; rows leave as soon as the broker has them.
create table outbox_event (
  id          bigint generated always as identity primary key,
  event_id    uuid        not null unique,
  topic       text        not null,
  key         text        not null,
  type        text        not null,
  subject     text        not null,
  project     text        not null,
  payload     text        not null,
  traceparent text,
  occurred_at timestamptz not null
);

-- Events whose effect is committed, for each consumer.
create table inbox_event (
  consumer     text        not null,
  event_id     uuid        not null,
  processed_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index inbox_event_processed_at on inbox_event (processed_at);

-- Answers of creating requests, kept so that a repeated request gets the same one.
create table idempotency_key (
  caller       text        not null,
  operation    text        not null,
  key          text        not null,
  request_hash text        not null,
  response     text        not null,
  created_at   timestamptz not null default now(),
  primary key (caller, operation, key)
);
create index idempotency_key_created_at on idempotency_key (created_at);

-- This service's copy of who has which role in a project; the catalog owns the truth. An empty role
-- says that the user was a member and is none any more.
create table project_member (
  project    text        not null,
  user_name  text        not null,
  role       text        not null,
  changed_at timestamptz not null,
  primary key (project, user_name)
);
