-- Payments by voucher, whom a pool's owner appoints to sign them, and from where a block's debit started.

alter table deployment
  add column voucher_signer wallet_address not null default '0x0000000000000000000000000000000000000000';

alter table claim add column voucher boolean not null default false;

alter table block_debit add column debited token_amount not null default 0;
