/* lib/diagnosis/simulation.h: other clients in front of one server. */
#ifndef CHK_DIAGNOSIS_SIMULATION_H
#define CHK_DIAGNOSIS_SIMULATION_H

#include <chaincheck/client.h>

#include "base/arena.h"
#include "client/client.h"
#include "fetch/ask.h"

/* A chain as a client of these signature algorithms gets it. */
struct chk_served {
	const char *priority; /* it was asked with; NULL: it came in clear */
	const struct chk_answer *answer; /* it came in; NULL: through GnuTLS */
	struct chk_presented *presented; /* owned */
	bool sends_name;
	bool key_decrypts; /* in the client's handshake */
};

/* A chain, judged in one way against one store. */
struct chk_judged {
	const struct chk_served *served;
	const char *profile, *strength, *trust;
	struct chk_report *report; /* owned */
};

/* A store that clients read on this machine. */
struct chk_own_store {
	const char *spec;
	struct chk_store *store; /* owned; NULL: there is none here */
};

struct chk_simulation {
	struct chk_arena arena; /* owns every text and array */
	const char *peer;       /* "www.example.test:443" */
	enum chk_verdict verdict;
	const char *summary;
	const struct chk_client **clients;
	struct chk_simulated *answers;
	size_t count;
	bool all; /* they were not named one by one */

	/* One for each different hello; `asked_by` of each client. */
	struct chk_asked *asked;
	size_t asked_count;
	struct chk_asked **asked_by;
	/* Room for one each a client. */
	struct chk_served *served;
	size_t served_count;
	struct chk_judged *judged;
	size_t judged_count;
	struct chk_own_store *stores;
	size_t store_count;
	struct chk_memory *memory; /* owned; of signatures */
};

/* What a simulation is given. */
struct chk_simulating {
	const struct chk_target *target;
	const struct chk_question *question;
	bool own_stores;
	struct chk_route route;
	int64_t end;
	struct chk_simulation *simulation;
};

/* chk_simulate_ask says the hellos. Errors: CHK_ERROR_MEMORY. */
bool chk_simulate_ask(struct chk_simulating *simulating,
		      struct chk_error *error);
/*
 * chk_simulate_serve gives the chain that the `i`th client gets, whose answer
 * it takes. Errors: as of chk_fetch.
 */
bool chk_simulate_serve(struct chk_simulating *simulating, size_t i,
			const struct chk_served **served,
			struct chk_error *error);
/*
 * chk_simulate_trust has the `i`th client judge the chain, and fills its
 * answer. Errors: as of chk_diagnose.
 */
bool chk_simulate_trust(struct chk_simulating *simulating, size_t i,
			const struct chk_served *served,
			struct chk_error *error);

/*
 * chk_simulate_explain looks for the smallest change that has the server and
 * the `i`th client come together, and fills its answer. Where nothing can be
 * asked it leaves it. Errors: as of chk_diagnose.
 */
bool chk_simulate_explain(struct chk_simulating *simulating, size_t i,
			  struct chk_error *error);

/* What the answer agrees on, in words. */
void chk_simulated_agree(struct chk_arena *arena,
			 const struct chk_answer *answer,
			 struct chk_simulated *simulated);
/* Why the client does not take the answer, in few words, and the code. */
const char *chk_simulated_why(struct chk_arena *arena,
			      const struct chk_client *client,
			      const struct chk_answer *answer,
			      const char **code);
/* Whether the client sends SNI to this name. */
bool chk_simulated_sends_name(const struct chk_simulating *simulating,
			      const struct chk_client *client);

#endif
