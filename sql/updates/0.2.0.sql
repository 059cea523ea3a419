-- What 0.2.0 had and this version has not. Last, since routable.guards selected from it.
DROP FUNCTION routable.inspect_guard(regclass);
DROP FUNCTION routable.enforcement_issues();
DROP FUNCTION routable.guard_constraints(regclass);
DROP FUNCTION routable.trigger_definitions(regclass, jsonb, boolean, boolean);
DROP FUNCTION routable.lookup_call(regprocedure, regclass, text, name[]);
DROP FUNCTION routable.trigger_settings(bytea);
DROP FUNCTION routable.registry_itself();
DROP FUNCTION routable.registry_models();
DROP FUNCTION routable.attach(regclass, name, name, text, text, boolean, boolean, text, boolean);
DROP FUNCTION routable.check_attachable(regclass, name, name, text, text, boolean, boolean, text, boolean);
DROP FUNCTION routable.audit(regclass, name, name);
DROP FUNCTION routable.drop_guard(regclass);
DROP FUNCTION routable.check_not_inherited(regclass);
DROP FUNCTION routable.detach(regclass);
DROP FUNCTION routable.choose_constraint_name(regclass);
