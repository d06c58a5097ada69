/*
 * lib/path/budget.h: how much a search may do, since what it is asked about is
 * a stranger's. lib/diagnosis/inquiry.c has what holds unless told otherwise.
 */
#ifndef CHK_PATH_BUDGET_H
#define CHK_PATH_BUDGET_H

#include <chaincheck/api.h>

struct chk_budget {
	uint32_t steps;       /* nodes that are made */
	uint32_t signatures;  /* asked of GnuTLS; what a memory has is free */
	uint32_t comparisons; /* of names; what is long takes more */
	size_t policies;      /* nodes of policy graphs */
};

/* Takes `cost` from what is left. False: there is too little, then nothing. */
static inline bool chk_budget_take(uint32_t *left, size_t cost)
{
	bool enough = cost <= *left;

	*left -= enough ? (uint32_t)cost : *left;
	return enough;
}

/* `a` less `b`, which is part of it. */
static inline struct chk_budget chk_budget_less(const struct chk_budget *a,
						const struct chk_budget *b)
{
	return (struct chk_budget){
		.steps = a->steps - b->steps,
		.signatures = a->signatures - b->signatures,
		.comparisons = a->comparisons - b->comparisons,
		.policies = a->policies - b->policies,
	};
}

#endif
