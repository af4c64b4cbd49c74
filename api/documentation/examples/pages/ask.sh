curl -sI 'BASE/api/v1/communes?basin=2716&limit=25' | grep -i '^link'
