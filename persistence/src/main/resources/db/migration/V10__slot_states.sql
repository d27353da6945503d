-- A slot may be cold, paused or draining, and its owner sees which.
alter table slot drop constraint slot_state_check;
alter table slot add constraint slot_state_check
  check (state in ('LOADING', 'WARM', 'COLD', 'PAUSED', 'DRAINING', 'FAILED', 'LEFT', 'LOST'));
