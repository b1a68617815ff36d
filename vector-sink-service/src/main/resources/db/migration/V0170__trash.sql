-- Recipes of datasets in the trash, and which versions were indexed: a dataset that comes back is
-- indexed again as it was.
create table trashed_recipe (
  dataset_id  uuid        primary key,
  project     text        not null,
  dataset     text        not null,
  model       text        not null,
  text_column text        not null,
  distance    text        not null,
  digest      text        not null,
  updated_by  text        not null,
  updated_at  timestamptz not null
);
create table trashed_indexing (
  dataset_id    uuid    not null,
  version       integer not null,
  project       text    not null,
  dataset       text    not null,
  model         text    not null,
  text_column   text    not null,
  distance      text    not null,
  recipe_digest text    not null,
  primary key (dataset_id, version)
);
