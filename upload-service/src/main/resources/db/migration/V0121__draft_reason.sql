-- Why a draft was dropped: what an import that filled it tells its people.
alter table draft add column reason text;
-- A draft of an import takes files of that import alone.
alter table draft drop constraint draft_state_check;
alter table draft add constraint draft_state_check
  check (state in ('open', 'importing', 'reserved', 'sealed', 'dropped'));
