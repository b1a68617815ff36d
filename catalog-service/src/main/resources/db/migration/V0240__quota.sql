-- How many bytes a project may hold by its owners' word; the settings are a limit to that.
create table project_quota (
  project text        primary key references project (name),
  bytes   bigint      not null check (bytes >= 0),
  set_by  text        not null,
  set_at  timestamptz not null
);
