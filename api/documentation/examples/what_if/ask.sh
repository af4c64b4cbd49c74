curl -s 'BASE/api/v1/what-if' -H 'Content-Type: application/json' \
  -d '{"activity": "32.50B", "basin": "8427", "changes": {"land.sites": 4}}'
