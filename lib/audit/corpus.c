/*
 * lib/audit/corpus.c: any number of certificates, each judged by itself. Each
 * thread takes the next part of the input, judges it, and hands it over; parts
 * go out in the order in which they came in. Threads that are ahead wait, so
 * that what is kept is bounded by their number.
 */
#include "audit/corpus.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "audit/corpus_judge.h"
#include "base/array.h"
#include "base/seen.h"
#include "base/thread.h"

#define MOST_THREADS 64u
#define AHEAD 4u /* parts for each thread: one is dear, its neighbours not */

/* A part on its way. */
struct slot {
	struct chk_corpus_part part;
	struct chk_corpus_judged judged;
	bool done;
};

struct run {
	const struct chk_corpus_question *question;
	struct chk_corpus_terms terms;
	struct slot *slots;
	unsigned slot_count;

	pthread_mutex_t reading; /* the input, and `taken` */
	struct chk_corpus_input input;
	uint64_t taken;

	pthread_mutex_t lock;    /* all below */
	pthread_cond_t gone;     /* `given` grew, or it is over */
	uint64_t given;
	bool giving;             /* some thread is at it */
	bool over;               /* the sink wants no more, or no memory */
	struct chk_error error;

	/* Of the one thread that is giving. */
	struct chk_seen seen;
	struct chk_corpus_counts counts;
	struct chk_buffer text;
};

static void add_counts(struct chk_corpus_counts *all,
		       const struct chk_corpus_counts *more)
{
	all->certificates += more->certificates;
	all->with_findings += more->with_findings;
	all->errors += more->errors;
	all->warnings += more->warnings;
	all->notes += more->notes;
	all->files += more->files;
	all->empty += more->empty;
	all->unread += more->unread;
	all->bytes += more->bytes;
}

static void stop(struct run *run, enum chk_code code, const char *what)
{
	pthread_mutex_lock(&run->lock);
	if (!run->over)
		chk_error_set(&run->error, code, NULL, "%s", what);
	run->over = true;
	pthread_cond_broadcast(&run->gone);
	pthread_mutex_unlock(&run->lock);
}

static void put(struct run *run, const char *text, size_t size)
{
	if (size && !run->question->sink(run->question->self, text, size))
		stop(run, CHK_ERROR_WRITE, "what was found cannot be written");
}

/* True: it came before. When the room is used up, no more is put in. */
static bool came_before(struct run *run, uint64_t key)
{
	bool fresh = true;

	if (run->seen.count >= CHK_CORPUS_REMEMBERED) {
		run->counts.forgot = true;
		return chk_seen_has(&run->seen, key);
	}
	if (!chk_seen_add(&run->seen, key, &fresh))
		stop(run, CHK_ERROR_MEMORY, "out of memory");
	return !fresh;
}

/* In the order of the input, so that it is the first that is no duplicate. */
static void give(struct run *run, struct slot *slot)
{
	const struct chk_corpus_judged *judged = &slot->judged;
	size_t from = 0;

	add_counts(&run->counts, &judged->counts);
	for (size_t i = 0; i < judged->count; i++) {
		const struct chk_corpus_item *item = &judged->items[i];

		if (!came_before(run, item->key))
			continue;
		put(run, judged->text.data + from, item->end - from);
		from = item->end;
		run->text.size = 0;
		chk_corpus_tell_again(&run->terms, &slot->part, judged, item,
				      &run->counts, &run->text);
		put(run, run->text.data, run->text.size);
	}
	put(run, judged->text.data + from, judged->text.size - from);
	if (judged->failed || run->text.failed)
		stop(run, CHK_ERROR_MEMORY, "out of memory");
	if (run->question->progress)
		run->question->progress(run->question->self, &run->counts);
}

/* Hands a part over, and gives what is next unless another thread is at it. */
static void hand_over(struct run *run, struct slot *slot)
{
	pthread_mutex_lock(&run->lock);
	slot->done = true;
	if (run->giving) {
		pthread_mutex_unlock(&run->lock);
		return;
	}
	run->giving = true;
	while ((slot = &run->slots[run->given % run->slot_count])->done &&
	       !run->over) {
		pthread_mutex_unlock(&run->lock);
		give(run, slot);
		pthread_mutex_lock(&run->lock);
		slot->done = false;
		run->given++;
		pthread_cond_broadcast(&run->gone);
	}
	run->giving = false;
	pthread_mutex_unlock(&run->lock);
}

