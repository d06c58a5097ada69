/* lib/fetch/resolve.c: getaddrinfo in a thread, so that it can be left. */
#include "fetch/resolve.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/thread.h"

/* Owned by the caller, and by the thread once it is abandoned. */
struct lookup {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool done, abandoned;
	char *host;
	int family;
	struct addrinfo *list;
	int status; /* of getaddrinfo */
	int cause;  /* errno with EAI_SYSTEM */
};

static void lookup_free(struct lookup *lookup)
{
	if (lookup->list)
		freeaddrinfo(lookup->list);
	pthread_cond_destroy(&lookup->changed);
	pthread_mutex_destroy(&lookup->lock);
	free(lookup->host);
	free(lookup);
}

static struct lookup *lookup_new(const char *host, enum chk_family family)
{
	static const int FAMILIES[] = {
		[CHK_FAMILY_ANY] = AF_UNSPEC,
		[CHK_FAMILY_IPV4] = AF_INET,
		[CHK_FAMILY_IPV6] = AF_INET6,
	};
	struct lookup *lookup = calloc(1, sizeof(*lookup));
	pthread_condattr_t attributes;

	if (!lookup)
		return NULL;
	lookup->family = FAMILIES[family];
	lookup->host = strdup(host);
	pthread_mutex_init(&lookup->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&lookup->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	if (lookup->host)
		return lookup;
	lookup_free(lookup);
	return NULL;
}

static void *look_up(void *data)
{
	struct lookup *lookup = data;
	struct addrinfo hints = { .ai_family = lookup->family,
				  .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	int status = getaddrinfo(lookup->host, NULL, &hints, &list);
	int cause = errno;
	bool abandoned;

	pthread_mutex_lock(&lookup->lock);
	lookup->list = status == 0 ? list : NULL;
	lookup->status = status;
	lookup->cause = cause;
	lookup->done = true;
	abandoned = lookup->abandoned;
	pthread_cond_signal(&lookup->changed);
	pthread_mutex_unlock(&lookup->lock);
	if (abandoned)
		lookup_free(lookup);
	return NULL;
}

/* True: done. False: the time is over, and the lookup is the thread's. */
static bool wait_for(struct lookup *lookup, int64_t deadline)
{
	struct timespec until = { .tv_sec = deadline / 1000,
				  .tv_nsec = deadline % 1000 * 1000000 };
	int status = 0;
	bool done;

	pthread_mutex_lock(&lookup->lock);
	while (!lookup->done && status == 0)
		status = pthread_cond_timedwait(&lookup->changed,
						&lookup->lock, &until);
	done = lookup->done;
	lookup->abandoned = !done;
	pthread_mutex_unlock(&lookup->lock);
	return done;
}

static bool is_among(const char *address, char (*addresses)[64], int count)
{
	for (int i = 0; i < count; i++) {
		if (strcmp(address, addresses[i]) == 0)
			return true;
	}
	return false;
}

static int write_addresses(const struct addrinfo *list, char (*addresses)[64],
			   int max)
{
	char text[64];
	int count = 0;

	for (; list && count < max; list = list->ai_next) {
		if (getnameinfo(list->ai_addr, list->ai_addrlen, text,
				sizeof(text), NULL, 0, NI_NUMERICHOST) != 0 ||
		    is_among(text, addresses, count))
			continue;
		memcpy(addresses[count++], text, sizeof(text));
	}
	return count;
}

static int answer(const struct lookup *lookup, char (*addresses)[64], int max,
		  char *why, size_t size)
{
	int count = write_addresses(lookup->list, addresses, max);

	if (count)
		return count;
	snprintf(why, size, "%s",
		 lookup->status == EAI_SYSTEM ? strerror(lookup->cause) :
		 lookup->status	      ? gai_strerror(lookup->status) :
						"it has no address");
	errno = ENOENT;
	return -1;
}

static int fail(int cause, const char *text, char *why, size_t size)
{
	snprintf(why, size, "%s", text);
	errno = cause;
	return -1;
}

int chk_resolve_system(void *self, const char *host, enum chk_family family,
		       int64_t deadline, char (*addresses)[64], int max,
		       char *why, size_t size)
{
	struct lookup *lookup = lookup_new(host, family);
	pthread_t thread;
	int status, count, cause;

	if (!lookup)
		return fail(ENOMEM, "out of memory", why, size);
	status = chk_thread_start(&thread, look_up, lookup);
	if (status) {
		lookup_free(lookup);
		return fail(status, strerror(status), why, size);
	}
	if (!wait_for(lookup, deadline)) {
		pthread_detach(thread);
		return fail(ETIMEDOUT, "the resolver gave no answer in time",
			    why, size);
	}
	pthread_join(thread, NULL);
	count = answer(lookup, addresses, max, why, size);
	cause = errno;
	lookup_free(lookup);
	errno = cause;
	return count;
}
