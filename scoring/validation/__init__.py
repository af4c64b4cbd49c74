"""How good the score is: what it would have said before, judged on what came after."""
