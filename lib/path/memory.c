/* lib/path/memory.c: which key signed what; copies, and a lock over them. */
#include "path/memory.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/cleanup.h"
#include "base/map.h"

/* Some ten thousand signatures. */
#define DEFAULT_BYTES ((size_t)16 << 20)

/*
 * So many of one hash are compared and no more are remembered: a hash without
 * a secret can be met on purpose.
 */
#define MAX_ALIKE 16u

/* What GnuTLS holds for a loaded key, about. */
#define KEY_BYTES 1024u

struct answer {
	struct chk_bytes spki; /* all copies are in the arena */
	struct chk_signed_bytes what;
	enum chk_signed result;
};

/* A loaded key. Several of one SPKI: threads used it at the same time. */
struct key {
	struct chk_bytes spki;
	gnutls_pubkey_t loaded; /* NULL: GnuTLS cannot use it */
	bool taken;             /* a thread has it */
};

struct chk_memory {
	pthread_mutex_t lock;
	size_t max_bytes, bytes;
	struct chk_arena arena;
	struct answer *answers;
	size_t answer_count, answer_room;
	struct chk_map by_pair; /* hash of key and signature */
	struct key *keys;
	size_t key_count, key_room;
	struct chk_map by_key;  /* hash of the SPKI */
	uint32_t generation;    /* how often all was forgotten */
	size_t checks;
};

/* A key that a thread has taken, and must give back. */
struct taken {
	gnutls_pubkey_t loaded;
	size_t at;           /* in the keys of that generation */
	uint32_t generation;
	bool is_new;         /* it is in no list yet */
};

struct chk_memory *chk_memory_new(size_t max_bytes)
{
	struct chk_memory *memory = calloc(1, sizeof(*memory));

	if (!memory)
		return NULL;
	if (pthread_mutex_init(&memory->lock, NULL) != 0) {
		free(memory);
		return NULL;
	}
	memory->max_bytes = max_bytes ? max_bytes : DEFAULT_BYTES;
	return memory;
}

/* All but the keys that threads have: those come back, and are freed then. */
static void forget(struct chk_memory *memory)
{
	for (size_t i = 0; i < memory->key_count; i++) {
		if (memory->keys[i].loaded && !memory->keys[i].taken)
			gnutls_pubkey_deinit(memory->keys[i].loaded);
	}
	chk_map_clear(&memory->by_key);
	chk_map_clear(&memory->by_pair);
	chk_arena_clear(&memory->arena);
	memory->key_count = memory->answer_count = memory->bytes = 0;
	memory->generation++;
}

void chk_memory_free(struct chk_memory *memory)
{
	if (!memory)
		return;
	forget(memory);
	free(memory->keys);
	free(memory->answers);
	pthread_mutex_destroy(&memory->lock);
	free(memory);
}

/* The signature stands for all that was signed; what is alike is compared. */
static uint64_t pair_hash(const struct chk_signed_bytes *what,
			  const struct chk_cert *issuer)
{
	return (chk_bytes_hash(issuer->spki) ^
		chk_bytes_hash(what->signature)) * 0x9e3779b97f4a7c15u;
}

static bool is_same(const struct answer *answer,
		    const struct chk_signed_bytes *what,
		    const struct chk_cert *issuer)
{
	return chk_bytes_equal(answer->what.signature, what->signature) &&
	       chk_bytes_equal(answer->what.signature_algorithm,
			       what->signature_algorithm) &&
	       chk_bytes_equal(answer->what.tbs, what->tbs) &&
	       chk_bytes_equal(answer->spki, issuer->spki);
}

/* `*alike` counts what has the hash and is not it. NULL: not remembered. */
static const struct answer *find(const struct chk_memory *memory,
				 uint64_t hash,
				 const struct chk_signed_bytes *what,
				 const struct chk_cert *issuer, size_t *alike)
{
	size_t cursor = 0;
	uint32_t item;

	for (*alike = 0; *alike < MAX_ALIKE; (*alike)++) {
		if (!chk_map_find(&memory->by_pair, hash, &cursor, &item))
			return NULL;
		if (is_same(&memory->answers[item], what, issuer))
			return &memory->answers[item];
	}
	return NULL;
}

bool chk_memory_find(struct chk_memory *memory,
		     const struct chk_signed_bytes *what,
		     const struct chk_cert *issuer, enum chk_signed *result)
{
	uint64_t hash = pair_hash(what, issuer);
	const struct answer *answer;
	size_t alike;

	pthread_mutex_lock(&memory->lock);
	answer = find(memory, hash, what, issuer, &alike);
	if (answer)
		*result = answer->result;
	pthread_mutex_unlock(&memory->lock);
	return answer != NULL;
}

/*
 * Copies; when the memory has its fill, all is forgotten first. What does not
 * fit, or finds no memory, is not remembered, and is asked again.
 */
