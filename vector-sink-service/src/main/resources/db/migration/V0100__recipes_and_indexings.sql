-- How the rows of a dataset become vectors.
create table recipe (
  dataset_id  uuid        primary key,
  project     text        not null,
  dataset     text        not null,
  model       text        not null,
  text_column text        not null,
  distance    text        not null,
  digest      text        not null,
  updated_by  text        not null,
  updated_at  timestamptz not null,
  unique (project, dataset)
);

-- One version on its way into the index. The recipe is the one that counted when it was asked for.
create table indexing (
  id            uuid        primary key,
  project       text        not null,
  dataset_id    uuid        not null,
  dataset       text        not null,
  version       integer     not null,
  model         text        not null,
  text_column   text        not null,
  distance      text        not null,
  recipe_digest text        not null,
  state         text        not null check (state in ('pending', 'indexing', 'indexed', 'failed')),
  reason        text,
  row_count     bigint      not null default 0,
  point_count   bigint      not null default 0,
  next_file     integer     not null default 0,
  next_row      bigint      not null default 0,
  generation    integer     not null default 1,
  attempts      integer     not null default 0,
  not_before    timestamptz not null default now(),
  requested_at  timestamptz not null default now(),
  indexed_at    timestamptz,
  unique (dataset_id, version)
);
create index indexing_of_dataset on indexing (project, dataset, version);
create index indexing_open on indexing (not_before) where state in ('pending', 'indexing');

-- Points that have to leave: of a version under a recipe, or all of a dataset.
create table removal (
  id            bigint generated always as identity primary key,
  project       text        not null,
  dataset_id    uuid        not null,
  dataset       text        not null,
  recipe_digest text,
  version       integer,
  attempts      integer     not null default 0,
  not_before    timestamptz not null default now(),
  requested_at  timestamptz not null default now()
);
create index removal_open on removal (not_before);

-- Which replica works on a dataset; whoever finds it expired may take it over.
create table dataset_lease (
  dataset_id uuid        primary key,
  holder     text        not null,
  expires_at timestamptz not null
);
