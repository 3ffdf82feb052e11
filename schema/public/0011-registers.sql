-- Registers by who keeps them: one that gives each of its records an address of its own is still one register.

DROP INDEX source_register;
CREATE INDEX source_register ON source (independence_group, id) WHERE source_type = 'register';