/* NULL: there is no more to be done. */
static struct slot *take(struct run *run)
{
	struct slot *slot = NULL;
	bool over;

	pthread_mutex_lock(&run->reading);
	pthread_mutex_lock(&run->lock);
	while (!run->over && run->taken - run->given >= run->slot_count)
		pthread_cond_wait(&run->gone, &run->lock);
	over = run->over;
	pthread_mutex_unlock(&run->lock);
	if (!over) {
		slot = &run->slots[run->taken % run->slot_count];
		if (chk_corpus_input_next(&run->input, &slot->part))
			run->taken++;
		else
			slot = NULL;
	}
	pthread_mutex_unlock(&run->reading);
	return slot;
}

static void *work(void *argument)
{
	struct run *run = argument;
	struct slot *slot;

	while ((slot = take(run)) != NULL) {
		chk_corpus_judged_empty(&slot->judged);
		chk_corpus_judge(&run->terms, &slot->part, &slot->judged);
		hand_over(run, slot);
	}
	return NULL;
}

/* One is this thread; without others to be had it does all. */
static void work_side_by_side(struct run *run, unsigned count)
{
	pthread_t threads[MOST_THREADS];
	unsigned begun = 0;

	while (begun + 1 < count &&
	       chk_thread_start(&threads[begun], work, run) == 0)
		begun++;
	work(run);
	while (begun)
		pthread_join(threads[--begun], NULL);
}

static unsigned thread_count(const struct chk_corpus_question *question)
{
	long count = question->threads;

	if (!count)
		count = sysconf(_SC_NPROCESSORS_ONLN);
	if (count < 1)
		return 1;
	return count > MOST_THREADS ? MOST_THREADS : (unsigned)count;
}

static bool begin(struct run *run, struct chk_error *error)
{
	const struct chk_corpus_question *question = run->question;
	const char *strength = question->strength;
	struct chk_alone_terms *alone = &run->terms.alone;

	alone->at = question->at_set ? question->at : time(NULL);
	alone->warning = question->warning_days * 86400;
	alone->critical = question->critical_days * 86400;
	alone->strength = chk_strength_find(strength ? strength : "medium");
	if (!alone->strength)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, strength,
				     "no such level of strength");
	run->terms.all = question->all;
	run->input.paths = question->paths;
	run->input.standard_input = question->standard_input;
	run->slots = calloc(run->slot_count, sizeof(*run->slots));
	if (!run->slots)
		return chk_error_memory(error);
	pthread_mutex_init(&run->reading, NULL);
	pthread_mutex_init(&run->lock, NULL);
	pthread_cond_init(&run->gone, NULL);
	return true;
}

static void end(struct run *run)
{
	for (unsigned i = 0; i < run->slot_count; i++) {
		chk_corpus_part_clear(&run->slots[i].part);
		chk_corpus_judged_clear(&run->slots[i].judged);
	}
	free(run->slots);
	chk_corpus_input_clear(&run->input);
	chk_seen_clear(&run->seen);
	chk_buffer_clear(&run->text);
	pthread_mutex_destroy(&run->reading);
	pthread_mutex_destroy(&run->lock);
	pthread_cond_destroy(&run->gone);
}

bool chk_corpus_run(const struct chk_corpus_question *question,
		    const struct chk_corpus_writer *writer,
		    struct chk_corpus_counts *counts, struct chk_error *error)
{
	static const struct chk_write_options DEFAULTS = { 0 };
	unsigned threads = thread_count(question);
	struct run run = {
		.question = question, .slot_count = threads * AHEAD,
		.terms = { .writer = writer, .how = question->how ?
			   question->how : &DEFAULTS },
	};

	*counts = (struct chk_corpus_counts){ 0 };
	if (!begin(&run, error))
		return false;
	work_side_by_side(&run, threads);
	if (run.input.failed)
		stop(&run, CHK_ERROR_MEMORY, "out of memory");
	run.text.size = 0;
	writer->end(&run.counts, run.terms.how, &run.text);
	if (!run.over)
		put(&run, run.text.data, run.text.size);
	*counts = run.counts;
	if (run.over && error)
		*error = run.error;
	end(&run);
	return !run.over;
}
