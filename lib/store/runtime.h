/*
 * lib/store/runtime.h: which trust store a runtime would load, found out by
 * walking its rows of lib/data/runtimes.tsv, with the reasoning in words.
 */
#ifndef CHK_STORE_RUNTIME_H
#define CHK_STORE_RUNTIME_H

#include <chaincheck/error.h>

#include "store/said.h"
#include "store/surroundings.h"

enum chk_runtime_step {
	CHK_RUNTIME_VARIABLE,
	CHK_RUNTIME_PROPERTY, /* -Dname=value */
	CHK_RUNTIME_OPTION,   /* a switch; others ask for it */
	CHK_RUNTIME_ARGUMENT, /* an option with a value */
	CHK_RUNTIME_SETTING,  /* KEY=VALUE, in a file of options.tsv */
	CHK_RUNTIME_DEFAULT,  /* counts as given without being */
	CHK_RUNTIME_PASSWORD, /* a property that opens the keystore */
	CHK_RUNTIME_PATH,     /* a default */
	CHK_RUNTIME_BUILTIN,
	CHK_RUNTIME_LIKE,     /* the rows of another runtime */
	CHK_RUNTIME_ELSEWHERE, /* what is not looked at, and may decide */
	CHK_RUNTIME_OTHERWISE, /* what is so where nothing decided the slot */
};

enum chk_runtime_effect {
	CHK_RUNTIME_REPLACES, /* it decides its slot */
	CHK_RUNTIME_ADDS,
	CHK_RUNTIME_IGNORED,
};

/* How what is named is read. */
enum chk_runtime_form {
	CHK_FORM_NONE,
	CHK_FORM_FILE,      /* PEM */
	CHK_FORM_HASHED,    /* a directory, of which OpenSSL's names count */
	CHK_FORM_DIRECTORY, /* a directory, every file of it */
	CHK_FORM_BUNDLE,    /* a file or a hashed directory */
	CHK_FORM_KEYSTORE,  /* Java's */
	CHK_FORM_POLICY,    /* p11-kit's */
	CHK_FORM_BUILTIN,   /* PEM in the program itself */
	CHK_FORM_SEALED,    /* it cannot be read from here */
};

/* What the runtime does where the place is not there. */
enum chk_runtime_missing {
	CHK_MISSING_FALLS, /* the next row decides */
	CHK_MISSING_EMPTY, /* it goes on without */
	CHK_MISSING_FAILS, /* it connects to nobody */
};

/* A row of lib/data/runtimes.tsv; "-" stands for nothing. */
struct chk_runtime_row {
	const char *runtime;
	const char *slot; /* the first row that decides it is the only one */
	enum chk_runtime_step step;
	const char *name; /* NAME=VALUE|VALUE: what has one of these alone */
	const char *condition; /* words, all of which must hold */
	enum chk_runtime_effect effect;
	enum chk_runtime_form form;
	enum chk_runtime_missing missing;
	bool empty; /* a variable that is set and empty counts */
	const char *code;
	const char *words;
	const char *source;
};

/* One place that is loaded. */
struct chk_runtime_load {
	char *path; /* owned; as the program names it */
	char *here; /* owned; as it opens from here */
	enum chk_runtime_form form;
	bool is_default; /* nobody named it */
	bool fails; /* without it, every connection does */
	const char *by; /* static; whose row it is */
};

struct chk_decision {
	const char *runtime; /* static */
	struct chk_said_list said;
	struct chk_runtime_load *loads;
	size_t load_count, load_room;
	char *password; /* owned; of a keystore; NULL: none */
	bool fails;     /* every connection does */
	bool sealed;    /* there is a store that cannot be read from here */
};

/* The table. NULL: past the last. */
const struct chk_runtime_row *chk_runtime_row(size_t i);
/* The name as a static text; NULL: no such runtime. */
const char *chk_runtime_find(const char *name);
/*
 * chk_runtime_decide says what the runtime would load. It opens its files of
 * settings, and looks at what else is there. Clear the decision either way.
 * Errors: CHK_ERROR_ARGUMENT (no such runtime), CHK_ERROR_MEMORY.
 */
bool chk_runtime_decide(const char *runtime,
			const struct chk_surroundings *around,
			struct chk_decision *decision,
			struct chk_error *error);
void chk_decision_drop_loads(struct chk_decision *decision);
void chk_decision_clear(struct chk_decision *decision);

#endif
