"""Pure numeric core: functions of arrays that know nothing of Django, of files or of the clock."""
