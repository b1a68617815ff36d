create table effect (
  id       bigint generated always as identity primary key,
  event_id uuid not null,
  project  text not null,
  name     text not null
);
create table note (id bigint primary key, text text);
