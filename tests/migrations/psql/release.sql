\set registry `cat providers.yaml; echo`
SELECT routable.release(:'registry', 'kimi-k2 is suspended');
