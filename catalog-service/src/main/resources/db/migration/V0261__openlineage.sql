-- Whether an OpenLineage receiver is configured; without it nothing is kept for one.
create table openlineage_receiver (
  only_one boolean     primary key default true check (only_one),
  since    timestamptz not null default now()
);

-- Facts that the receiver is to be told, in their order; a row goes when it was.
create table openlineage_fact (
  id            bigint      generated always as identity primary key,
  project       text        not null,
  event_id      uuid        not null unique,
  type          text        not null,
  key           text        not null, -- facts of one key keep their order
  payload       text        not null,
  tries         integer     not null default 0,
  next_at       timestamptz not null default now(),
  claimed_until timestamptz
);
create index openlineage_fact_due on openlineage_fact (next_at, id);
create index openlineage_fact_order on openlineage_fact (key, id);

-- Written in the transaction of the change, whoever makes it; see ADR 13 for why a trigger.
create function openlineage_keep() returns trigger language plpgsql
set search_path from current as $$
begin
  insert into openlineage_fact (project, event_id, type, key, payload)
  select f.project, f.event_id, f.type, f.key, f.payload from facts f
  where f.type in ('dev.sluice.DraftOpened.v1', 'dev.sluice.VersionCreated.v1',
      'dev.sluice.DraftDropped.v1')
    and exists (select 1 from openlineage_receiver)
  order by f.id
  on conflict do nothing;
  return null;
end $$;
create trigger openlineage_keep after insert on outbox_event
  referencing new table as facts for each statement execute function openlineage_keep();
