curl -s 'BASE/api/v1/basins/2716'
