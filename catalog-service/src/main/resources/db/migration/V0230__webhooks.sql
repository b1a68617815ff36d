-- Addresses outside that are told what happens in a project; no types means all.
create table webhook (
  id              uuid        primary key,
  project         text        not null references project (name),
  url             text        not null,
  description     text,
  types           text[]      not null,
  enabled         boolean     not null,
  disabled_reason text,
  failing_since   timestamptz,
  created_by      text        not null,
  created_at      timestamptz not null
);
create index webhook_project on webhook (project, id);

-- What deliveries are signed with: two while a rotation lasts.
create table webhook_secret (
  id         bigint      generated always as identity primary key,
  webhook_id uuid        not null references webhook (id) on delete cascade,
  secret     text        not null,
  expires_at timestamptz
);
create index webhook_secret_of on webhook_secret (webhook_id, id);

-- A fact on its way to one address; kept for a while afterwards, to be replayed.
create table webhook_delivery (
  id            bigint      generated always as identity primary key,
  webhook_id    uuid        not null references webhook (id) on delete cascade,
  project       text        not null,
  event_id      uuid        not null,
  type          text        not null,
  key           text        not null, -- deliveries of one key keep their order
  payload       text        not null,
  occurred_at   timestamptz not null,
  state         text        not null default 'pending'
                check (state in ('pending', 'delivered', 'failed')),
  tries         integer     not null default 0, -- since it was made or replayed
  attempts      integer     not null default 0, -- in all
  next_at       timestamptz not null default now(),
  claim         integer     not null default 0,
  claimed_until timestamptz,
  ended_at      timestamptz,
  unique (webhook_id, event_id)
);
create index webhook_delivery_due on webhook_delivery (next_at) where state = 'pending';
create index webhook_delivery_order on webhook_delivery (webhook_id, key, id)
  where state = 'pending';
create index webhook_delivery_log on webhook_delivery (webhook_id, id);
create index webhook_delivery_ended on webhook_delivery (ended_at) where state <> 'pending';

create table webhook_attempt (
  delivery_id bigint      not null references webhook_delivery (id) on delete cascade,
  number      integer     not null,
  at          timestamptz not null,
  status      integer,
  error       text,
  millis      integer     not null,
  primary key (delivery_id, number)
);

-- Every fact of the outbox becomes its deliveries in the same transaction, whoever appends it.
create function webhook_fan_out() returns trigger language plpgsql
set search_path from current as $$
begin
  insert into webhook_delivery (webhook_id, project, event_id, type, key, payload, occurred_at)
  select w.id, f.project, f.event_id, f.type, f.key, f.payload, f.occurred_at
  from facts f
  join webhook w on w.project = f.project and w.enabled
    and (w.types = '{}' or f.type = any(w.types))
  order by f.id
  on conflict do nothing;
  return null;
end $$;
create trigger webhook_fan_out after insert on outbox_event
  referencing new table as facts for each statement execute function webhook_fan_out();