static void add(struct chk_memory *memory, uint64_t hash,
		const struct answer *seen)
{
	const struct chk_signed_bytes *what = &seen->what;
	size_t bytes = sizeof(*seen) + seen->spki.size + what->tbs.size +
		       what->signature_algorithm.size + what->signature.size;
	struct chk_arena *arena = &memory->arena;
	struct answer *answer;

	if (bytes > memory->max_bytes)
		return;
	if (memory->bytes > memory->max_bytes - bytes)
		forget(memory);
	if (!chk_array_grow(&memory->answers, memory->answer_count,
			    &memory->answer_room, sizeof(*answer)))
		return;
	answer = &memory->answers[memory->answer_count];
	*answer = (struct answer){
		chk_arena_bytes(arena, seen->spki),
		{ chk_arena_bytes(arena, what->tbs),
		  chk_arena_bytes(arena, what->signature_algorithm),
		  chk_arena_bytes(arena, what->signature) },
		seen->result,
	};
	if (arena->failed) {
		forget(memory);
		return;
	}
	if (!chk_map_add(&memory->by_pair, hash,
			 (uint32_t)memory->answer_count))
		return;
	memory->answer_count++;
	memory->bytes += bytes;
}

static void remember(struct chk_memory *memory,
		     const struct chk_signed_bytes *what,
		     const struct chk_cert *issuer, enum chk_signed result)
{
	const struct answer answer = { issuer->spki, *what, result };
	uint64_t hash = pair_hash(what, issuer);
	size_t alike;

	pthread_mutex_lock(&memory->lock);
	memory->checks++;
	if (!find(memory, hash, what, issuer, &alike) && alike < MAX_ALIKE)
		add(memory, hash, &answer);
	pthread_mutex_unlock(&memory->lock);
}

/* A key that nobody has taken. False: there is none. */
static bool take_idle(struct chk_memory *memory, const struct chk_cert *issuer,
		      struct taken *taken)
{
	uint64_t hash = chk_bytes_hash(issuer->spki);
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&memory->by_key, hash, &cursor, &item)) {
		struct key *key = &memory->keys[item];

		if (key->taken || !chk_bytes_equal(key->spki, issuer->spki))
			continue;
		key->taken = true;
		*taken = (struct taken){ key->loaded, item,
					 memory->generation, false };
		return true;
	}
	return false;
}

static bool take(struct chk_memory *memory, const struct chk_cert *issuer,
		 struct taken *taken)
{
	bool found;

	pthread_mutex_lock(&memory->lock);
	found = take_idle(memory, issuer, taken);
	pthread_mutex_unlock(&memory->lock);
	if (found)
		return true;
	*taken = (struct taken){ .is_new = true };
	return chk_signature_load(issuer, &taken->loaded);
}

/* False: it is not kept. */
static bool keep(struct chk_memory *memory, const struct chk_cert *issuer,
		 gnutls_pubkey_t loaded)
{
	size_t bytes = issuer->spki.size + KEY_BYTES;
	struct key key = { .loaded = loaded };

	if (memory->bytes > memory->max_bytes ||
	    bytes > memory->max_bytes - memory->bytes ||
	    !chk_array_grow(&memory->keys, memory->key_count,
			    &memory->key_room, sizeof(key)))
		return false;
	key.spki = chk_arena_bytes(&memory->arena, issuer->spki);
	if (!key.spki.data ||
	    !chk_map_add(&memory->by_key, chk_bytes_hash(issuer->spki),
			 (uint32_t)memory->key_count))
		return false;
	memory->keys[memory->key_count++] = key;
	memory->bytes += bytes;
	return true;
}

static void give_back(struct chk_memory *memory, const struct chk_cert *issuer,
		      const struct taken *taken)
{
	bool kept = true;

	pthread_mutex_lock(&memory->lock);
	if (taken->is_new)
		kept = keep(memory, issuer, taken->loaded);
	else if (taken->generation == memory->generation)
		memory->keys[taken->at].taken = false;
	else
		kept = false;
	pthread_mutex_unlock(&memory->lock);
	if (!kept && taken->loaded)
		gnutls_pubkey_deinit(taken->loaded);
}

bool chk_memory_ask(struct chk_memory *memory,
		    const struct chk_signed_bytes *what,
		    const struct chk_cert *issuer, enum chk_signed *result)
{
	struct taken taken;
	bool done;

	*result = CHK_SIGNED_UNSUPPORTED;
	if (!take(memory, issuer, &taken))
		return false;
	done = chk_signature_check(taken.loaded, what, issuer, result);
	give_back(memory, issuer, &taken);
	if (done)
		remember(memory, what, issuer, *result);
	return done;
}

struct chk_memory_facts chk_memory_facts(struct chk_memory *memory)
{
	struct chk_memory_facts facts;

	pthread_mutex_lock(&memory->lock);
	facts = (struct chk_memory_facts){
		memory->checks, memory->answer_count, memory->key_count,
		memory->bytes,
	};
	pthread_mutex_unlock(&memory->lock);
	return facts;
}
