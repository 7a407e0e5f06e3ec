"""Questionnaires: what is asked, of whom, under which law; forms, campaigns and the intake read these declarations."""
