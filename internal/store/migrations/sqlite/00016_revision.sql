-- +goose Up
-- Another number with every change of the instance's roles and permissions, so that
-- what is known of them need not be read again while it holds.
alter table instances add column revision integer not null default 0;
