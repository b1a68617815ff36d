-- Counts the facts of each stream, and by its row lock puts their transactions in order.
create table stream (
  name text primary key,
  last int  not null
);

-- What a use case commits together with its fact.
create table business_row (
  event_id     uuid primary key,
  stream       text        not null,
  seq          int         not null,
  committed_at timestamptz not null default now()
);

-- What a consumer does for each fact. Nothing here is unique: a second effect must show.
create table effect (
  id       bigint generated always as identity primary key,
  event_id uuid not null,
  stream   text not null,
  seq      int  not null
);
