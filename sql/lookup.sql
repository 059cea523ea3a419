-- The lookup. STABLE and not IMMUTABLE: a new build of the library can answer differently.

CREATE FUNCTION @extschema@.model_routable(runtime text, model text) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1
    AS 'MODULE_PATHNAME', 'model_routable_lookup';
COMMENT ON FUNCTION @extschema@.model_routable(text, text) IS
    'whether the runtime can route the model id; never NULL; see routable.explain() for the reason';

-- The same function where nobody but the extension's owner can put another: the schema above has an owner of its own, who
-- can rename it, or offer functions of the same name.
CREATE FUNCTION routable.model_routable(runtime text, model text) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1
    AS 'MODULE_PATHNAME', 'model_routable_lookup';
COMMENT ON FUNCTION routable.model_routable(text, text) IS
    'the same as model_routable(), in a schema whose owner is the extension''s';

-- For the WHEN of a guard that is stricter than the lookup.
CREATE FUNCTION routable.passes(runtime text, model text, unknown_runtime text, near_miss text) RETURNS boolean
    LANGUAGE c STABLE PARALLEL SAFE COST 1
    AS 'MODULE_PATHNAME', 'model_routable_passes';
COMMENT ON FUNCTION routable.passes(text, text, text, text) IS
    'whether a guard with these settings lets the pair pass and says nothing: neither refuses it nor warns of it';

CREATE FUNCTION routable.explain(
    runtime text,
    model text,
    auth_env text[] DEFAULT '{}',
    OUT routable boolean,
    OUT code text,
    OUT reason text,
    OUT provider text,
    OUT matched_by text,
    OUT billing text,
    OUT suggestions text[]
) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL SAFE ROWS 1
    AS 'MODULE_PATHNAME', 'explain_wrapper';
COMMENT ON FUNCTION routable.explain(text, text, text[]) IS
    'why the runtime can or cannot route the model id, and through which provider, given the names of the variables that are set';

CREATE FUNCTION routable.derive_provider(runtime text, model text, auth_env text[] DEFAULT '{}') RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'derive_provider_wrapper';
COMMENT ON FUNCTION routable.derive_provider(text, text, text[]) IS
    'the provider that routes the model id on the runtime, given the names of the variables that are set; NULL where none does';

CREATE FUNCTION routable.default_model(runtime text) RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'default_model_wrapper';
COMMENT ON FUNCTION routable.default_model(text) IS
    'the model id that a workspace of the runtime starts with; NULL where the runtime is unknown or lists no model';
