curl -s 'BASE/api/v1/rankings?activity=32.50B&limit=1'
