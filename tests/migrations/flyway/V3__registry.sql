SELECT routable.release($registry$schema_version: 1
providers:
  - name: kimi-coding
    display_name: Kimi for Coding
    protocol: anthropic
    auth_mode: api_key
    auth_env: [KIMI_API_KEY]
    model_prefix_match: ^kimi-
runtimes:
  hermes:
    providers:
      - name: kimi-coding
        models: [kimi-k2.6]
        withdrawn_models: [kimi-k2]
$registry$, 'kimi-k2 is suspended');
