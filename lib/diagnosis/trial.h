/*
 * lib/diagnosis/trial.h: what a person wants to try: the question is asked
 * once more with certificates trusted or sent that are not. The verdict stays
 * what it is; each trial has a report of its own beside it.
 */
#ifndef CHK_DIAGNOSIS_TRIAL_H
#define CHK_DIAGNOSIS_TRIAL_H

#include "diagnosis/inquiry.h"

/* Searches, finds and fills in inquiry->report. False: no memory. */
typedef bool chk_trial_answer(struct chk_inquiry *inquiry);

/*
 * chk_trials_run puts into the report of `inquiry`, which is answered, the
 * trials that its question asks for, each answered by `answer`. Nobody is
 * contacted: what was fetched is at hand in a trial as well. False: no memory.
 */
bool chk_trials_run(struct chk_inquiry *inquiry, chk_trial_answer *answer);

#endif
